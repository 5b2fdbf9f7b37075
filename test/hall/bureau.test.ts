/** 「待办」: what waits for whose duties, oldest first, and never another bureau's. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { insertImport, insertMove } from '../../src/intake/store.ts'
import { DAY_MS } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import { announce } from '../../src/live/client.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { insertPayment } from '../../src/redemption/client.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import { find, texts } from '../ui/render.tsx'
import { Dealer, XIHU, openBureaus, read, register } from './cast.ts'

const PATH = '/bureau'
let fang: Dealer

beforeAll(async () => {
  await openBureaus()
  fang = await Dealer.signIn('fang')
})

/** A voucher that was claimed for, made, confirmed and submitted so many days ago. */
async function submitted(dealer: Dealer, amount_fen: number, days: number): Promise<void> {
  const at = Date.now() - days * DAY_MS
  await dealer.claim(amount_fen, at)
  const voucher = await dealer.issue(amount_fen, 'enterprise', at)
  await dealer.confirm(voucher, at)
  await dealer.submit(voucher, at)
}

async function names(html: string, section: string): Promise<string[]> {
  return texts(html, `section[aria-label="${section}"] tbody tr a`)
}

describe('a reviewer of Xihu', () => {
  test('with nothing waiting is told so', async () => {
    const html = await read(PATH, await signInAs(env, 'xihu-review'))
    expect(await texts(html, 'h1')).toEqual(['待办'])
    expect(await texts(html, 'section h2')).toEqual([
      '实名注册',
      '兑付申请',
      '服务与仪器审核',
      '批量导入审核',
    ])
    expect(await texts(html, '.queue-empty')).toHaveLength(4)
  })

  test('sees a registration with its age and the way to it', async () => {
    const version = await register(fang.who, { at: Date.now() - 3 * DAY_MS })
    const html = await read(PATH, await signInAs(env, 'xihu-review'))
    const links = await find(html, 'section[aria-label="实名注册"] tbody a')
    expect(links[0]).toMatchObject({
      text: '杭州演示启航机器人有限公司',
      href: `/bureau/registrations/${version}`,
    })
    expect(html).toContain('最早一件已等 3 天')
    expect(await texts(html, '.queue-head strong')).toEqual(['1 件', '0 件', '0 件', '0 件'])
  })

  test('sees redemptions oldest first', async () => {
    const lin = await Dealer.signIn('lin')
    await submitted(fang, 100_000, 1)
    await submitted(lin, 200_000, 2)
    const html = await read(PATH, await signInAs(env, 'xihu-review'))
    expect(await texts(html, 'section[aria-label="兑付申请"] tbody .money')).toEqual([
      '￥2,000.00',
      '￥1,000.00',
    ])
    expect(html).toContain('最早一件已等 2 天')
    expect(html).toContain('启航')
  })
})

test('finance staff see payments that wait, not reviews', async () => {
  const db = dbOf(env)
  await commit(db, [
    insertPayment(db, {
      enterprise: fang.who.enterprise,
      redemption: 'r1',
      voucher: 'v1',
      number: 'ZJ2026-330106-0001',
      region: XIHU,
      year: 2026,
      payee: 'enterprise',
      payee_id: fang.who.enterprise,
      payee_name: '杭州演示启航机器人有限公司',
      paid_fen: 1_150_000,
      reviewed_by: 'xihu-review',
      reviewed_by_name: '王评',
      at: Date.now(),
    }),
  ])
  const html = await read(PATH, await signInAs(env, 'xihu-finance'))
  expect(await texts(html, 'section h2')).toEqual(['待拨付'])
  expect(await names(html, '待拨付')).toEqual(['ZJ2026-330106-0001'])
  expect(html).toContain('￥11,500.00')
})

test('another bureau sees none of it: what Xihu decides does not wait at Hangzhou', async () => {
  const html = await read(PATH, await signInAs(env, 'hangzhou-review'))
  expect(await texts(html, '.queue-head strong')).toEqual(['0 件', '0 件', '0 件', '0 件'])
})

test('an import that a carrier of Xihu has sent waits with its file’s name', async () => {
  const by = { by: 'wu', by_name: '吴检' }
  const at = Date.now() - 2 * DAY_MS
  const sent = { id: newId(), at, ...by }
  const file = {
    file_name: '服务.csv',
    file_size: 9,
    file_type: 'csv',
    sha256: '',
    key: '',
  } as const
  const whose = { kind: 'service', carrier: 'zhijian', region: XIHU } as const
  await commit(dbOf(env), [
    insertImport(dbOf(env), { ...sent, ...file, ...whose }),
    insertMove(dbOf(env), { id: sent.id, steps: [] }, { move: 'send', at, ...by, facts: {} }),
  ])
  const html = await read(PATH, await signInAs(env, 'xihu-review'))
  expect(await names(html, '批量导入审核')).toEqual(['服务.csv'])
})

test('a county without a bureau waits at its city', async () => {
  await submitted(await Dealer.signIn('lin', '330108'), 300_000, 0)
  const html = await read(PATH, await signInAs(env, 'hangzhou-review'))
  expect(await texts(html, 'section[aria-label="兑付申请"] .money')).toEqual(['￥3,000.00'])
})

test('staff of other duties are shown where to look things up', async () => {
  const html = await read(PATH, await signInAs(env, 'province-audit'))
  expect(await find(html, 'section.queue')).toEqual([])
  expect(html).toContain('您的职责没有需要办理的待办')
})

test('a page that hears of a redemption finds it, however late the mirror is', async () => {
  const chen = await Dealer.signIn('chen')
  chen.mirrored = false
  await submitted(chen, 400_000, 0)
  const hint = { topic: 'redemption', enterprise: chen.who.enterprise, id: 'any' } as const
  await announce(env, [`bureau:${XIHU}`], hint)
  const section = await read('/bureau/todo/redemptions', await signInAs(env, 'xihu-review'))
  expect(await texts(section, 'tbody .money')).toContain('￥4,000.00')
})

describe('a section by itself', () => {
  test('answers the same as on the page', async () => {
    const who = await signInAs(env, 'xihu-review')
    const section = await read('/bureau/todo/redemptions', who)
    expect(await read(PATH, who)).toContain(section)
  })

  test('of another duty is not found, and of no duty is refused', async () => {
    const path = '/bureau/todo/payments'
    expect((await send('GET', path, await signInAs(env, 'xihu-review'))).status).toBe(404)
    expect((await send('GET', path, await signInAs(env, 'xihu-policy'))).status).toBe(403)
  })
})
