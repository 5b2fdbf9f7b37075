/**
 * A naive ledger that says of every command what must come of it: it lists all that is wrong and
 * answers the complaint that comes first. Its balances are sums over lists, made anew each time. It
 * knows nothing of accounts or postings, and shares no code with the rules.
 */
import type { AnyActor } from '../../src/kernel/actor.ts'
import type { Cap, CommandOf } from '../../src/ledger/rules.ts'
import type { Accounts, Command, Payee } from '../../src/ledger/rules.ts'
import type { Leased } from './desk.ts'
import { partyWrong } from './naive-party.ts'
import { amountWrong, BOOK_MAX, FIRST, here, isBlank, sumOf } from './naive-sums.ts'
import type { Where } from './naive-sums.ts'

export type Facts = Record<string, string | number | null>
export type Complaint = [code: string, facts?: Facts]
export type Refused = { ok: false; code: string; facts: Facts }
export type NaiveVoucher = Where & {
  id: string
  number: string
  carrier: string
  payee: Payee
  state: string
  paid: number
  /** What its end took back after its year was over. */
  lost: number
}
export type NaiveRedemption = { id: string; voucher: NaiveVoucher; state: string }
export type NaiveReservation = Where & { id: string; state: string; claim: CommandOf<'claim'> }

const SHANGHAI = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' })
const ENDS: Record<string, string> = {
  confirm: 'confirmed',
  refuse: 'refused',
  void: 'voided',
  expire: 'expired',
  terminate: 'terminated',
}
const VERDICTS: Record<string, [redemption: string, voucher: string]> = {
  withdraw: ['withdrawn', 'confirmed'],
  return: ['returned', 'confirmed'],
  approve: ['approved', 'redeemed'],
  reject: ['rejected', 'rejected'],
}

export class NaiveLedger {
  readonly grants: (Where & { id: string | null })[] = []
  readonly vouchers: NaiveVoucher[] = []
  readonly redemptions: NaiveRedemption[] = []
  readonly reservations: NaiveReservation[] = []
  now = 0
  year = 0

  constructor(readonly enterprise: string) {}

  /** Time goes on; a clock that is set back does not bring a year back. */
  pass(at: number): void {
    if (at <= this.now) return
    this.now = at
    this.year = Number(SHANGHAI.format(at))
  }

  claimed(county: string, year: number): number {
    return sumOf(here(this.grants, county, year))
  }

  reserving(county: string, year: number): number {
    return sumOf(here(this.reservations, county, year).filter((one) => one.state === 'reserving'))
  }

  /** All six balances of a book, from nothing but the lists and the year. */
  balances(county: string, year: number): Accounts {
    const own = here(this.vouchers, county, year)
    const held = (state: string) => sumOf(own.filter((one) => one.state === state))
    const [unconfirmed, confirmed, in_review] = [
      held('unconfirmed'),
      held('confirmed'),
      held('in_review'),
    ]
    const paid = own.reduce((fen, one) => fen + one.paid, 0)
    const lost = own.reduce((fen, one) => fen + one.lost, 0)
    const rest = this.claimed(county, year) - unconfirmed - confirmed - in_review - paid - lost
    const over = year < this.year
    const [available, lapsed] = over ? [0, lost + rest] : [rest, lost]
    return { available, unconfirmed, confirmed, in_review, paid, lapsed }
  }

  isTaken(id: string): boolean {
    const lists = [this.grants, this.vouchers, this.redemptions, this.reservations]
    if (lists.some((list) => list.some((one) => one.id === id))) return true
    return this.vouchers.some((one) => one.number === id)
  }

  /** Does it and answers undefined, or does nothing and answers the refusal. */
  ask(command: Command, actor: AnyActor, at: number): Refused | undefined {
    this.pass(at)
    const [worst] = this.wrong(command, actor)
      .map((complaint) => ({ complaint, rank: FIRST.indexOf(complaint[0]) }))
      .sort((one, other) => one.rank - other.rank)
    if (worst) return { ok: false, code: worst.complaint[0], facts: worst.complaint[1] ?? {} }
    this.act(command)
    return undefined
  }

