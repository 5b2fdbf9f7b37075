/**
 * What one ledger should hold, kept naively: lists, and sums over them made anew each time. It
 * knows nothing of accounts or postings and shares no code with the rules.
 */
import type { Command } from '../../src/ledger/rules.ts'

export type Stage = 'unconfirmed' | 'confirmed' | 'in_review' | 'ended'
export type Paper = {
  id: string
  number: string
  county: string
  year: number
  fen: number
  carrier: string
  payee: 'carrier' | 'enterprise'
  stage: Stage
  /** The word of the state it has. */
  state: string
  redemption: string | null
  paid: number
  /** What did not come back, because its year was over. */
  lost: number
}
export type Balances = {
  available: number
  unconfirmed: number
  confirmed: number
  in_review: number
  paid: number
  lapsed: number
}
/** Money that came, or went back: a negative sum. */
type Grant = { county: string; year: number; fen: number }
/** A claim that waits for its region, or was given up, or granted. */
export type Waiting = Grant & {
  state: 'reserving' | 'granted' | 'abandoned'
  /** Under which key it was asked for, and what. */
  key: string
  asked: string
}

const SHANGHAI = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' })
const years = new Map<number, number>()

/** The year by the calendar that everybody in the bureau looks at; minutes are kept, for speed. */
export function yearAt(at: number): number {
  const minute = Math.floor(at / 60_000)
  const known = years.get(minute)
  if (known !== undefined) return known
  const year = Number(SHANGHAI.format(at))
  years.set(minute, year)
  return year
}

export class Twin {
  seq = 0
  at = 0
  readonly grants: Grant[] = []
  readonly lapses: Grant[] = []
  readonly waiting = new Map<string, Waiting>()
  readonly papers = new Map<string, Paper>()
  readonly redemptions = new Map<string, { voucher: string; state: string }>()
  readonly ids = new Set<string>()

  constructor(
    readonly enterprise: string,
    readonly counties: readonly string[],
  ) {}

  claimed(county: string, year: number): number {
    return sumOf(this.grants.filter((one) => one.county === county && one.year === year))
  }

  reserving(county: string, year: number): number {
    const all = [...this.waiting.values()].filter(({ state }) => state === 'reserving')
    return sumOf(all.filter((one) => one.county === county && one.year === year))
  }

  balances(county: string, year: number): Balances {
    const own: Balances = {
      available: this.claimed(county, year),
      unconfirmed: 0,
      confirmed: 0,
      in_review: 0,
      paid: 0,
      lapsed: sumOf(this.lapses.filter((one) => one.county === county && one.year === year)),
    }
    own.available -= own.lapsed
    for (const paper of this.papers.values()) {
      if (paper.county !== county || paper.year !== year) continue
      const held = paper.stage === 'ended' ? paper.paid + paper.lost : paper.fen
      own.available -= held
      if (paper.stage !== 'ended') own[paper.stage] += paper.fen
      own.paid += paper.paid
      own.lapsed += paper.lost
    }
    return own
  }

  /** Every book there is: county and year. */
  books(): { county: string; year: number }[] {
    const all = new Map(this.grants.map((one) => [`${one.county} ${one.year}`, one]))
    return [...all.values()]
  }

  /** Does what was judged to be right. */
  apply(command: Command, at: number): void {
    const { grants } = this
    if (command.kind === 'claim') {
      this.ids.add(command.claim)
      grants.push({ county: command.region, year: yearAt(at), fen: command.amount_fen })
    } else if (command.kind === 'hand_back') {
      grants.push({ county: command.region, year: command.year, fen: -command.amount_fen })
    } else if (command.kind === 'issue') this.make(command, at)
    else this.move(command, at)
  }

  reserve(
    command: Extract<Command, { kind: 'claim' }>,
    at: number,
    by: { key: string; asked: string },
  ): void {
    const { claim, region: county, amount_fen: fen } = command
    this.ids.add(claim)
    this.waiting.set(claim, { county, year: yearAt(at), fen, state: 'reserving', ...by })
  }

  grant(waiting: Waiting): void {
    const { county, year, fen } = waiting
    waiting.state = 'granted'
    this.grants.push({ county, year, fen })
  }

  lapse(county: string, year: number): void {
    this.lapses.push({ county, year, fen: this.balances(county, year).available })
  }

  private make(command: Extract<Command, { kind: 'issue' }>, at: number): void {
    this.ids.add(command.voucher)
    this.papers.set(command.voucher, {
      id: command.voucher,
      number: command.number,
      county: command.region,
      year: yearAt(at),
      fen: command.amount_fen,
      carrier: command.carrier,
      payee: command.payee,
      stage: 'unconfirmed',
      state: 'unconfirmed',
      redemption: null,
      paid: 0,
      lost: 0,
    })
  }

  private move(
    command: Exclude<Command, { kind: 'claim' | 'hand_back' | 'issue' }>,
    at: number,
  ): void {
    const id =
      'voucher' in command
        ? command.voucher
        : (this.redemptions.get(command.redemption)?.voucher ?? '')
    const paper = this.papers.get(id)
    if (!paper) throw new Error(`the twin has no voucher ${id}`)
    if (command.kind === 'confirm') return stand(paper, 'confirmed')
    if (command.kind === 'submit') {
      this.ids.add(command.redemption)
      this.redemptions.set(command.redemption, { voucher: id, state: 'in_review' })
      paper.redemption = command.redemption
      return stand(paper, 'in_review')
    }
    if ('redemption' in command)
      this.redemptions.set(command.redemption, { voucher: id, state: VERDICTS[command.kind] })
    if (command.kind === 'withdraw' || command.kind === 'return') return stand(paper, 'confirmed')
    paper.stage = 'ended'
    paper.state = ENDS[command.kind]
    paper.paid = command.kind === 'approve' ? command.paid_fen : 0
    paper.lost = yearAt(at) === paper.year ? 0 : paper.fen - paper.paid
  }
}

const VERDICTS = {
  withdraw: 'withdrawn',
  return: 'returned',
  approve: 'approved',
  reject: 'rejected',
}
const ENDS = {
  refuse: 'refused',
  void: 'voided',
  expire: 'expired',
  terminate: 'terminated',
  approve: 'redeemed',
  reject: 'rejected',
}

function stand(paper: Paper, stage: Exclude<Stage, 'ended'>): void {
  paper.stage = stage
  paper.state = stage
}

function sumOf(all: readonly { fen: number }[]): number {
  return all.reduce((sum, one) => sum + one.fen, 0)
}
