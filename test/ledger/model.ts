/**
 * A naive ledger to check the real one against: lists, and sums over them made anew each time. It
 * knows nothing of accounts or postings, and shares no code with the rules.
 */
import type { Accounts, Payee } from '../../src/ledger/rules.ts'
import type { AnyActor } from '../../src/kernel/actor.ts'

export type NaiveVoucher = {
  id: string
  county: string
  year: number
  fen: number
  carrier: string
  payee: Payee
  /** 0 made, 1 confirmed, 2 sent to the bureau, 3 ended. */
  stage: 0 | 1 | 2 | 3
  paid: number
  /** What ended it gave back before its year was over, or after. */
  back: number
  lost: number
}

/** A step as the generator makes it: small numbers that choose among what there is. */
export type Step = { what: string; fen: number; pick: number; who: AnyActor; days: number }

const SHANGHAI = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' })

export class NaiveLedger {
  readonly grants: { county: string; year: number; fen: number }[] = []
  readonly vouchers: NaiveVoucher[] = []

  constructor(
    readonly enterprise: string,
    readonly caps: { total: number; single: number; holding: number },
  ) {}

  year(at: number): number {
    return Number(SHANGHAI.format(at))
  }

  claimed(county: string, year: number): number {
    return sum(this.grants.filter((one) => one.county === county && one.year === year))
  }

  /** All six balances of a book, from nothing but the lists and the date. */
  balances(county: string, year: number, at: number): Accounts {
    const own = this.vouchers.filter((one) => one.county === county && one.year === year)
    const staged = (stage: number) => sum(own.filter((one) => one.stage === stage))
    const unconfirmed = staged(0)
    const confirmed = staged(1)
    const in_review = staged(2)
    const paid = own.reduce((fen, one) => fen + one.paid, 0)
    const lost = own.reduce((fen, one) => fen + one.lost, 0)
    const rest = this.claimed(county, year) - unconfirmed - confirmed - in_review - paid - lost
    const over = year < this.year(at)
    return {
      available: over ? 0 : rest,
      unconfirmed,
      confirmed,
      in_review,
      paid,
      lapsed: lost + (over ? rest : 0),
    }
  }

  /** Does it, or answers false and does nothing. */
  claim(who: AnyActor, county: string, fen: number, at: number): boolean {
    const year = this.year(at)
    const { available, unconfirmed } = this.balances(county, year, at)
    if (!this.isOwner(who) || fen <= 0 || fen > this.caps.single) return false
    if (this.claimed(county, year) + fen > this.caps.total) return false
    if (available + unconfirmed + fen > this.caps.holding) return false
    this.grants.push({ county, year, fen })
    return true
  }

  handBack(who: AnyActor, county: string, year: number, fen: number, at: number): boolean {
    if (!this.isOwner(who) || year !== this.year(at) || fen <= 0) return false
    if (fen > this.balances(county, year, at).available) return false
    this.grants.push({ county, year, fen: -fen })
    return true
  }

  issue(who: AnyActor, made: Omit<NaiveVoucher, 'year'>, at: number): boolean {
    const year = this.year(at)
    if (!this.isOwner(who) || made.fen <= 0) return false
    if (made.fen > this.balances(made.county, year, at).available) return false
    this.vouchers.push({ ...made, year })
    return true
  }

  confirm(who: AnyActor, voucher: NaiveVoucher): boolean {
    if (!isCarrier(who, voucher) || voucher.stage !== 0) return false
    voucher.stage = 1
    return true
  }

  end(what: string, who: AnyActor, voucher: NaiveVoucher, at: number): boolean {
    const rights: Record<string, boolean> = {
      refuse: isCarrier(who, voucher) && voucher.stage === 0,
      void: this.isOwner(who) && voucher.stage === 0,
      expire: who.role === 'clock' && voucher.stage === 0,
      terminate: isReviewer(who, voucher) && voucher.stage === 1,
      reject: isReviewer(who, voucher) && voucher.stage === 2,
    }
    if (!rights[what]) return false
    this.finish(voucher, 0, at)
    return true
  }

  submit(who: AnyActor, voucher: NaiveVoucher): boolean {
    if (!this.isPayee(who, voucher) || voucher.stage !== 1) return false
    voucher.stage = 2
    return true
  }

  takeBack(what: string, who: AnyActor, voucher: NaiveVoucher): boolean {
    const may = what === 'withdraw' ? this.isPayee(who, voucher) : isReviewer(who, voucher)
    if (!may || voucher.stage !== 2) return false
    voucher.stage = 1
    return true
  }

  approve(who: AnyActor, voucher: NaiveVoucher, fen: number, at: number): boolean {
    if (!isReviewer(who, voucher) || voucher.stage !== 2) return false
    if (fen <= 0 || fen > voucher.fen) return false
    this.finish(voucher, fen, at)
    return true
  }

  private finish(voucher: NaiveVoucher, paid: number, at: number): void {
    voucher.stage = 3
    voucher.paid = paid
    const freed = voucher.fen - paid
    if (this.year(at) === voucher.year) voucher.back = freed
    else voucher.lost = freed
  }

  private isOwner(who: AnyActor): boolean {
    return who.role === 'enterprise' && who.enterprise === this.enterprise
  }

  private isPayee(who: AnyActor, voucher: NaiveVoucher): boolean {
    return voucher.payee === 'enterprise' ? this.isOwner(who) : isCarrier(who, voucher)
  }
}

function isCarrier(who: AnyActor, voucher: NaiveVoucher): boolean {
  return who.role === 'carrier' && who.carrier === voucher.carrier
}

function isReviewer(who: AnyActor, voucher: NaiveVoucher): boolean {
  return who.role === 'bureau' && who.region === voucher.county && who.staff.includes('review')
}

function sum(all: readonly { fen: number }[]): number {
  return all.reduce((fen, one) => fen + one.fen, 0)
}
