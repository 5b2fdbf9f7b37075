/**
 * The cast before a ledger: who acts, when, under which caps, and a ledger in memory that keeps
 * what `decide` answers.
 */
import { CLOCK } from '../../src/kernel/actor.ts'
import type {
  AnyActor,
  BureauActor,
  CarrierActor,
  EnterpriseActor,
} from '../../src/kernel/actor.ts'
import { yearOf } from '../../src/kernel/clock.ts'
import { closeYear } from '../../src/ledger/claim-rules.ts'
import { emptyBook, postTo } from '../../src/ledger/book.ts'
import { decide } from '../../src/ledger/rules.ts'
import type {
  Book,
  Cap,
  Claim,
  Command,
  CommandOf,
  Decided,
  Decision,
  LedgerState,
  Posting,
  Redemption,
  Reservation,
  Voucher,
} from '../../src/ledger/rules.ts'

/** 杭州市西湖区, where 云杉传感 is registered, and 宁波市海曙区. */
export const XIHU = '330106'
export const HAISHU = '330203'
export const HANGZHOU = '330100'

export const YUNSHAN = '018f0000-0000-7000-8000-000000000001'
export const WEIGUANG = '018f0000-0000-7000-8000-000000000002'
export const ZHIJIAN = '018f0000-0000-7000-8000-000000000011'
export const KEKAO = '018f0000-0000-7000-8000-000000000013'

export const lin: EnterpriseActor = {
  role: 'enterprise',
  account: 'yunshan',
  name: '林知远',
  enterprise: YUNSHAN,
}
export const zhou: EnterpriseActor = {
  role: 'enterprise',
  account: 'weiguang',
  name: '周予安',
  enterprise: WEIGUANG,
}
export const wu: CarrierActor = {
  role: 'carrier',
  account: 'zhijian',
  name: '吴检',
  carrier: ZHIJIAN,
}
export const sun: CarrierActor = { role: 'carrier', account: 'kekao', name: '孙可', carrier: KEKAO }
export const wang: BureauActor = {
  role: 'bureau',
  account: 'xihu-review',
  name: '王评',
  region: XIHU,
  staff: ['review'],
}
export const zhao: BureauActor = {
  ...wang,
  account: 'xihu-finance',
  name: '赵付',
  staff: ['finance'],
}
export const feng: BureauActor = { ...wang, account: 'haishu-review', name: '冯评', region: HAISHU }
export const wei: BureauActor = {
  ...wang,
  account: 'hangzhou-review',
  name: '卫评',
  region: HANGZHOU,
}
export const clock = CLOCK

/** Last year's summer, this year's spring, and today, all in Asia/Shanghai. */
export const LAST_JULY = Date.parse('2025-07-01T10:00:00+08:00')
export const APRIL = Date.parse('2026-04-01T10:00:00+08:00')
export const TODAY = Date.parse('2026-11-24T10:00:00+08:00')
export const NEXT_YEAR = Date.parse('2027-01-01T00:00:00+08:00')

export const FREE: Cap = { fen_max: null, set_by: null }
export const NO_CAPS = { total: FREE, single: FREE, holding: FREE }

/** Yuan to fen, so that tests read like the screen. */
export function yuan(amount: number): number {
  return Math.round(amount * 100)
}

export function claim(
  amount_fen: number,
  more: Partial<CommandOf<'claim'>> = {},
): CommandOf<'claim'> {
  return { kind: 'claim', claim: name('claim'), region: XIHU, amount_fen, caps: NO_CAPS, ...more }
}

export function issue(
  amount_fen: number,
  more: Partial<CommandOf<'issue'>> = {},
): CommandOf<'issue'> {
  const voucher = more.voucher ?? name('voucher')
  return {
    kind: 'issue',
    voucher,
    number: `NO-${voucher}`,
    region: XIHU,
    amount_fen,
    carrier: ZHIJIAN,
    payee: 'enterprise',
    form: { contract_name: '演示电磁兼容检测合同' },
    ...more,
  }
}

let names = 0
/** A new id: no two things of one file share one. */
export function name(kind: string): string {
  names += 1
  return `${kind}-${names}`
}