  /** Every single thing that is wrong with it. */
  private wrong(command: Command, actor: AnyActor): Complaint[] {
    const isOwner = actor.role === 'enterprise' && actor.enterprise === this.enterprise
    const strange: Complaint[] = isOwner ? [] : [['not_the_enterprise']]
    if (command.kind === 'claim') return [...strange, ...this.wrongClaim(command)]
    if (command.kind === 'hand_back') {
      const { region, year, amount_fen } = command
      const late: Complaint = ['year_closed', { year, current_year: this.year }]
      const wrong = [...strange, ...amountWrong(amount_fen), ...this.lacking(region, amount_fen)]
      return year === this.year ? wrong : [late, ...wrong]
    }
    if (command.kind === 'issue') {
      const { voucher, number, region, amount_fen } = command
      const taken = [voucher, number].filter((id) => this.isTaken(id))
      const twice = taken.map((id): Complaint => ['already_exists', { id }])
      return [...strange, ...twice, ...amountWrong(amount_fen), ...this.lacking(region, amount_fen)]
    }
    return this.wrongMove(command, actor)
  }

  private wrongClaim({ claim, region, amount_fen, caps }: CommandOf<'claim'>): Complaint[] {
    const wrong = amountWrong(amount_fen)
    if (!/^33\d\d(?!00)\d\d$/.test(region)) wrong.push(['unknown_region', { region }])
    const given_up = this.reservations.some((one) => one.id === claim && one.state === 'abandoned')
    if (given_up) wrong.push(['claim_abandoned'])
    else if (this.isTaken(claim)) wrong.push(['already_exists', { id: claim }])
    const rooms = this.rooms(region, caps)
    const largest_fen = Math.min(...Object.values(rooms))
    const limits: [string, Cap, number][] = [
      ['exceeds_single_claim_max', caps.single, rooms.single],
      ['exceeds_claim_total_max', caps.total, rooms.total],
      ['exceeds_holding_max', caps.holding, rooms.holding],
    ]
    for (const [code, { fen_max, set_by }, room] of limits)
      if (amount_fen > room) wrong.push([code, { limit_fen: fen_max, set_by, largest_fen }])
    return wrong
  }

  /** The most that would pass under each limit now. */
  rooms(county: string, { single, total, holding }: Limits, year = this.year) {
    const { available, unconfirmed } = this.balances(county, year)
    const reserving = this.reserving(county, year)
    const asked = this.claimed(county, year) + reserving
    const under = ({ fen_max }: Cap, used: number) =>
      fen_max === null ? Infinity : Math.max(0, fen_max - used)
    return {
      single: under(single, 0),
      total: under(total, asked),
      holding: under(holding, available + unconfirmed + reserving),
      book: BOOK_MAX - asked,
    }
  }

  private lacking(county: string, fen: number): Complaint[] {
    const { available } = this.balances(county, this.year)
    return fen > available ? [['exceeds_available', { available_fen: available }]] : []
  }

