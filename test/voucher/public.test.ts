/** What a voucher's QR code opens, to a stranger and to its parties (SPEC V5). */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import type { Voucher } from '../../src/ledger/rules.ts'
import { qrLinks } from '../../src/voucher/client.ts'
import { send } from '../support/routes.ts'
import { makeVoucher, mainOf, press, read, rowOf, setUp, statusOf } from './fixture.ts'
import type { People } from './fixture.ts'

let people: People
let voucher: Voucher
let path: string
beforeAll(async () => {
  people = await setUp()
  voucher = await makeVoucher(people.lin)
  await press(people.wu, '/carrier/desk/confirmations', [
    ['key', newId()],
    ['only', rowOf(voucher)],
  ])
  const link = (await qrLinks(env, [voucher], Date.now())).get(voucher.id) ?? ''
  path = link.replace(env.ORIGIN, '')
})

const SECRETS = ['￥30,000.00', '整机测评合同', '林知远', '91330106MA2DEM017U', 'ZC-']

test('whoever holds the code sees validity, number, amount, state and parties alone', async () => {
  const main = mainOf(await read(undefined, path))
  for (const shown of [
    '有效',
    voucher.number,
    '￥12,000.00',
    '已确认',
    '杭州演示云杉传感科技有限公司',
    '浙江演示智能制造检测研究院',
  ]) {
    expect(main).toContain(shown)
  }
  for (const secret of SECRETS) expect(main).not.toContain(secret)
})

test('its parties and the bureau see the full form once signed in', async () => {
  for (const who of [people.lin, people.wu, people.reviewer]) {
    const main = mainOf(await read(who, path))
    for (const shown of ['￥30,000.00', '整机测评合同']) expect(main).toContain(shown)
  }
})

test('another enterprise and another carrier see what everybody sees', async () => {
  for (const who of [people.zhou, people.qian]) {
    const main = mainOf(await read(who, path))
    expect(main).toContain(voucher.number)
    for (const secret of SECRETS) expect(main).not.toContain(secret)
  }
})

test('no guess opens anything, and every miss looks the same', async () => {
  expect(path).toMatch(/^\/v\/[\w-]{22}$/)
  for (const guess of [`/v/${'A'.repeat(22)}`, `/v/${voucher.id}`, `/v/${voucher.number}`]) {
    expect([guess, await statusOf(undefined, guess)]).toEqual([guess, 404])
  }
})

test('it is neither kept nor indexed', async () => {
  const answer = await send('GET', path)
  expect(answer.headers.get('Cache-Control')).toBe('no-store')
  expect(answer.headers.get('X-Robots-Tag')).toContain('noindex')
  expect(await answer.text()).toContain('<meta name="robots" content="noindex, nofollow"/>')
})
