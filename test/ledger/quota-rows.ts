/** Refusals of claiming, handing back and making vouchers: one readable row each. */
import type { AnyActor } from '../../src/kernel/actor.ts'
import { AMOUNT_FEN_MAX } from '../../src/kernel/amount.ts'
import type { Facts } from '../../src/kernel/outcome.ts'
import type { Cap, Command, LedgerRefusal } from '../../src/ledger/rules.ts'
import { HANGZHOU, NO_CAPS, XIHU, claim, issue, lin, wu, yuan, zhou } from './fixture.ts'

/** What is tried on the ledger that `opened` in fixture.ts gives, and how it is refused. */
export type Row = [
  sentence: string,
  code: LedgerRefusal,
  command: Command,
  actor: AnyActor,
  facts?: Facts,
]

export const xihu = (fen_max: number): Cap => ({ fen_max, set_by: XIHU })
export const capped = (
  amount: number,
  caps: Partial<Record<'total' | 'single' | 'holding', Cap>>,
) => claim(yuan(amount), { caps: { ...NO_CAPS, ...caps } })
const cap_facts = (limit: number, largest: number) => ({
  limit_fen: yuan(limit),
  set_by: XIHU,
  largest_fen: yuan(largest),
})

export const QUOTA_ROWS: Row[] = [
  ['周予安 claims from another enterprise’s ledger', 'not_the_enterprise', claim(yuan(1)), zhou],
  ['吴检 claims for his customer', 'not_the_enterprise', claim(yuan(1)), wu],
  ['周予安 uses another’s quota', 'not_the_enterprise', issue(yuan(1)), zhou],
  [
    '周予安 hands another’s quota back',
    'not_the_enterprise',
    { kind: 'hand_back', region: XIHU, year: 2026, amount_fen: 1 },
    zhou,
  ],
  [
    '林知远 claims from a city',
    'unknown_region',
    claim(yuan(1), { region: HANGZHOU }),
    lin,
    { region: HANGZHOU },
  ],
  [
    '林知远 claims from a place outside the province',
    'unknown_region',
    claim(yuan(1), { region: '310101' }),
    lin,
    { region: '310101' },
  ],
  [
    '林知远 claims twice under one id',
    'already_exists',
    claim(yuan(1), { claim: 'c1' }),
    lin,
    { id: 'c1' },
  ],
  [
    '林知远 claims under an id whose claim was abandoned',
    'claim_abandoned',
    claim(yuan(1), { claim: 'c0' }),
    lin,
  ],
  [
    '林知远 makes two vouchers under one number',
    'already_exists',
    issue(yuan(1), { number: 'NO-v1' }),
    lin,
    { id: 'NO-v1' },
  ],
  [
    '林知远 hands last year’s quota back',
    'year_closed',
    { kind: 'hand_back', region: XIHU, year: 2025, amount_fen: 1 },
    lin,
    { year: 2025, current_year: 2026 },
  ],
  ['林知远 claims nothing', 'amount_not_positive', claim(0), lin],
  ['林知远 claims less than nothing', 'amount_not_positive', claim(-1), lin],
  ['林知远 claims half a fen', 'amount_not_positive', claim(0.5), lin],
  [
    '林知远 claims more than any claim may carry',
    'amount_too_large',
    claim(AMOUNT_FEN_MAX + 1),
    lin,
    { limit_fen: AMOUNT_FEN_MAX },
  ],
  [
    '林知远 claims one fen above the single cap',
    'exceeds_single_claim_max',
    capped(20_000.01, { single: xihu(yuan(20_000)) }),
    lin,
    cap_facts(20_000, 20_000),
  ],
  [
    '林知远 claims one fen above the yearly total',
    'exceeds_claim_total_max',
    capped(10_000.01, { total: xihu(yuan(60_000)) }),
    lin,
    cap_facts(60_000, 10_000),
  ],
  [
    '林知远 claims when the yearly total is used up',
    'exceeds_claim_total_max',
    capped(0.01, { total: xihu(yuan(50_000)) }),
    lin,
    cap_facts(50_000, 0),
  ],
  [
    '林知远 claims one fen above what she may hold; 未确认 counts, 已确认 does not',
    'exceeds_holding_max',
    capped(10_000.01, { holding: xihu(yuan(40_000)) }),
    lin,
    cap_facts(40_000, 10_000),
  ],
  [
    '林知远 uses more than she has',
    'exceeds_available',
    issue(yuan(20_000.01)),
    lin,
    { available_fen: yuan(20_000) },
  ],
  [
    '林知远 uses quota of a county where she has none',
    'exceeds_available',
    issue(1, { region: '330203' }),
    lin,
    { available_fen: 0 },
  ],
  [
    '林知远 hands back more than she has',
    'exceeds_available',
    { kind: 'hand_back', region: XIHU, year: 2026, amount_fen: yuan(20_000.01) },
    lin,
    { available_fen: yuan(20_000) },
  ],
]