  private wrongMove(command: Exclude<Command, Quota>, actor: AnyActor): Complaint[] {
    if ('voucher' in command) {
      const voucher = this.vouchers.find((one) => one.id === command.voucher)
      if (!voucher) return [['voucher_not_found']]
      const from = ['terminate', 'submit'].includes(command.kind) ? 'confirmed' : 'unconfirmed'
      const wrong = partyWrong(command, voucher, actor, this.enterprise)
      if (voucher.state !== from) wrong.push(['not_in_state', { state: voucher.state }])
      if ('reason' in command && isBlank(command.reason)) wrong.push(['reason_required'])
      if (command.kind === 'submit' && this.isTaken(command.redemption))
        wrong.push(['already_exists', { id: command.redemption }])
      return wrong
    }
    const redemption = this.redemptions.find((one) => one.id === command.redemption)
    if (!redemption) return [['redemption_not_found']]
    const wrong = partyWrong(command, redemption.voucher, actor, this.enterprise)
    const { state, voucher } = redemption
    if (state !== 'in_review') wrong.push(['not_in_state', { state }])
    if (command.kind === 'approve' && command.paid_fen <= 0) wrong.push(['amount_not_positive'])
    if (command.kind === 'approve' && command.paid_fen > voucher.fen)
      wrong.push(['exceeds_voucher_amount', { amount_fen: voucher.fen }])
    const whole = command.kind === 'approve' && command.paid_fen === voucher.fen
    if ('reason' in command && isBlank(command.reason) && !whole) wrong.push(['reason_required'])
    return wrong
  }

  private act(command: Command): void {
    if (command.kind === 'claim') this.take(command)
    else if (command.kind === 'hand_back')
      this.grants.push({ ...place(command, this.year), fen: -command.amount_fen, id: null })
    else if (command.kind === 'issue') {
      const { voucher: id, number, carrier, payee } = command
      const made = { id, number, carrier, payee, state: 'unconfirmed', paid: 0, lost: 0 }
      this.vouchers.push({ ...made, ...place(command, this.year) })
    } else if (command.kind === 'submit') {
      const voucher = this.vouchers.find((one) => one.id === command.voucher)
      if (voucher) voucher.state = 'in_review'
      if (voucher) this.redemptions.push({ id: command.redemption, voucher, state: 'in_review' })
    } else if ('voucher' in command) {
      const voucher = this.vouchers.find((one) => one.id === command.voucher)
      if (voucher) this.bring(voucher, ENDS[command.kind] ?? '', 0)
    } else {
      const redemption = this.redemptions.find((one) => one.id === command.redemption)
      const [state = '', ending = ''] = VERDICTS[command.kind] ?? []
      if (!redemption) return
      redemption.state = state
      this.bring(redemption.voucher, ending, command.kind === 'approve' ? command.paid_fen : 0)
    }
  }

  private take(command: CommandOf<'claim'>): void {
    const { claim: id, caps } = command
    const where = place(command, this.year)
    if ((caps.budget?.fen_max ?? null) === null) this.grants.push({ ...where, id })
    else this.reservations.push({ ...where, id, state: 'reserving', claim: command })
  }

  /** Ends a claim that waits for its region; answers the refusal, or undefined where granted. */
  end(one: NaiveReservation, leased: Leased, at: number): Refused | undefined {
    this.pass(at)
    const isNow = one.year === this.year
    one.state = leased === 'leased' && isNow ? 'granted' : 'abandoned'
    if (one.state === 'granted') this.grants.push({ ...one })
    if (one.state === 'granted') return undefined
    if (leased === 'leased')
      return { ok: false, code: 'year_closed', facts: { year: one.year, current_year: this.year } }
    if (leased === 'late') return { ok: false, code: 'claim_abandoned', facts: {} }
    const { fen_max: limit_fen = null, set_by = null } = one.claim.caps.budget ?? {}
    const rooms = Object.values(this.rooms(one.county, one.claim.caps, one.year))
    const largest_fen = Math.min(leased.left_fen, ...rooms)
    return { ok: false, code: 'exceeds_budget', facts: { limit_fen, set_by, largest_fen } }
  }

  private bring(voucher: NaiveVoucher, state: string, paid: number): void {
    voucher.state = state
    if (state === 'confirmed') return
    voucher.paid = paid
    if (voucher.year !== this.year) voucher.lost = voucher.fen - paid
  }
}

type Limits = CommandOf<'claim'>['caps']
type Quota = CommandOf<'claim' | 'hand_back' | 'issue'>

function place({ region, amount_fen }: { region: string; amount_fen: number }, year: number) {
  return { county: region, year, fen: amount_fen }
}
