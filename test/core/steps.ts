/** What is tried next on a ledger: mostly what may pass, now and then what is odd or impossible. */
import * as fc from 'fast-check'
import type { AnyActor } from '../../src/kernel/actor.ts'
import type { Cap, Command, CommandOf } from '../../src/ledger/rules.ts'
import { HAISHU, HANGZHOU, KEKAO, XIHU, ZHIJIAN } from '../ledger/fixture.ts'
import { clock, feng, lin, sun, wang, wei, wu, yuan, zhao, zhou } from '../ledger/fixture.ts'
import type { NaiveLedger, NaiveRedemption, NaiveVoucher } from './naive.ts'

const KINDS = [
  'claim',
  'hand_back',
  'issue',
  'confirm',
  'refuse',
  'void',
  'expire',
  'terminate',
  'submit',
  'withdraw',
  'return',
  'approve',
  'reject',
] as const
const ODDS = ['taken', 'nobody', 'blank', 'place', 'closed', 'edge', 'over'] as const
const HARMS = ['kind', 'missing', 'extra', 'half', 'large', 'key', 'time', 'actor'] as const
const REUSES = ['replay', 'stale', 'caps', 'amount', 'subject', 'account', 'firm'] as const
export const CAST: readonly AnyActor[] = [
  lin,
  zhou,
  wu,
  sun,
  wang,
  zhao,
  feng,
  wei,
  { ...feng, staff: ['finance'] },
  clock,
]

export type Odd = 'nothing' | (typeof ODDS)[number]
export type Harm = (typeof HARMS)[number]
export type Reuse = (typeof REUSES)[number]
export type Step = {
  what: (typeof KINDS)[number]
  fen: number
  pick: number
  /** Who does it; null for whoever usually does. */
  who: AnyActor | null
  odd: Odd
  /** How the envelope is broken before it is sent whole. */
  harm: Harm | null
  /** How a key is used again afterwards. */
  reuse: Reuse | null
  /** What a region answers to the oldest claim that waits. */
  lease: 'leased' | 'late' | 'short' | null
  /** Days that pass, or to within so many ms of the coming New Year. */
  time: { days: number } | { to_turn_ms: number }
}

const seldom = <T>(weight: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })

export const anyStep: fc.Arbitrary<Step> = fc.record({
  what: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom('claim', 'issue', 'issue', 'confirm', 'submit') },
    { weight: 2, arbitrary: fc.constantFrom(...KINDS) },
  ),
  fen: fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 1, max: yuan(12_000) }) },
    { weight: 1, arbitrary: fc.constantFrom(0, -1, yuan(20_000.01), 10_000_000_000_001) },
  ),
  pick: fc.nat(10_000),
  who: seldom(8, fc.constantFrom(...CAST)),
  odd: fc.oneof(
    { weight: 5, arbitrary: fc.constant<Odd>('nothing') },
    { weight: 1, arbitrary: fc.constantFrom<Odd>(...ODDS) },
  ),
  harm: seldom(30, fc.constantFrom<Harm>(...HARMS)),
  reuse: seldom(12, fc.constantFrom<Reuse>(...REUSES)),
  lease: seldom(2, fc.constantFrom('leased', 'late', 'short')),
  time: fc.oneof(
    { weight: 40, arbitrary: fc.record({ days: fc.integer({ min: 0, max: 4 }) }) },
    { weight: 3, arbitrary: fc.record({ days: fc.integer({ min: -30, max: 150 }) }) },
    {
      weight: 1,
      arbitrary: fc.record({ to_turn_ms: fc.constantFrom(-1, 0, 3_600_000, 28_799_999) }),
    },
  ),
})

