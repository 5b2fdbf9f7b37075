/** The bureau passes or refuses what carriers want to publish, one by one or several at once. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { atlas_items } from '../../src/atlas/tables.ts'
import { countWaitingProposals, findService } from '../../src/catalogue/client.ts'
import { proposals } from '../../src/catalogue/tables.ts'
import { newId } from '../../src/kernel/id.ts'
import { serviceIdOf } from '../demo/seed-catalogue.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import { db, html, post, seenIn, setUp } from './fixture.ts'
import type { People } from './fixture.ts'

let wu: People['wu']
let xihu: People['xihu']
let haishu: People['haishu']
let province: People['province']
let auditor: People['auditor']

beforeAll(async () => {
  ;({ wu, xihu, haishu, province, auditor } = await setUp())
})

const SERVICE = { category: '检验检测', price: '', unit: '项', turnaround_days: '', summary: '' }

async function propose(name: string): Promise<{ id: string; proposal: string }> {
  const id = newId()
  await post('/carrier/services', { ...SERVICE, name, qualifications: 'CMA', key: id }, wu)
  const row = await db.select().from(proposals).where(eq(proposals.subject, id)).get()
  return { id, proposal: row?.id ?? '' }
}

describe('许审 reviews', () => {
  test('审核通过 publishes a new service with its place in the index', async () => {
    const { id, proposal } = await propose('演示视觉检测')
    expect(await html('/bureau', xihu)).toContain('演示视觉检测')
    const page = await html(`/bureau/carriers/proposals/${proposal}`, xihu)
    expect(page).toContain('新增服务：演示视觉检测')
    const passed = { decision: 'approved', reason: '' }
    const answer = await post(`/bureau/carriers/proposals/${proposal}`, passed, xihu)
    expect(answer.status).toBe(303)
    expect(await findService(db, id)).toMatchObject({
      name: '演示视觉检测',
      qualifications: ['CMA'],
      withdrawn_at: null,
    })
    expect(await db.$count(atlas_items, eq(atlas_items.subject, id))).toBe(1)
    expect((await post(`/bureau/carriers/proposals/${proposal}`, passed, xihu)).status).toBe(409)
    expect(await html(`/carrier/services/${id}`, wu)).toContain('已发布')
  })

  test('退回修改 asks for a reason and sends it back', async () => {
    const { id, proposal } = await propose('演示退回检测')
    const path = `/bureau/carriers/proposals/${proposal}`
    const bare = await post(path, { decision: 'returned', reason: ' ' }, xihu)
    expect(bare.status).toBe(422)
    expect(await bare.text()).toContain('退回修改须填写理由')
    const reason = '请补充资质证书'
    expect((await post(path, { decision: 'returned', reason }, xihu)).status).toBe(303)
    expect(await findService(db, id)).toBeUndefined()
    const page = await html('/carrier/services', wu)
    expect(page).toContain('退回修改')
    expect(page).toContain(reason)
  })

  test('a changed name beside the published one, and a later price stays', async () => {
    const id = serviceIdOf('zhijian', '演示可靠性试验')
    const path = `/carrier/services/${id}`
    const fields = { ...SERVICE, qualifications: '', price: '1200' }
    const seen = async () => seenIn(await html(path, wu))
    await post(path, { ...fields, name: '演示环境试验', seen: await seen() }, wu)
    const row = await db.select().from(proposals).where(eq(proposals.subject, id)).get()
    const review = `/bureau/carriers/proposals/${row?.id ?? ''}`
    const page = await html(review, xihu)
    expect(page).toContain('已公布')
    expect(page).toContain('演示环境试验')
    await post(path, { ...fields, name: '演示环境试验', price: '999', seen: await seen() }, wu)
    await post(review, { decision: 'approved', reason: '' }, xihu)
    expect(await findService(db, id)).toMatchObject({ name: '演示环境试验', price_fen: 99_900 })
  })

  test('of two who decide at once, one is told', async () => {
    const { id, proposal } = await propose('演示同时审核')
    const answers = await Promise.all([
      post(`/bureau/carriers/proposals/${proposal}`, { decision: 'approved', reason: '' }, xihu),
      post(
        `/bureau/carriers/proposals/${proposal}`,
        { decision: 'returned', reason: '不' },
        province,
      ),
    ])
    const statuses = answers.map(({ status }) => status).toSorted((one, two) => one - two)
    expect(statuses).toEqual([303, 409])
    const approved = answers[0].status === 303
    expect((await findService(db, id)) !== undefined).toBe(approved)
  })

  test('several, and hears of each what became of it', async () => {
    const [one, two, three] = [
      await propose('演示甲'),
      await propose('演示乙'),
      await propose('演示丙'),
    ]
    await post(`/carrier/services/${two.id}/taking-back`, {}, wu)
    const proposal = [one.proposal, two.proposal, three.proposal]
    const none = await post(
      '/bureau/carriers/proposals',
      { decision: 'approved', reason: '' },
      xihu,
    )
    expect(none.status).toBe(422)
    expect(await none.text()).toContain('请先选择要审核的内容')
    const answer = await post(
      '/bureau/carriers/proposals',
      { proposal, decision: 'approved', reason: '' },
      xihu,
    )
    expect(answer.status).toBe(303)
    const page = await html(answer.headers.get('Location') ?? '', xihu)
    expect(page).toContain('2 项已办理，1 项未办理')
    expect(page).toContain('载体已撤回')
    expect(await findService(db, three.id)).toBeDefined()
    expect(await findService(db, two.id)).toBeUndefined()
  })

  test('nothing of another region, and an auditor decides nothing', async () => {
    const { proposal } = await propose('演示别处')
    const path = `/bureau/carriers/proposals/${proposal}`
    expect((await send('GET', path, { cookie: haishu.cookie })).status).toBe(404)
    expect((await post(path, { decision: 'approved', reason: '' }, haishu)).status).toBe(404)
    expect((await post(path, { decision: 'approved', reason: '' }, auditor)).status).toBe(403)
    expect(await html(path, auditor)).not.toContain('value="approved"')
  })
})

test('what waits is counted at the bureau that decides, or above where there is none', async () => {
  const before = await countWaitingProposals(db, '330000')
  const xihuBefore = await countWaitingProposals(db, '330106')
  const li = await signInAs(env, 'li')
  await post(
    '/carrier/services',
    { ...SERVICE, name: '演示温州', qualifications: '', key: newId() },
    li,
  )
  expect(await countWaitingProposals(db, '330000')).toBe(before + 1)
  await propose('演示杭州')
  expect(await countWaitingProposals(db, '330106')).toBe(xihuBefore + 1)
  expect(await countWaitingProposals(db, '330000')).toBe(before + 1)
})
