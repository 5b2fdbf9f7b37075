/** 「我的创新券」 and 「作废」: what is shown, what may be voided, and who wins a race. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { yearOf, yearStartsAt } from '../../src/kernel/clock.ts'
import { readBook, readLedger } from '../../src/ledger/client.ts'
import { pageOf } from '../../src/voucher/mine-rules.ts'
import { enterpriseIdOf } from '../demo/seed-enterprises.ts'
import { claim, use } from '../demo/seed-vouchers.ts'
import {
  NOW,
  YUNSHAN,
  findVoucher,
  mainOf,
  makeVoucher,
  placeOf,
  press,
  read,
  rowOf,
  setUp,
  statusOf,
} from './fixture.ts'
import type { People } from './fixture.ts'

let people: People
beforeAll(async () => {
  people = await setUp()
})

const LIST = '/enterprise/vouchers'
const voids = (...ids: string[]): [string, string][] => [
  ['key', newId()],
  ...ids.map((id): [string, string] => ['voucher', id]),
]

describe('the cards', () => {
  test('show number, amount, year, carrier, service, state, contact and a code', async () => {
    const voucher = await makeVoucher(people.lin)
    const html = await read(people.lin, LIST)
    const card = new RegExp(`<article[^>]*aria-label="${voucher.number}"[\\s\\S]*?</article>`)
    const [face = ''] = card.exec(html) ?? []
    for (const shown of [
      '￥12,000.00',
      `${voucher.year} 年度`,
      '浙江演示智能制造检测研究院',
      '演示机器人整机测评',
      '未确认',
      '吴检 0571-80000011',
      `href="/enterprise/vouchers/${voucher.id}"`,
      `aria-label="创新券 ${voucher.number} 的二维码"`,
    ]) {
      expect(face).toContain(shown)
    }
    expect(html).toContain('可申领额度上限')
    expect(html).not.toContain('style=')
  })

  test('are filtered by what stands in the address', async () => {
    const voucher = await makeVoucher(people.lin)
    expect(await read(people.lin, `${LIST}?state=unconfirmed`)).toContain(voucher.number)
    expect(await read(people.lin, `${LIST}?state=confirmed`)).not.toContain(voucher.number)
    expect(await read(people.lin, `${LIST}?year=${voucher.year - 1}`)).not.toContain(voucher.number)
    expect(await read(people.lin, `${LIST}?carrier=${voucher.carrier}`)).toContain(voucher.number)
    const cards = await read(people.lin, `${LIST}/cards?state=unconfirmed`)
    expect(cards).toContain(voucher.number)
    expect(cards).not.toContain('<main')
  })

  test('say what to do where there is none', async () => {
    expect(mainOf(await read(people.zhou, LIST))).toContain('还没有创新券')
  })

  test('stay on a page that exists', async () => {
    const { vouchers } = await readLedger(env, YUNSHAN, Date.now())
    expect(pageOf(vouchers, { page: '99' }).page).toBe(1)
    expect(pageOf(vouchers, { page: 'x' }).page).toBe(1)
    expect(pageOf([], {}).pages).toBe(1)
  })
})

test("another enterprise's voucher is not found, nor are its papers", async () => {
  const voucher = await makeVoucher(people.lin)
  const html = await read(people.lin, `${LIST}/${voucher.id}`)
  const paper = new RegExp(`${LIST}/${voucher.id}/papers/[0-9a-f-]{36}`).exec(html)?.[0] ?? ''
  expect(await statusOf(people.lin, paper)).toBe(200)
  for (const path of [`${LIST}/${voucher.id}`, `${LIST}/${voucher.id}/made`, paper]) {
    expect([path, await statusOf(people.zhou, path)]).toEqual([path, 404])
  }
})

describe('作废', () => {
  test('offers a box on unconfirmed vouchers only, with what returns', async () => {
    const [waiting, confirmed] = [await makeVoucher(people.lin), await makeVoucher(people.lin)]
    await press(people.wu, '/carrier/desk/confirmations', [
      ['key', newId()],
      ['only', rowOf(confirmed)],
    ])
    const plain = await read(people.lin, LIST)
    expect(plain).toContain(`href="${LIST}?void=1"`)
    expect(plain).not.toContain('type="checkbox"')
    const html = await read(people.lin, `${LIST}?void=1`)
    expect(html).toContain(`name="voucher" value="${waiting.id}"`)
    expect(html).not.toContain(`value="${confirmed.id}"`)
    expect(mainOf(html)).toContain(`￥12,000.00 退回 ${waiting.year} 年度可用额度`)
  })

  test('returns the money to its year and leaves 已申领额度 as it was', async () => {
    const voucher = await makeVoucher(people.lin)
    const before = await readBook(env, YUNSHAN, '330106', Date.now())
    const answer = await press(people.lin, `${LIST}/voids`, voids(voucher.id))
    expect(mainOf(await read(people.lin, placeOf(answer)))).toContain('已作废，￥12,000.00 退回')
    const after = await readBook(env, YUNSHAN, '330106', Date.now())
    expect(after.accounts.available).toBe(before.accounts.available + 1_200_000)
    expect(after.claimed_fen).toBe(before.claimed_fen)
  })

  test('without a tick says what to do, with the boxes still there', async () => {
    await makeVoucher(people.lin)
    const answer = await press(people.lin, `${LIST}/voids`, voids())
    const html = await answer.text()
    expect(answer.status).toBe(422)
    expect(html).toContain('请至少勾选一张要作废的创新券')
    expect(html).toContain('type="checkbox"')
  })

  test('against a confirmation in the same second exactly one wins, twenty times', async () => {
    const won = { voided: 0, confirmed: 0 }
    for (let round = 0; round < 20; round++) {
      const voucher = await makeVoucher(people.lin, { amount: '10', contract_amount: '100' })
      const confirm: [string, string][] = [
        ['key', newId()],
        ['only', rowOf(voucher)],
      ]
      const race = [
        () => press(people.lin, `${LIST}/voids`, voids(voucher.id)),
        () => press(people.wu, '/carrier/desk/confirmations', confirm),
      ]
      if (round % 2) race.reverse()
      const answers = await Promise.all(race.map((run) => run()))
      if (round % 2) answers.reverse()
      const [voided, confirmed] = answers
      const state = (await findVoucher(voucher.id))?.state
      if (state !== 'voided' && state !== 'confirmed') throw new Error(`it is ${state}`)
      won[state]++
      const enterprise = mainOf(await read(people.lin, voided ? placeOf(voided) : ''))
      const carrier = mainOf(await read(people.wu, confirmed ? placeOf(confirmed) : ''))
      if (state === 'voided') {
        expect(enterprise).toContain('已作废，￥10.00 退回')
        expect(carrier).toContain('没有办理：企业已先作废此券')
      } else {
        expect(enterprise).toContain('没有作废：载体刚刚已确认此券')
        expect(carrier).toContain('已确认，创新券生效')
      }
    }
    expect(won.voided + won.confirmed).toBe(20)
  }, 60_000)

  test('of an earlier year says in yuan what is lost before it is pressed', async () => {
    const last = yearStartsAt(yearOf(NOW)) - 30 * 86_400_000
    await claim(env, 'weiguang', 1_000_000, last)
    const old = await use(env, {
      enterprise: 'weiguang',
      carrier: 'kekao',
      service: '演示高低温试验',
      payee: 'enterprise',
      amount_fen: 400_000,
      contract_fen: 900_000,
      at: last + 86_400_000,
      booked: false,
      papers: ['contract'],
      invoice: null,
      confirmed_at: null,
    })
    const choosing = mainOf(await read(people.zhou, `${LIST}?void=1`))
    expect(choosing).toContain(`￥4,000.00 失效（${old.year} 年度已结束，不退回）`)
    expect(choosing).toContain('原服务可能无法使用今年的创新券额度')
    expect(choosing).toContain('变更兑付额度')
    const answer = await press(people.zhou, `${LIST}/voids`, voids(old.id))
    expect(mainOf(await read(people.zhou, placeOf(answer)))).toContain('已作废，￥4,000.00 失效')
    const { books } = await readLedger(env, enterpriseIdOf('weiguang'), Date.now())
    expect(books.find((book) => book.year === old.year)?.accounts).toMatchObject({
      available: 0,
      lapsed: 1_000_000,
    })
  })
})
