/**
 * How the rest of the product speaks to an enterprise's ledger. Authorises no reading: the door has
 * checked who asks. A call whose answer was lost is sent again under the same key.
 */
import { HTTPException } from 'hono/http-exception'
import * as budget from '../budget/client.ts'
import type { Place } from '../budget/client.ts'
import type { Lease } from '../budget/rules.ts'
import { refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { Bindings } from '../platform/bindings.ts'
import { reach } from '../platform/reach.ts'
import type { ArchiveHead } from './archive.ts'
import type { Envelope } from './command-rules.ts'
import { digestMirror } from './digest.ts'
import type { Digest } from './digest.ts'
import { disagreements } from './lease-rules.ts'
import type { Finding } from './drift.ts'
import type { Proof } from './proof.ts'
import type {
  Book,
  Claim,
  HandBack,
  LedgerEvent,
  LedgerRefusal,
  Receipt,
  Redemption,
  Reservation,
  Voucher,
} from './rules.ts'

export type { Envelope } from './command-rules.ts'
export type { Proof } from './proof.ts'
export { recordBudget } from './report.ts'

type Env = Pick<Bindings, 'LEDGER'>

/** Everything an enterprise owns, newest first; redemptions oldest first. */
export type Ledger = {
  books: Book[]
  claims: Claim[]
  hand_backs: HandBack[]
  vouchers: Voucher[]
  redemptions: Redemption[]
  /** Claims under a budget that are still reserving, or were abandoned. */
  ungranted: Reservation[]
}

/** One voucher with its history, oldest first. */
export type VoucherHistory = { voucher: Voucher; events: LedgerEvent[]; redemptions: Redemption[] }

/** The object's methods; each answers JSON text. */
type Stub = {
  command(envelope: Envelope): Promise<string>
  claim(envelope: Envelope): Promise<string>
  read(at: number): Promise<string>
  readBook(region: string, at: number): Promise<string>
  readVoucher(voucher: string, at: number): Promise<string>
  prove(): Promise<string>
  digest(): Promise<string>
  nudge(): Promise<boolean>
  resend(): Promise<boolean>
  reconcile(day: string, last: ArchiveHead | null): Promise<string>
}

/**
 * Sends a command to the enterprise's ledger. The same key with the same command and actor answers
 * what was answered before, refusals too; anything else under that key is refused as `key_reused`.
 * `unavailable` means that nobody knows whether it was done: ask again with the same key.
 */
export async function post(
  env: Env,
  enterprise: string,
  envelope: Envelope,
): Promise<Outcome<Receipt, LedgerRefusal | 'unavailable'>> {
  const claims = envelope.command.kind === 'claim'
  const answer = await call(env, enterprise, (stub) =>
    claims ? stub.claim(envelope) : stub.command(envelope),
  )
  if (answer === undefined) return refuse('unavailable')
  return JSON.parse(answer) as Outcome<Receipt, LedgerRefusal>
}

/**
 * All books, claims, vouchers and redemptions of an enterprise, after closing the years that have
 * passed at `at`. Empty for one that never claimed. Throws 503 where the ledger is out of reach.
 */
export async function readLedger(env: Env, enterprise: string, at: number): Promise<Ledger> {
  return ask<Ledger>(env, enterprise, (stub) => stub.read(at))
}

/** The region's book of the year of `at`, zeros where nothing was claimed. Throws 503. */
export async function readBook(
  env: Env,
  enterprise: string,
  region: string,
  at: number,
): Promise<Book> {
  return ask<Book>(env, enterprise, (stub) => stub.readBook(region, at))
}

/** A voucher of this enterprise with events and redemptions; null for none. Throws 503. */
export async function readVoucher(
  env: Env,
  enterprise: string,
  voucher: string,
  at: number,
): Promise<VoucherHistory | null> {
  return ask<VoucherHistory | null>(env, enterprise, (stub) => stub.readVoucher(voucher, at))
}

/** Mirrors what is pending now. Answers true where D1 has everything. */
export async function nudge(env: Env, enterprise: string): Promise<boolean> {
  return (await call(env, enterprise, (stub) => stub.nudge())) ?? false
}

/** Takes the enterprise's rows out of D1 and sends all anew. True where D1 has everything. */
export async function resend(env: Env, enterprise: string): Promise<boolean> {
  return (await call(env, enterprise, (stub) => stub.resend())) ?? false
}

/** Proves the ledger, sets D1 right and archives what is new; null where it is out of reach. */
export async function reconcileLedger(
  env: Env,
  enterprise: string,
  day: string,
  last: ArchiveHead | null,
): Promise<Finding | null> {
  const answer = await call(env, enterprise, (stub) => stub.reconcile(day, last))
  return answer === undefined ? null : (JSON.parse(answer) as Finding)
}

/** Recomputes chain, sums and balances from the events alone and says what is wrong. */
export async function verifyLedger(env: Env, enterprise: string): Promise<Proof> {
  return ask<Proof>(env, enterprise, (stub) => stub.prove())
}

/** Where D1 does not hold what the ledger does; empty where they agree. Nudge first. */
export async function compareMirror(
  env: Pick<Bindings, 'LEDGER' | 'DB'>,
  enterprise: string,
): Promise<string[]> {
  const ledger = await ask<Digest>(env, enterprise, (stub) => stub.digest())
  const mirror = await digestMirror(env.DB, enterprise)
  return Object.entries(ledger).flatMap(([table, { rows, hash }]) => {
    const there = mirror[table]
    if (there?.hash === hash) return []
    return [`D1 holds ${there?.rows ?? 0} ${table}, the ledger ${rows}, and they differ`]
  })
}

/** An enterprise whose events have reached D1, and how far. */
export type MirrorHead = { enterprise: string; seq: number; hash: string; at: number }

/** At most `limit` enterprises of the mirror after `after`, in the order of their ids. */
export async function listEnterprisesInMirror(
  env: Pick<Bindings, 'DB'>,
  after = '',
  limit = 500,
): Promise<MirrorHead[]> {
  const query = 'SELECT * FROM heads WHERE enterprise > ? ORDER BY enterprise LIMIT ?'
  const { results } = await env.DB.prepare(query).bind(after, limit).all<MirrorHead>()
  return results
}

/**
 * Every enterprise of the mirror: its proof, with what D1 holds otherwise among the problems. For
 * acceptance and for the bureau's report; sends what is pending first.
 */
export async function verifyAll(env: Pick<Bindings, 'LEDGER' | 'DB'>): Promise<Proof[]> {
  const proofs: Proof[] = []
  for (let after = ''; ;) {
    const heads = await listEnterprisesInMirror(env, after)
    for (const { enterprise } of heads) {
      await nudge(env, enterprise)
      const proof = await verifyLedger(env, enterprise)
      const differences = await compareMirror(env, enterprise)
      proofs.push({ ...proof, problems: [...proof.problems, ...differences] })
    }
    const last = heads.at(-1)
    if (!last) return proofs
    after = last.enterprise
  }
}

/**
 * Where a region's budget and the ledgers that leased from it do not say the same; empty where they
 * agree. At rest nothing is leased or reserving: let `at` be the present.
 */
export async function compareBudget(
  env: Pick<Bindings, 'LEDGER' | 'BUDGET'>,
  place: Place,
  at: number,
): Promise<string[]> {
  const problems = (await budget.prove(env, place))?.problems ?? ['the budget is out of reach']
  const ledgers = new Map<string, Ledger>()
  for (let after: Lease | null = null; ;) {
    const leases: Lease[] = (await budget.listLeases(env, place, after)) ?? []
    for (const lease of leases) {
      const { enterprise } = lease
      const ledger = ledgers.get(enterprise) ?? (await readLedger(env, enterprise, at))
      ledgers.clear()
      ledgers.set(enterprise, ledger)
      problems.push(...disagreements(lease, ledger))
    }
    after = leases.at(-1) ?? null
    if (!after) return problems
  }
}

async function ask<T>(
  env: Env,
  enterprise: string,
  use: (stub: Stub) => Promise<string>,
): Promise<T> {
  const answer = await call(env, enterprise, use)
  if (answer === undefined) throw new HTTPException(503, { message: 'unavailable' })
  return JSON.parse(answer) as T
}

/** An object comes to be by being asked, so one of no enterprise is not even named. */
function call<T>(env: Env, enterprise: string, use: (stub: Stub) => Promise<T>) {
  if (enterprise === '') throw new Error('a ledger without an enterprise')
  return reach<Stub, T>(env.LEDGER, `ent:${enterprise}`, use)
}
