/** What the three caps bind, and what they leave alone (SPEC Q3, V4). */
import { describe, expect, test } from 'vitest'
import { FREE, LAST_JULY, MemoryLedger, NO_CAPS, TODAY, XIHU } from './fixture.ts'
import { claim, issue, lin, wang, wu, yuan } from './fixture.ts'
import { xihu } from './quota-rows.ts'

describe('caps bind claims alone', () => {
  const total = xihu(yuan(20_000))

  test('with only a total of 200,000.00 set, that passes and one fen more is refused', () => {
    const caps = { ...NO_CAPS, total: xihu(yuan(200_000)) }
    const ledger = new MemoryLedger()
    expect(ledger.run(claim(yuan(200_000.01), { caps }), lin, TODAY)).toMatchObject({
      code: 'exceeds_claim_total_max',
      facts: { largest_fen: yuan(200_000) },
    })
    ledger.must(claim(yuan(200_000), { caps }), lin, TODAY)
    expect(ledger.bookOf(XIHU, 2026).claimed_fen).toBe(yuan(200_000))
  })

  test('handing back makes room under the yearly total, returned quota does not', () => {
    const ledger = new MemoryLedger()
    const caps = { total, single: FREE, holding: FREE }
    ledger.must(claim(yuan(20_000), { caps }), lin, TODAY)
    ledger.must(issue(yuan(5_000), { voucher: 'v' }), lin, TODAY)
    ledger.must({ kind: 'void', voucher: 'v' }, lin, TODAY)
    expect(ledger.accounts().available).toBe(yuan(20_000))
    expect(ledger.run(claim(1, { caps }), lin, TODAY).ok).toBe(false)
    ledger.must(
      { kind: 'hand_back', region: XIHU, year: 2026, amount_fen: yuan(3_000) },
      lin,
      TODAY,
    )
    ledger.must(claim(yuan(3_000), { caps }), lin, TODAY)
  })

  test('a return may lift the holding above its cap', () => {
    const ledger = new MemoryLedger()
    const holding = { ...NO_CAPS, holding: xihu(yuan(10_000)) }
    ledger.must(claim(yuan(10_000), { caps: holding }), lin, TODAY)
    ledger.must(issue(yuan(10_000), { voucher: 'v' }), lin, TODAY)
    ledger.must({ kind: 'confirm', voucher: 'v' }, wu, TODAY)
    ledger.must(claim(yuan(10_000), { caps: holding }), lin, TODAY)
    ledger.must({ kind: 'terminate', voucher: 'v', reason: '合同取消' }, wang, TODAY)
    expect(ledger.accounts().available).toBe(yuan(20_000))
  })

  test('last year’s claims do not count this year', () => {
    const ledger = new MemoryLedger()
    const caps = { ...NO_CAPS, total }
    ledger.must(claim(yuan(20_000), { caps }), lin, LAST_JULY)
    ledger.must(claim(yuan(20_000), { caps }), lin, TODAY)
    expect(ledger.accounts(2025)).toMatchObject({ available: 0, lapsed: yuan(20_000) })
  })
})
