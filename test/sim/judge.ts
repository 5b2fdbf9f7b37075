/** The answer that the twin expects: nothing where a command must be done, else its refusal. */
import type { AnyActor } from '../../src/kernel/actor.ts'
import type { Command } from '../../src/ledger/rules.ts'
import { yearAt } from './twin.ts'
import type { Paper, Twin } from './twin.ts'

export type Expected = { code: string; facts?: Record<string, number | null> } | undefined
type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>

/** Why the command does nothing at that instant, or undefined where it must be done. */
export function judge(twin: Twin, command: Command, actor: AnyActor, at: number): Expected {
  switch (command.kind) {
    case 'claim':
      return judgeClaim(twin, command, actor, at)
    case 'hand_back':
      if (!isOwner(twin, actor)) return { code: 'not_the_enterprise' }
      if (command.year !== yearAt(at)) return { code: 'year_closed' }
      return judgeSpending(twin, command.region, command.year, command.amount_fen)
    case 'issue':
      if (!isOwner(twin, actor)) return { code: 'not_the_enterprise' }
      if (twin.ids.has(command.voucher)) return { code: 'already_exists' }
      return judgeSpending(twin, command.region, yearAt(at), command.amount_fen)
    case 'withdraw':
    case 'return':
    case 'approve':
    case 'reject':
      return judgeVerdict(twin, command, actor)
    case 'confirm':
    case 'refuse':
    case 'void':
    case 'expire':
    case 'terminate':
    case 'submit':
      return judgeMove(twin, command, actor)
  }
}

function judgeClaim(twin: Twin, command: Of<'claim'>, actor: AnyActor, at: number): Expected {
  const { region, amount_fen, caps } = command
  if (!isOwner(twin, actor)) return { code: 'not_the_enterprise' }
  if (!twin.counties.includes(region)) return { code: 'unknown_region' }
  if (twin.waiting.get(command.claim)?.state === 'abandoned') return { code: 'claim_abandoned' }
  if (twin.ids.has(command.claim)) return { code: 'already_exists' }
  if (amount_fen <= 0) return { code: 'amount_not_positive' }
  const year = yearAt(at)
  const { available, unconfirmed } = twin.balances(region, year)
  const waiting = twin.reserving(region, year)
  const room = (cap: { fen_max: number | null }, used: number) =>
    cap.fen_max === null ? Infinity : Math.max(0, cap.fen_max - used)
  const single = room(caps.single, 0)
  const total = room(caps.total, twin.claimed(region, year) + waiting)
  const holding = room(caps.holding, available + unconfirmed + waiting)
  const largest_fen = Math.min(single, total, holding)
  if (amount_fen <= largest_fen) return undefined
  const facts = { largest_fen }
  if (amount_fen > single) return { code: 'exceeds_single_claim_max', facts }
  if (amount_fen > total) return { code: 'exceeds_claim_total_max', facts }
  return { code: 'exceeds_holding_max', facts }
}

function judgeSpending(twin: Twin, county: string, year: number, fen: number): Expected {
  if (fen <= 0) return { code: 'amount_not_positive' }
  const { available } = twin.balances(county, year)
  if (fen <= available) return undefined
  return { code: 'exceeds_available', facts: { available_fen: available } }
}

function judgeMove(
  twin: Twin,
  command: Extract<Command, { voucher: string }>,
  actor: AnyActor,
): Expected {
  const { kind } = command
  const paper = twin.papers.get(command.voucher)
  if (!paper) return { code: 'voucher_not_found' }
  const stranger = judgeActor(twin, command, paper, actor)
  if (stranger) return { code: stranger }
  const from = kind === 'terminate' || kind === 'submit' ? 'confirmed' : 'unconfirmed'
  if (paper.stage !== from) return { code: 'not_in_state' }
  if (kind === 'submit' && twin.ids.has(command.redemption)) return { code: 'already_exists' }
  return undefined
}

function judgeVerdict(
  twin: Twin,
  command: Of<'withdraw' | 'return' | 'approve' | 'reject'>,
  actor: AnyActor,
): Expected {
  const found = twin.redemptions.get(command.redemption)
  const paper = found && twin.papers.get(found.voucher)
  if (!paper) return { code: 'redemption_not_found' }
  const stranger = judgeActor(twin, command, paper, actor)
  if (stranger) return { code: stranger }
  if (found.state !== 'in_review') return { code: 'not_in_state' }
  if (command.kind !== 'approve') return undefined
  if (command.paid_fen <= 0) return { code: 'amount_not_positive' }
  return command.paid_fen > paper.fen ? { code: 'exceeds_voucher_amount' } : undefined
}

/** Whose move it is; a bureau above a county stands in where the door names the county. */
function judgeActor(
  twin: Twin,
  command: Command,
  paper: Paper,
  actor: AnyActor,
): string | undefined {
  const carries = actor.role === 'carrier' && actor.carrier === paper.carrier
  const { kind } = command
  if (kind === 'confirm' || kind === 'refuse') return carries ? undefined : 'not_the_carrier'
  if (kind === 'void') return isOwner(twin, actor) ? undefined : 'not_the_enterprise'
  if (kind === 'expire') return actor.role === 'clock' ? undefined : 'not_the_clock'
  if (kind === 'submit' || kind === 'withdraw') {
    const payee = paper.payee === 'carrier' ? carries : isOwner(twin, actor)
    return payee ? undefined : 'not_the_payee'
  }
  return judgeBureau(paper.county, actor, 'acting_for' in command ? command.acting_for : '')
}

function judgeBureau(county: string, actor: AnyActor, acting_for = ''): string | undefined {
  if (actor.role !== 'bureau') return 'not_the_bureau'
  const above = [`${county.slice(0, 4)}00`, '330000'].includes(actor.region)
  if (actor.region !== county && !(above && acting_for === county)) return 'not_the_bureau'
  return actor.staff.includes('review') ? undefined : 'not_a_reviewer'
}

function isOwner(twin: Twin, actor: AnyActor): boolean {
  return actor.role === 'enterprise' && actor.enterprise === twin.enterprise
}
