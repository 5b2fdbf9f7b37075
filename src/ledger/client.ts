/** How the rest of the product speaks to an enterprise's ledger. Authorises nothing by itself. */
import type { AnyActor } from '../kernel/actor.ts'
import { refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { Bindings } from '../platform/bindings.ts'
import type {
  Book,
  Claim,
  Command,
  LedgerEvent,
  LedgerRefusal,
  Receipt,
  Redemption,
  Voucher,
} from './rules.ts'

type Env = Pick<Bindings, 'LEDGER'>

/**
 * One attempt of one person to change one ledger. `key` is made when the form is rendered; ids in
 * the command are made then too, or are the key itself, so that a retry sends the same command.
 * `at` is the request's instant, epoch ms.
 */
export type Envelope = { key: string; actor: AnyActor; at: number; command: Command }

/** Everything an enterprise owns; vouchers and claims newest first. */
export type Ledger = {
  books: Book[]
  claims: Claim[]
  vouchers: Voucher[]
  redemptions: Redemption[]
}

/** One voucher with its history, oldest first. */
export type VoucherHistory = { voucher: Voucher; events: LedgerEvent[]; redemptions: Redemption[] }

/**
 * Sends a command to the enterprise's ledger. The same key with the same command answers what was
 * answered before; with another command or another actor it is refused as `key_reused`.
 */
export async function post(
  _env: Env,
  _enterprise: string,
  _envelope: Envelope,
): Promise<Outcome<Receipt, LedgerRefusal | 'unavailable'>> {
  return refuse('unavailable')
}

/** All books, claims, vouchers and redemptions of an enterprise, after closing passed years. */
export async function readLedger(_env: Env, _enterprise: string, _at: number): Promise<Ledger> {
  throw new Error('not yet')
}

/** This year's book of the region, zeros where nothing was claimed. */
export async function readBook(
  _env: Env,
  _enterprise: string,
  _region: string,
  _at: number,
): Promise<Book> {
  throw new Error('not yet')
}

/** A voucher of this enterprise with its events and redemptions; null where there is none. */
export async function readVoucher(
  _env: Env,
  _enterprise: string,
  _voucher: string,
  _at: number,
): Promise<VoucherHistory | null> {
  throw new Error('not yet')
}