const cap = (fen_max: number | null): Cap => ({ fen_max, set_by: fen_max === null ? null : XIHU })
/** The usual caps, only a total, only one claim's, only a holding, and nothing at all. */
const USUAL = [yuan(60_000), yuan(20_000), yuan(35_000)] as const
const TOTAL = [yuan(60_000), null, null] as const
const CAPS: readonly (readonly [total: number | null, ...rest: (number | null)[]])[] = [
  USUAL,
  USUAL,
  USUAL,
  TOTAL,
  TOTAL,
  [null, yuan(9_000.5), null],
  [null, null, yuan(30_000)],
  [0, 0, 0],
]
const PLACES = [HANGZHOU, '330000', '310101', 'nowhere']
const REASON = '与合同不符'

/** Who usually does it: most steps should pass, or nothing interesting is reached. */
export function usualActor(command: Command, naive: NaiveLedger): AnyActor {
  const voucher = voucherOf(command, naive)
  if (command.kind === 'expire') return clock
  if (!voucher || command.kind === 'void') return lin
  const carrier = voucher.carrier === ZHIJIAN ? wu : sun
  if (command.kind === 'confirm' || command.kind === 'refuse') return carrier
  if (command.kind === 'submit' || command.kind === 'withdraw')
    return voucher.payee === 'carrier' ? carrier : lin
  if ('acting_for' in command) return wei
  return voucher.county === XIHU ? wang : feng
}

function voucherOf(command: Command, naive: NaiveLedger): NaiveVoucher | undefined {
  if (command.kind === 'issue' || command.kind === 'claim' || command.kind === 'hand_back')
    return undefined
  if ('voucher' in command) return naive.vouchers.find((one) => one.id === command.voucher)
  return naive.redemptions.find((one) => one.id === command.redemption)?.voucher
}

/** The command that this step is, about what the naive ledger holds; `id` is nobody's yet. */
export function commandOf(drawn: Step, naive: NaiveLedger, id: string): Command {
  const step = { ...drawn, what: promising(drawn, naive) }
  const { what, pick, odd, fen } = step
  const usual = pick % 5 === 0 ? HAISHU : XIHU
  const region = odd === 'place' ? (PLACES[pick % PLACES.length] ?? usual) : usual
  const taken = odd === 'taken' ? anyId(naive, pick) : undefined
  if (what === 'claim') return claimOf(step, naive, region, taken ?? id)
  if (what === 'hand_back') {
    const year = naive.year - Number(odd === 'closed')
    return { kind: what, region, year, amount_fen: edged(odd, fen, leftIn(naive, region)) }
  }
  if (what === 'issue') {
    const left = leftIn(naive, region)
    const part = left > 0 && pick % 6 > 0 && fen > 0 ? 1 + (fen % left) : fen
    const amount_fen = edged(odd, part, left)
    const carrier = pick % 2 === 0 ? ZHIJIAN : KEKAO
    const payee = pick % 3 === 0 ? 'carrier' : 'enterprise'
    const ids = { voucher: id, number: `NO-${id}`, ...(taken && oneTaken(taken, pick)) }
    return { kind: what, ...ids, region, amount_fen, carrier, payee, form: { pick } }
  }
  return moveOf(step, naive, taken ?? id)
}

/** Mostly a step towards what was drawn, where that finds nothing to act on yet. */
function promising({ what, pick, odd }: Step, naive: NaiveLedger): Step['what'] {
  if (odd !== 'nothing' || pick % 10 === 0 || what === 'claim' || what === 'hand_back') return what
  const stands = (state: string) => naive.vouchers.some((one) => one.state === state)
  const wanted = NEEDS[what] ?? ''
  if (what !== 'issue' && stands(wanted)) return what
  if (wanted === 'in_review' && stands('confirmed')) return 'submit'
  if (wanted !== '' && stands('unconfirmed')) return 'confirm'
  const county = pick % 5 === 0 ? HAISHU : XIHU
  return leftIn(naive, county) > 0 ? 'issue' : 'claim'
}

const NEEDS: Partial<Record<Step['what'], string>> = {
  confirm: 'unconfirmed',
  refuse: 'unconfirmed',
  void: 'unconfirmed',
  expire: 'unconfirmed',
  terminate: 'confirmed',
  submit: 'confirmed',
  withdraw: 'in_review',
  return: 'in_review',
  approve: 'in_review',
  reject: 'in_review',
}

