/** 吴检 of 智能制造检测研究院 at the desk 「待确认」; nobody else confirms what names it. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { cursorOf } from '../../src/live/client.ts'
import {
  ZHIJIAN,
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
  // A desk has been opened before, so that the channel keeps what it hears.
  await cursorOf(env, `carrier:${ZHIJIAN}`)
})

const DESK = '/carrier/desk'
const only = (row: string): [string, string][] => [
  ['key', newId()],
  ['only', row],
]

describe('the desk', () => {
  test('shows a voucher in the same moment it was made, before the mirror has it', async () => {
    const voucher = await makeVoucher(people.lin)
    const html = await read(people.wu, DESK)
    expect(html).toContain(`id="row-${voucher.id}"`)
    expect(html).toMatch(new RegExp(`<tr[^>]*aria-label="${voucher.number} `))
    expect(html).toContain('data-row="/carrier/desk/rows/{enterprise}/{id}"')
    expect(html).toContain(`<tbody class="govuk-table__body" role="rowgroup" id="desk-rows">`)
  })

  test('answers one row for a live page, and nothing once it waits no more', async () => {
    const voucher = await makeVoucher(people.lin)
    const row = await read(people.wu, `${DESK}/rows/${rowOf(voucher)}`)
    expect(row.trim()).toMatch(/^<tr[^>]*id="row-/)
    await press(people.wu, `${DESK}/confirmations`, only(rowOf(voucher)))
    expect(await statusOf(people.wu, `${DESK}/rows/${rowOf(voucher)}`)).toBe(204)
  })

  test('is empty for another carrier, whose row and page are not found', async () => {
    const voucher = await makeVoucher(people.lin)
    expect(await read(people.qian, DESK)).not.toContain(voucher.number)
    expect(await statusOf(people.qian, `${DESK}/rows/${rowOf(voucher)}`)).toBe(204)
    expect(await statusOf(people.qian, `/carrier/vouchers/${rowOf(voucher)}`)).toBe(404)
    expect(await statusOf(people.wu, `/carrier/vouchers/${rowOf(voucher)}`)).toBe(200)
    expect(await statusOf(people.wu, `/carrier/vouchers/${voucher.enterprise}/x`)).toBe(404)
  })
})

describe('确认', () => {
  test('makes it valid and says so on the desk', async () => {
    const voucher = await makeVoucher(people.lin)
    const answer = await press(people.wu, `${DESK}/confirmations`, only(rowOf(voucher)))
    expect(answer.status).toBe(303)
    expect((await findVoucher(voucher.id))?.state).toBe('confirmed')
    const desk = mainOf(await read(people.wu, placeOf(answer)))
    expect(desk).toContain(voucher.number)
    expect(desk).toContain('已确认，创新券生效')
    const own = mainOf(await read(people.lin, `/enterprise/vouchers/${voucher.id}`))
    expect(own).toContain('载体确认，创新券生效')
  })

  test('by another carrier does nothing and answers 404', async () => {
    const voucher = await makeVoucher(people.lin)
    const answer = await press(people.qian, `${DESK}/confirmations`, only(rowOf(voucher)))
    expect(answer.status).toBe(404)
    expect((await findVoucher(voucher.id))?.state).toBe('unconfirmed')
  })

  test('确认所选 takes every ticked row and reports row by row', async () => {
    const [one, other] = [await makeVoucher(people.lin), await makeVoucher(people.lin)]
    await press(people.lin, '/enterprise/vouchers/voids', [
      ['key', newId()],
      ['voucher', other.id],
    ])
    const answer = await press(people.wu, `${DESK}/confirmations`, [
      ['key', newId()],
      ['row', rowOf(one)],
      ['row', rowOf(other)],
    ])
    const desk = mainOf(await read(people.wu, placeOf(answer)))
    expect(desk).toContain('已确认，创新券生效')
    expect(desk).toContain('没有办理：企业已先作废此券')
  })

  test('without a tick says what to do', async () => {
    const answer = await press(people.wu, `${DESK}/confirmations`, [['key', newId()]])
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('请先勾选创新券')
  })
})

describe('拒绝', () => {
  test('asks for the reason on its own page and tells it to the enterprise', async () => {
    const voucher = await makeVoucher(people.lin)
    const asked = await press(people.wu, `${DESK}/refusals/new`, [['row', rowOf(voucher)]])
    expect(asked.status).toBe(303)
    const form = mainOf(await read(people.wu, placeOf(asked)))
    expect(form).toContain('理由')
    expect(form).toContain(
      '￥12,000.00 退回企业 2026 年度可用额度'.replace('2026', String(voucher.year)),
    )
    const empty = await press(people.wu, `${DESK}/refusals`, [['row', rowOf(voucher)]])
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain('请填写理由')
    const answer = await press(people.wu, `${DESK}/refusals`, [
      ['key', newId()],
      ['row', rowOf(voucher)],
      ['reason', '合同金额与记录不符'],
    ])
    expect(mainOf(await read(people.wu, placeOf(answer)))).toContain('已拒绝，额度已退回企业')
    const own = mainOf(await read(people.lin, `/enterprise/vouchers/${voucher.id}`))
    expect(own).toContain('合同金额与记录不符')
  })
})

test('the carrier reads the papers of its voucher, another carrier does not', async () => {
  const voucher = await makeVoucher(people.lin)
  const html = await read(people.wu, `/carrier/vouchers/${rowOf(voucher)}`)
  const path = new RegExp(`/carrier/vouchers/${rowOf(voucher)}/papers/[0-9a-f-]{36}`).exec(
    html,
  )?.[0]
  expect(await statusOf(people.wu, path ?? '')).toBe(200)
  expect(await statusOf(people.qian, path ?? '')).toBe(404)
})
