/** 「提交所选」 and 「全部提交」: what is complete goes, and of the rest it is told why not. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { nudge, readBook } from '../../src/ledger/client.ts'
import type { Voucher } from '../../src/ledger/rules.ts'
import { submitItems } from '../../src/redemption/submission.ts'
import { itemsOf, pairOf } from '../../src/redemption/store.ts'
import { redemptionSubmissions } from '../../src/redemption/tables.ts'
import { auditEntries } from '../../src/audit/tables.ts'
import { dbOf } from '../../src/platform/db.ts'
import { NOW, YUNSHAN, mainOf, placeOf, read, setUp, statusOf } from '../voucher/fixture.ts'
import type { People } from '../voucher/fixture.ts'
import { confirmedVoucher, historyOf, readyVoucher, submit } from './fixture.ts'

let people: People
beforeAll(async () => {
  people = await setUp()
})

/** The row of one voucher, without marks. */
function rowText(html: string, voucher: Voucher): string {
  const row = new RegExp(`<tr[^>]*aria-label="${voucher.number}[ "][\\s\\S]*?</tr>`).exec(html)?.[0]
  return row === undefined ? '' : mainOf(row)
}

const stateOf = async (voucher: Voucher) => (await historyOf(voucher)).voucher.state

describe('submitting', () => {
  test('partial success is told row by row, and the page can be read again', async () => {
    const good = await readyVoucher(people)
    const lacking = await confirmedVoucher(people)
    const answer = await submit(people.lin, 'enterprise', [good, lacking])
    expect(answer.status).toBe(303)
    for (let times = 0; times < 2; times += 1) {
      const html = await read(people.lin, placeOf(answer))
      expect(mainOf(html)).toContain('1 张已提交，1 张未提交')
      expect(rowText(html, good)).toContain('已提交')
      expect(rowText(html, lacking)).toContain('材料不全：请填写发票号；请上传发票')
    }
    expect(await stateOf(good)).toBe('in_review')
    expect(await stateOf(lacking)).toBe('confirmed')
  })

  test('全部提交 sends all that are 符合 and names the rest', async () => {
    const ready = [await readyVoucher(people), await readyVoucher(people)]
    const lacking = await confirmedVoucher(people)
    const answer = await submit(people.lin, 'enterprise', 'all')
    const html = await read(people.lin, placeOf(answer))
    for (const voucher of ready) expect(await stateOf(voucher)).toBe('in_review')
    expect(rowText(html, lacking)).toContain('未提交')
  })

  test('twice with one page counts once, and shows the same result', async () => {
    const voucher = await readyVoucher(people)
    const key = newId()
    const answers = await Promise.all([
      submit(people.lin, 'enterprise', [voucher], key),
      submit(people.lin, 'enterprise', [voucher], key),
    ])
    expect(new Set(answers.map(placeOf)).size).toBe(1)
    expect((await historyOf(voucher)).redemptions.length).toBe(1)
    const third = await submit(people.lin, 'enterprise', [voucher], key)
    expect(rowText(await read(people.lin, placeOf(third)), voucher)).toContain('已提交')
    const rows = (await dbOf(env).select().from(redemptionSubmissions)).filter(
      (row) => row.id === key,
    )
    expect(rows.length).toBe(1)
    const audited = (await dbOf(env).select().from(auditEntries)).filter(
      (row) => row.action === 'redemption.submit' && row.after?.includes(voucher.id),
    )
    expect(audited.length).toBe(1)
  })

  test('asked again after a lost answer, its ledger answers what it answered', async () => {
    const voucher = await readyVoucher(people)
    const { account, enterprise } = people.lin
    const actor = { role: 'enterprise', account, name: '林知远', enterprise } as const
    const by = { actor, key: newId(), at: NOW }
    const asked = async () => itemsOf(env, [pairOf(await historyOf(voucher))], NOW)
    const first = await submitItems(env, await asked(), by)
    expect(first).toMatchObject([{ voucher: voucher.id, refusal: null }])
    expect(await submitItems(env, await asked(), by)).toEqual(first)
    const anew = await submitItems(env, await asked(), { ...by, key: newId() })
    expect(anew).toMatchObject([{ refusal: { code: 'not_in_state' } }])
  })

  test('without a tick is 422, and says so', async () => {
    const answer = await submit(people.lin, 'enterprise', [])
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('<title>错误：')
    expect(mainOf(html)).toContain('请先勾选需要兑付的创新券')
  })

  test('moves the money from confirmed to in review, fen for fen', async () => {
    const voucher = await readyVoucher(people)
    const before = await readBook(env, YUNSHAN, '330106', NOW)
    await submit(people.lin, 'enterprise', [voucher])
    const after = await readBook(env, YUNSHAN, '330106', NOW)
    expect(after.accounts.in_review - before.accounts.in_review).toBe(120_000)
    expect(after.accounts.confirmed - before.accounts.confirmed).toBe(-120_000)
  })

  test('belongs to the payee: the other party is 404', async () => {
    const own = await readyVoucher(people)
    const theirs = await readyVoucher(people, 'carrier')
    expect((await submit(people.wu, 'carrier', [own])).status).toBe(404)
    expect((await submit(people.lin, 'enterprise', [theirs])).status).toBe(404)
    expect((await submit(people.zhou, 'enterprise', [own])).status).toBe(404)
    expect((await submit(people.qian, 'carrier', [theirs])).status).toBe(404)
    expect(await stateOf(own)).toBe('confirmed')
    expect(await stateOf(theirs)).toBe('confirmed')
  })

  test('a carrier submits what it redeems', async () => {
    const voucher = await readyVoucher(people, 'carrier')
    const answer = await submit(people.wu, 'carrier', [voucher])
    expect(rowText(await read(people.wu, placeOf(answer)), voucher)).toContain('已提交')
    expect(await stateOf(voucher)).toBe('in_review')
    await nudge(env, YUNSHAN)
    const all = await submit(people.wu, 'carrier', 'all')
    expect(all.status).toBe(303)
  })

  test('a result is read by its own party alone', async () => {
    const voucher = await readyVoucher(people)
    const place = placeOf(await submit(people.lin, 'enterprise', [voucher]))
    expect(await statusOf(people.zhou, place)).toBe(404)
    expect(await statusOf(people.wu, place.replace('enterprise', 'carrier'))).toBe(404)
    expect(await statusOf(people.wu, place)).toBe(403)
  })
})
