/** 周予安 of 微光 in 海曙区, where a use needs an accepted online booking (SPEC B3). */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { findBooking } from '../../src/booking/client.ts'
import { insertCancellation } from '../../src/booking/store.ts'
import { readVoucher } from '../../src/ledger/client.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { useFormOf } from '../../src/voucher/client.ts'
import { carrierIdOf, serviceIdOf } from '../demo/seed-catalogue.ts'
import { enterpriseIdOf } from '../demo/seed-enterprises.ts'
import { claim } from '../demo/seed-vouchers.ts'
import { NOW, book, mainOf, placeOf, read, setUp, submitUse, useFields } from './fixture.ts'
import type { People } from './fixture.ts'

const WEIGUANG = enterpriseIdOf('weiguang')
const db = dbOf(env)

let people: People
beforeAll(async () => {
  people = await setUp()
  await claim(env, 'weiguang', 5_000_000, NOW - 1000)
})

test('accepted bookings are listed, each with 申请使用创新券, and the reason is given', async () => {
  expect(await read(people.zhou, '/enterprise/use')).toContain('现在还不能使用创新券')
  const [accepted, waiting] = [await book('weiguang'), await book('weiguang', { accepted: false })]
  const html = await read(people.zhou, '/enterprise/use')
  expect(html).toContain('请先选择一个已确认的预约')
  expect(mainOf(html)).toContain('当地科技部门要求先在线预约服务')
  expect(html).toMatch(
    new RegExp(`href="/enterprise/use\\?booking=${accepted}"[^>]*>\\s*申请使用创新券\\s*</a>`),
  )
  expect(html).not.toContain(waiting)
})

test('a booking sets carrier and service, whatever the form says, and is used once', async () => {
  const booking = await book('weiguang')
  const html = await read(people.zhou, `/enterprise/use?booking=${booking}`)
  expect(html).toContain('value="宁波演示电子可靠性实验室"')
  expect(html).toContain('value="演示高低温试验"')
  expect(html).not.toContain('选择服务机构')
  const fields = useFields({ booking, amount: '1000' })
  const answer = await submitUse(people.zhou, fields)
  expect(answer.status).toBe(303)
  const id = fields['key'] ?? ''
  const made = await readVoucher(env, WEIGUANG, id, Date.now())
  expect(made?.voucher.carrier).toBe(carrierIdOf('kekao'))
  expect(useFormOf(made?.voucher ?? { form: '{}' })).toMatchObject({
    booking,
    service_name: '演示高低温试验',
  })
  expect(await findBooking(db, booking, Date.now())).toMatchObject({ state: 'used', voucher: id })
  const second = await submitUse(people.zhou, useFields({ booking, amount: '1000' }))
  expect(second.status).toBe(422)
  expect(placeOf(second)).toBe('')
})

test('where only the organisation was booked, one of its own services is chosen', async () => {
  const booking = await book('weiguang', { service: null })
  const html = await read(people.zhou, `/enterprise/use?booking=${booking}`)
  expect(html).toContain('选择服务机构')
  const fields = useFields({ booking, amount: '1000', service: '' })
  const without = await submitUse(people.zhou, fields)
  expect(without.status).toBe(422)
  const kept = await submitUse(people.zhou, fields, {}, '/enterprise/use/drafts?next=carriers')
  const picker = await read(people.zhou, placeOf(kept))
  expect(picker).toContain('演示静电放电测试')
  expect(picker).not.toContain('浙江演示智能制造检测研究院')
  const choose = (service: string) =>
    submitUse(people.zhou, { key: fields['key'] ?? '', service }, {}, '/enterprise/use/carriers')
  expect((await choose(serviceIdOf('zhijian', '演示可靠性试验'))).status).toBe(404)
  const service = serviceIdOf('kekao', '演示静电放电测试')
  expect((await choose(service)).status).toBe(303)
  const made = await submitUse(people.zhou, { ...fields, service })
  expect(made.status).toBe(303)
  const { voucher } = (await readVoucher(env, WEIGUANG, fields['key'] ?? '', Date.now())) ?? {}
  expect(useFormOf(voucher ?? { form: '{}' })).toMatchObject({
    booking,
    service_name: '演示静电放电测试',
  })
})

test('a refused form keeps its booking and can be corrected', async () => {
  const booking = await book('weiguang')
  const fields = useFields({ booking, amount: '99999999' })
  expect((await submitUse(people.zhou, fields)).status).toBe(422)
  expect((await submitUse(people.zhou, { ...fields, amount: '1000' })).status).toBe(303)
})

test('neither no booking, nor one that waits or is somebody else’s, opens a use', async () => {
  const bookings = [
    '',
    await book('weiguang', { accepted: false }),
    await book('weiguang', { enterprise: enterpriseIdOf('yunshan') }),
  ]
  for (const booking of bookings) {
    const refused = await submitUse(people.zhou, useFields({ booking, amount: '1000' }))
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('请从已确认的预约申请使用')
  }
})

test('nor does a form that was kept as a draft before', async () => {
  const fields = useFields({ amount: '1000' })
  const kept = await submitUse(people.zhou, fields, {}, '/enterprise/use/drafts')
  expect(kept.status).toBe(303)
  const refused = await submitUse(people.zhou, fields)
  expect(refused.status).toBe(422)
  expect(await readVoucher(env, WEIGUANG, fields['key'] ?? '', Date.now())).toBeNull()
})

test('nor one that was cancelled meanwhile', async () => {
  const booking = await book('weiguang')
  await commit(db, [insertCancellation(db, { booking, reason: null, at: NOW, by: 'sun' })])
  const refused = await submitUse(people.zhou, useFields({ booking, amount: '1000' }))
  expect(refused.status).toBe(422)
})
