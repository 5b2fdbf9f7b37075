/** Random histories of one ledger: what to try next, and both ledgers' answer to it. */
import * as fc from 'fast-check'
import type { AnyActor } from '../../src/kernel/actor.ts'
import { DAY_MS } from '../../src/kernel/clock.ts'
import type { Cap, Command } from '../../src/ledger/rules.ts'
import { HAISHU, KEKAO, XIHU, YUNSHAN, ZHIJIAN, clock, feng, lin } from './fixture.ts'
import { sun, wang, wu, yuan, zhao, zhou } from './fixture.ts'
import { NaiveLedger } from './model.ts'
import type { NaiveVoucher, Step } from './model.ts'

const KINDS = ['claim', 'hand_back', 'issue', 'confirm', 'refuse', 'void', 'expire', 'terminate']
const VERDICTS = ['submit', 'withdraw', 'return', 'approve', 'reject']
const CAST: readonly AnyActor[] = [lin, zhou, wu, sun, wang, zhao, feng, clock]
/** Who usually does it: most steps should pass, or nothing interesting is reached. */
function usualActor(what: string, naive: NaiveLedger, voucher?: NaiveVoucher): AnyActor {
  const owner = { ...lin, enterprise: naive.enterprise }
  if (what === 'expire') return clock
  if (!voucher || what === 'void') return owner
  const named = voucher.carrier === ZHIJIAN ? wu : sun
  if (what === 'confirm' || what === 'refuse') return named
  if (what === 'submit' || what === 'withdraw') return voucher.payee === 'carrier' ? named : owner
  return voucher.county === XIHU ? wang : feng
}
const REASON = '与合同不符'

export const CAPS = { total: yuan(60_000), single: yuan(20_000), holding: yuan(35_000) }
const cap = (fen_max: number): Cap => ({ fen_max, set_by: XIHU })

export const anyStep: fc.Arbitrary<Step & { strange: boolean }> = fc.record({
  what: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('claim', 'issue', 'issue', 'confirm', 'submit') },
    { weight: 3, arbitrary: fc.constantFrom(...KINDS, ...VERDICTS) },
  ),
  fen: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: yuan(12_000) }) },
    { weight: 1, arbitrary: fc.constantFrom(0, -1, yuan(20_000), yuan(20_000.01)) },
  ),
  pick: fc.nat(1000),
  who: fc.constantFrom(...CAST),
  strange: fc.integer({ min: 0, max: 7 }).map((one) => one === 0),
  days: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 1, arbitrary: fc.integer({ min: -30, max: 200 }) },
  ),
})

/** A step on both: the command for the real ledger, and whether the naive one did it. */
export type Twin = { command: Command; actor: AnyActor; did: boolean }

/** Chooses by the naive ledger's lists, so that both are asked for the same thing. */
export function tryOn(
  naive: NaiveLedger,
  redemptions: Map<string, number>,
  { what, fen, pick, who, strange }: Step & { strange: boolean },
  at: number,
): Twin | undefined {
  const county = pick % 5 === 0 ? HAISHU : XIHU
  const id = `${what}-${naive.grants.length}-${naive.vouchers.length}-${pick}-${at}`
  const owner = strange ? who : usualActor(what, naive)
  if (what === 'claim') {
    const caps = { total: cap(CAPS.total), single: cap(CAPS.single), holding: cap(CAPS.holding) }
    const command: Command = { kind: what, claim: id, region: county, amount_fen: fen, caps }
    return { command, actor: owner, did: naive.claim(owner, county, fen, at) }
  }
  if (what === 'hand_back') {
    const year = naive.year(at) - (pick % 7 === 0 ? 1 : 0)
    const command: Command = { kind: what, region: county, year, amount_fen: fen }
    return { command, actor: owner, did: naive.handBack(owner, county, year, fen, at) }
  }
  if (what === 'issue') return issueOn(naive, id, county, fen, pick, owner, at)
  const living = naive.vouchers.filter((one) => one.stage < 3)
  const all = pick % 9 === 0 || living.length === 0 ? naive.vouchers : living
  const voucher = all[pick % all.length]
  return voucher && moveOn(naive, redemptions, voucher, { what, fen, pick, who, strange }, at)
}

function issueOn(
  naive: NaiveLedger,
  id: string,
  county: string,
  fen: number,
  pick: number,
  actor: AnyActor,
  at: number,
): Twin {
  const carrier = pick % 2 === 0 ? ZHIJIAN : KEKAO
  const payee = pick % 3 === 0 ? 'carrier' : 'enterprise'
  const rest = { stage: 0, paid: 0, back: 0, lost: 0 } as const
  const did = naive.issue(actor, { id, county, fen, carrier, payee, ...rest }, at)
  const command: Command = {
    kind: 'issue',
    voucher: id,
    number: `NO-${id}`,
    region: county,
    amount_fen: fen,
    carrier,
    payee,
    form: { pick },
  }
  return { command, actor, did }
}

function moveOn(
  naive: NaiveLedger,
  redemptions: Map<string, number>,
  voucher: NaiveVoucher,
  { what, fen, who, strange }: Omit<Step, 'days'> & { strange: boolean },
  at: number,
): Twin {
  const actor = strange ? who : usualActor(what, naive, voucher)
  const round = redemptions.get(voucher.id) ?? 0
  const redemption = `${voucher.id}-r${round}`
  if (what === 'submit') {
    const command: Command = {
      kind: what,
      voucher: voucher.id,
      redemption: `${voucher.id}-r${round + 1}`,
    }
    const did = naive.submit(actor, voucher)
    if (did) redemptions.set(voucher.id, round + 1)
    return { command, actor, did }
  }
  if (what === 'confirm')
    return {
      command: { kind: what, voucher: voucher.id },
      actor,
      did: naive.confirm(actor, voucher),
    }
  if (what === 'withdraw' || what === 'return') {
    const command = { kind: what, redemption, reason: REASON } as Command
    if (what === 'withdraw') Reflect.deleteProperty(command, 'reason')
    return { command, actor, did: naive.takeBack(what, actor, voucher) }
  }
  if (what === 'approve') {
    // Most verdicts pay a part; the others try what is not possible.
    const paid_fen = fen % 4 === 0 ? fen : 1 + (Math.abs(fen) % voucher.fen)
    const command: Command = { kind: what, redemption, paid_fen, reason: REASON }
    return { command, actor, did: naive.approve(actor, voucher, paid_fen, at) }
  }
  const subject = what === 'reject' ? { redemption } : { voucher: voucher.id }
  const reason = what === 'void' || what === 'expire' ? {} : { reason: REASON }
  const command = { kind: what, ...subject, ...reason } as Command
  return { command, actor, did: naive.end(what, actor, voucher, at) }
}

export function newNaive(enterprise = YUNSHAN): NaiveLedger {
  return new NaiveLedger(enterprise, CAPS)
}

/** The next instant; the clock may be set back, a ledger's time is not. */
export function later(at: number, days: number): number {
  return at + days * DAY_MS
}