/** A ledger in memory: the pure core and nothing else. Closes passed years like the object does. */
export class MemoryLedger implements LedgerState {
  seq = 0
  at = 0
  readonly books = new Map<string, Book>()
  readonly claims = new Map<string, Claim>()
  readonly vouchers = new Map<string, Voucher>()
  readonly redemptions = new Map<string, Redemption>()
  readonly reservations = new Map<string, Reservation>()

  constructor(readonly enterprise: string = YUNSHAN) {}

  bookOf(region: string, year: number): Book {
    return this.books.get(`${region} ${year}`) ?? emptyBook(region, year)
  }
  findVoucher(id: string): Voucher | undefined {
    return this.vouchers.get(id)
  }
  findRedemption(id: string): Redemption | undefined {
    return this.redemptions.get(id)
  }
  holds(id: string): boolean {
    const numbers = [...this.vouchers.values()].map((voucher) => voucher.number)
    const all = [this.claims, this.vouchers, this.redemptions, this.reservations]
    return all.some((some) => some.has(id)) || numbers.includes(id)
  }
  reservingOf(region: string, year: number): number {
    return [...this.reservations.values()]
      .filter((one) => one.state === 'reserving' && one.region === region && one.year === year)
      .reduce((fen, one) => fen + one.amount_fen, 0)
  }
  isAbandoned(id: string): boolean {
    return this.reservations.get(id)?.state === 'abandoned'
  }

  /** Decides, and keeps what was decided. */
  run(command: Command, actor: AnyActor, at: number): Decided {
    this.pass(at)
    const decided = decide(this, command, actor, this.at)
    if (decided.ok) this.keepAll(decided.value)
    return decided
  }

  /** Time goes on, and what is left of passed years lapses. */
  pass(at: number): void {
    this.at = Math.max(this.at, at)
    for (const book of this.books.values()) this.keep(closeYear(book, this.at))
  }

  keepAll({ postings, claim: claimed, voucher, redemption, reservation }: Decision): void {
    this.keep(postings)
    if (claimed) this.claims.set(claimed.id, claimed)
    if (voucher) this.vouchers.set(voucher.id, voucher)
    if (redemption) this.redemptions.set(redemption.id, redemption)
    if (reservation) this.reservations.set(reservation.claim, reservation)
  }

  /** Runs what must pass. */
  must(command: Command, actor: AnyActor, at: number): void {
    const decided = this.run(command, actor, at)
    if (!decided.ok) throw new Error(`${command.kind}: ${decided.code}`)
  }

  accounts(year: number = yearOf(TODAY), region = XIHU): Book['accounts'] {
    return this.bookOf(region, year).accounts
  }

  private keep(postings: readonly Posting[]): void {
    const [first] = postings
    if (!first) return
    const { region, year } = first
    this.seq += 1
    this.books.set(`${region} ${year}`, postTo(this.bookOf(region, year), postings))
  }
}

/**
 * 云杉 gave up claim c0 under a budget and holds 20,000.00; voucher v1 is 未确认, v2 已确认, v3
 * 兑付审核中 as redemption r3.
 */
export function opened(): MemoryLedger {
  const ledger = new MemoryLedger()
  const c0 = { claim: 'c0', region: XIHU, year: yearOf(TODAY), amount_fen: 1, by: lin.name }
  const given_up = { ...c0, budget_fen: 1, set_by: XIHU, at: TODAY, state: 'abandoned' } as const
  ledger.reservations.set('c0', given_up)
  ledger.must(claim(yuan(50_000), { claim: 'c1' }), lin, TODAY)
  for (const voucher of ['v1', 'v2', 'v3'])
    ledger.must(issue(yuan(10_000), { voucher, number: `NO-${voucher}` }), lin, TODAY)
  ledger.must({ kind: 'confirm', voucher: 'v2' }, wu, TODAY)
  ledger.must({ kind: 'confirm', voucher: 'v3' }, wu, TODAY)
  ledger.must({ kind: 'submit', voucher: 'v3', redemption: 'r3' }, lin, TODAY)
  return ledger
}
