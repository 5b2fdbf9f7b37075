/** The turn of the year in Asia/Shanghai, and clocks that are wrong. */
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { DAY_MS } from '../../src/kernel/clock.ts'
import { compareMirror, nudge, readBook, readLedger } from '../../src/ledger/client.ts'
import { confirmed, newDesk } from './desk.ts'
import { HAISHU, LAST_JULY, NEXT_YEAR, TODAY, XIHU, claim, clock, issue } from './fixture.ts'
import { wang, yuan } from './fixture.ts'

const LAST_MOMENT = Date.parse('2026-12-31T15:59:59.999Z')

describe('at New Year', () => {
  test('a claim one millisecond before is this year’s, at 16:00Z the next year’s', async () => {
    const desk = newDesk()
    const before = await desk.must(claim(yuan(1_000)), desk.lin, LAST_MOMENT)
    const after = await desk.must(claim(yuan(2_000)), desk.lin, LAST_MOMENT + 1)
    expect([before.book.year, after.book.year]).toEqual([2026, 2027])
    const { books } = await readLedger(env, desk.enterprise, LAST_MOMENT + 1)
    expect(books).toMatchObject([
      { year: 2027, accounts: { available: yuan(2_000), lapsed: 0 } },
      { year: 2026, accounts: { available: 0, lapsed: yuan(1_000) } },
    ])
  })

  test('what is left lapses once, as of that instant, whoever looks first', async () => {
    const desk = newDesk()
    const made = issue(yuan(400))
    await desk.must(claim(yuan(1_000)))
    await desk.must(claim(yuan(50), { region: HAISHU }))
    await desk.must(made)
    for (let look = 0; look < 3; look += 1)
      expect(
        await readBook(env, desk.enterprise, XIHU, NEXT_YEAR + (look + 5) * DAY_MS),
      ).toMatchObject({
        year: 2027,
        accounts: { available: 0 },
      })
    const closes = await desk.rows<object>(
      `SELECT seq, at, actor ->> '$.role' AS role, payload FROM events WHERE kind = 'close_year'`,
    )
    expect(closes).toEqual([
      { seq: 4, at: NEXT_YEAR, role: 'clock', payload: `{"region":"${XIHU}","year":2026}` },
      { seq: 5, at: NEXT_YEAR, role: 'clock', payload: `{"region":"${HAISHU}","year":2026}` },
    ])
    const { books } = await readLedger(env, desk.enterprise, NEXT_YEAR)
    expect(books[0]?.accounts).toMatchObject({ unconfirmed: yuan(400), lapsed: yuan(600) })
    expect(await nudge(env, desk.enterprise)).toBe(true)
    expect(await compareMirror(env, desk.enterprise)).toEqual([])
  })

  test('a voucher made in the year and voided after it gives nothing back', async () => {
    const desk = newDesk()
    const made = issue(yuan(400))
    await desk.must(claim(yuan(1_000)), desk.lin, LAST_MOMENT)
    await desk.must(made, desk.lin, LAST_MOMENT)
    const { book } = await desk.must(
      { kind: 'void', voucher: made.voucher },
      desk.lin,
      LAST_MOMENT + 1,
    )
    expect(book).toMatchObject({ year: 2026, accounts: { available: 0, lapsed: yuan(1_000) } })
  })
})

describe('last year’s commands run in last year', () => {
  test('claims, vouchers and what lapsed of them stand in last year’s book', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(15_000)), desk.lin, LAST_JULY)
    await confirmed(desk, yuan(5_000), LAST_JULY + 1)
    await desk.must(claim(yuan(50_000)), desk.lin, TODAY)
    const { books, claims } = await readLedger(env, desk.enterprise, TODAY)
    expect(books).toMatchObject([
      { year: 2026, claimed_fen: yuan(50_000), accounts: { available: yuan(50_000) } },
      {
        year: 2025,
        claimed_fen: yuan(20_000),
        accounts: { available: 0, confirmed: yuan(5_000), lapsed: yuan(15_000) },
      },
    ])
    expect(claims.map(({ year, at }) => [year, at])).toEqual([
      [2026, TODAY],
      [2025, LAST_JULY + 1],
      [2025, LAST_JULY],
    ])
  })

  test('terminating last year’s voucher lets its money lapse', async () => {
    const desk = newDesk()
    const voucher = await confirmed(desk, yuan(5_000), LAST_JULY)
    const { book } = await desk.must({ kind: 'terminate', voucher, reason: '合同取消' }, wang)
    expect(book.accounts).toMatchObject({ available: 0, lapsed: yuan(5_000) })
  })
})

describe('a clock that is set back', () => {
  test('never makes an event earlier than the one before', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)), desk.lin, TODAY)
    const late = await desk.must(claim(yuan(1_000)), desk.lin, TODAY - 3_600_000)
    expect(late).toMatchObject({ at: TODAY, claim: { at: TODAY } })
  })

  test('does not bring the old year back', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(1_000)), desk.lin, LAST_MOMENT)
    const made = issue(yuan(1_000))
    await desk.must(made, desk.lin, LAST_MOMENT)
    await desk.must(claim(yuan(1_000)), desk.lin, NEXT_YEAR)
    const voided = await desk.must({ kind: 'void', voucher: made.voucher }, desk.lin, LAST_MOMENT)
    expect(voided.book.accounts).toMatchObject({ available: 0, lapsed: yuan(1_000) })
    const expired = await desk.tell({ kind: 'expire', voucher: made.voucher }, clock, LAST_MOMENT)
    expect(expired).toMatchObject({ code: 'not_in_state', facts: { state: 'voided' } })
    expect(await readBook(env, desk.enterprise, XIHU, LAST_MOMENT)).toMatchObject({ year: 2027 })
  })
})
