/**
 * What a ledger does at night: it proves itself, compares D1 with itself row by row, sets D1 right
 * and is archived. Only D1 is ever set right: the ledger is what it is compared with.
 */
import { logError } from '../platform/log.ts'
import { archiveLedger } from './archive.ts'
import type { Archived, ArchiveHead } from './archive.ts'
import { COMPARED, digestLedger, digestMirror, ownKeyOf, rowsOf, textOf } from './digest.ts'
import { hasPending } from './mirror.ts'
import type { Row } from './mirror.ts'
import { proveLedger } from './proof.ts'
import type { Proof } from './proof.ts'
import { readHead } from './store.ts'

type Count = { rows: number; fen: number }

/** One table that differs; `rows` names a few of what is missing, extra or changed in D1. */
export type Drift = {
  table: string
  ledger: Count
  mirror: Count
  missing: number
  extra: number
  changed: number
  rows: string[]
}

/**
 * What one night found: `problems` of the ledger itself, `drift` of D1, and whether D1 agreed in
 * the end. `compared` is false where D1 was out of reach or commands kept coming; `archived` is
 * null where nothing happened since the last archive, or where none could be written.
 */
export type Finding = Proof & {
  drift: Drift[]
  repaired: boolean
  compared: boolean
  archived: Archived | null
}

/** The object as far as it is needed here. */
type Ledger = {
  sql: SqlStorage
  db: D1Database
  files: R2Bucket
  enterprise: string
  nudge: () => Promise<boolean>
  resend: () => Promise<boolean>
}

const TRIES_MAX = 5
const NAMED_MAX = 5

/** `last` is where the ledger stood when it was archived before. Throws nothing. */
export async function examine(
  ledger: Ledger,
  day: string,
  last: ArchiveHead | null,
): Promise<Finding> {
  const proof = proveLedger(ledger.sql, ledger.enterprise)
  const compared = await compare(ledger)
  const { archived, problems } = await archive(ledger, proof, day, last)
  return { ...proof, ...compared, archived, problems }
}

/** Where D1 differs, everything is sent anew, and it is compared once more. */
async function compare(ledger: Ledger): Promise<Pick<Finding, 'drift' | 'repaired' | 'compared'>> {
  try {
    const drift = await findSettled(ledger)
    if (!drift) return { drift: [], repaired: false, compared: false }
    if (drift.length === 0) return { drift, repaired: false, compared: true }
    await ledger.resend()
    const left = await findSettled(ledger)
    return { drift, repaired: left?.length === 0, compared: true }
  } catch (error) {
    logError('ledger_not_compared', error)
    return { drift: [], repaired: false, compared: false }
  }
}

/** A ledger that is not sound is left as it was archived last. */
async function archive(
  { sql, files, enterprise }: Ledger,
  { problems }: Proof,
  day: string,
  last: ArchiveHead | null,
): Promise<Pick<Finding, 'archived' | 'problems'>> {
  if (problems.length > 0) return { archived: null, problems }
  try {
    const made = await archiveLedger(sql, files, { enterprise, day, last })
    if (!made) return { archived: null, problems }
    return 'problem' in made
      ? { archived: null, problems: [made.problem] }
      : { archived: made, problems }
  } catch (error) {
    logError('ledger_not_archived', error)
    return { archived: null, problems }
  }
}

/** A difference counts only where the ledger stood still meanwhile and nothing was under way. */
async function findSettled(ledger: Ledger): Promise<Drift[] | undefined> {
  const { sql, db, enterprise } = ledger
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    if (!(await ledger.nudge()) || hasPending(sql)) continue
    const { seq } = readHead(sql, enterprise)
    const drift = await findDrift(sql, db, enterprise)
    if (drift.length === 0 || readHead(sql, enterprise).seq === seq) return drift
  }
  return undefined
}

async function findDrift(sql: SqlStorage, db: D1Database, enterprise: string): Promise<Drift[]> {
  const mirror = await digestMirror(db, enterprise)
  const ledger = digestLedger(sql, enterprise)
  const drift: Drift[] = []
  for (const compared of COMPARED) {
    const [own, there] = [ledger[compared.name], mirror[compared.name]]
    if (!own || !there || own.hash === there.hash) continue
    const counts = { ledger: countOf(own), mirror: countOf(there) }
    const rows = await differing(sql, db, enterprise, compared)
    drift.push({ table: compared.name, ...counts, ...rows })
  }
  return drift
}

function countOf({ rows, fen }: Count): Count {
  return { rows, fen }
}

async function differing(
  sql: SqlStorage,
  db: D1Database,
  enterprise: string,
  { name, table, own }: (typeof COMPARED)[number],
): Promise<Pick<Drift, 'missing' | 'extra' | 'changed' | 'rows'>> {
  const key = ownKeyOf(table)
  const nameOf = (row: Row) => key.map((column) => row[column]).join(' ') || 'head'
  const there = new Map<string, string>()
  for await (const row of rowsOf(db, enterprise, name)) there.set(nameOf(row), textOf(table, row))
  const found = { missing: [] as string[], extra: [] as string[], changed: [] as string[] }
  for (const row of sql.exec<Row>(own).toArray()) {
    const mirrored = there.get(nameOf(row))
    if (mirrored === undefined) found.missing.push(nameOf(row))
    else if (mirrored !== textOf(table, { ...row, enterprise })) found.changed.push(nameOf(row))
    there.delete(nameOf(row))
  }
  found.extra.push(...there.keys())
  const { missing, extra, changed } = found
  const rows = [...missing, ...extra, ...changed].slice(0, NAMED_MAX)
  return { missing: missing.length, extra: extra.length, changed: changed.length, rows }
}