function claimOf(
  { pick, odd, fen }: Step,
  naive: NaiveLedger,
  region: string,
  claim: string,
): CommandOf<'claim'> {
  const [total, single = null, holding = null] = CAPS[Math.floor(pick / 16) % CAPS.length] ?? USUAL
  const caps = { total: cap(total), single: cap(single), holding: cap(holding) }
  const budget = pick % 4 === 0 ? { budget: cap(yuan(100_000)) } : {}
  const command = { kind: 'claim' as const, claim, region, amount_fen: fen, caps }
  const largest = Math.min(...Object.values(naive.rooms(region, caps)))
  return { ...command, caps: { ...caps, ...budget }, amount_fen: edged(odd, fen, largest) }
}

function moveOf({ what, pick, odd, fen }: Step, naive: NaiveLedger, id: string): Command {
  const acting = pick % 7 === 0 ? { acting_for: pick % 14 === 0 ? XIHU : '330102' } : {}
  const reason = odd === 'blank' ? ' \t' : REASON
  const voucher = odd === 'nobody' ? undefined : anyVoucher(naive, what, pick)
  const subject = { voucher: voucher?.id ?? 'nobody' }
  if (what === 'submit') return { kind: what, ...subject, redemption: id }
  if (what === 'confirm' || what === 'void' || what === 'expire') return { kind: what, ...subject }
  if (what === 'refuse') return { kind: what, ...subject, reason }
  if (what === 'terminate') return { kind: what, ...subject, reason, ...acting }
  const redemption = odd === 'nobody' ? undefined : anyRedemption(naive, pick)
  const sent = { redemption: redemption?.id ?? 'nobody' }
  if (what === 'withdraw') return { kind: what, ...sent }
  if (what === 'return' || what === 'reject') return { kind: what, ...sent, reason, ...acting }
  const face = redemption?.voucher.fen ?? 1
  const part = pick % 3 === 0 ? fen : 1 + (Math.abs(fen) % face)
  const given = odd === 'blank' && pick % 2 === 0 ? null : reason
  return { kind: 'approve', ...sent, paid_fen: edged(odd, part, face), reason: given, ...acting }
}

/** Exactly what is possible, or one fen more. */
function edged(odd: Odd, fen: number, most: number): number {
  if (odd === 'edge' && most > 0) return most
  return odd === 'over' ? most + 1 : fen
}

function leftIn(naive: NaiveLedger, county: string): number {
  return naive.balances(county, naive.year).available
}

function anyId({ grants, vouchers, redemptions, reservations }: NaiveLedger, pick: number) {
  const ids = [...grants, ...vouchers, ...redemptions, ...reservations].map(({ id }) => id)
  const given_up = reservations.filter((one) => one.state === 'abandoned').map(({ id }) => id)
  const named = [...(pick % 3 === 0 && given_up.length > 0 ? given_up : ids)].filter(Boolean)
  return named[pick % named.length] ?? undefined
}

function oneTaken(taken: string, pick: number) {
  if (pick % 3 === 0) return { voucher: taken }
  return { number: pick % 3 === 1 ? taken : `NO-${taken}` }
}

/** Mostly one in the state that the move needs. */
function anyVoucher({ vouchers }: NaiveLedger, what: string, pick: number) {
  const from = what === 'terminate' || what === 'submit' ? 'confirmed' : 'unconfirmed'
  const ready = vouchers.filter((one) => one.state === from)
  const some = pick % 4 === 0 || ready.length === 0 ? vouchers : ready
  return some[pick % some.length]
}

function anyRedemption({ redemptions }: NaiveLedger, pick: number): NaiveRedemption | undefined {
  const ready = redemptions.filter((one) => one.state === 'in_review')
  const some = pick % 5 === 0 || ready.length === 0 ? redemptions : ready
  return some[pick % some.length]
}
