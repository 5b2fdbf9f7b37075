/**
 * A ledger as a file: one line that names it and its head, then one line for each event, from the
 * first on. Such a file proves itself; a head kept elsewhere proves that nothing was cut off.
 */
import { findFlaw, genesisOf } from './event.ts'
import { canonicalJson } from './json-rules.ts'
import type { LedgerEvent } from './rules.ts'
import { findEventHash, listEvents, readHead } from './store.ts'

/** Where a ledger stood when it was archived. */
export type ArchiveHead = { enterprise: string; seq: number; hash: string }

/** What stands in R2 for an enterprise; `day` is the night of which it is (YYYY-MM-DD). */
export type Archived = ArchiveHead & { day: string; key: string; bytes: number }

/** The first event that is not as it was, 0 for the first line, and how. */
export type Flaw = { seq: number; problem: string }

const EVENTS_AT_A_TIME = 500
const FORMAT = 1

export function archiveKeyOf(day: string, enterprise: string): string {
  return `archive/${day}/${enterprise}.jsonl`
}

/** The whole file; the ledger must not be empty. */
export function archiveOf(
  sql: SqlStorage,
  enterprise: string,
): { head: ArchiveHead; text: string } {
  const { seq, hash } = readHead(sql, enterprise)
  const head = { enterprise, seq, hash }
  const lines = [canonicalJson({ format: FORMAT, ...head })]
  for (let after = 0; after < seq;) {
    const events = listEvents(sql, after, EVENTS_AT_A_TIME)
    lines.push(...events.map((event) => canonicalJson(event)))
    after = events.at(-1)?.seq ?? seq
  }
  return { head, text: `${lines.join('\n')}\n` }
}

/**
 * Checks a file alone: every line as it was written, the chain from the first event to the head.
 * With `expected` also that it is that ledger, and nothing of it was cut off.
 */
export function verifyArchive(text: string, expected?: ArchiveHead): Flaw | undefined {
  const [first = '', ...lines] = text.split('\n')
  const head = parsed<ArchiveHead & { format: number }>(first)
  if (!head || head.format !== FORMAT || typeof head.enterprise !== 'string')
    return { seq: 0, problem: 'the first line was changed' }
  if (expected && !isSame(head, expected))
    return { seq: 0, problem: 'the file is of another ledger or another time' }
  let prev = genesisOf(head.enterprise)
  const events = lines.slice(0, -1)
  for (const [index, line] of events.entries()) {
    const seq = index + 1
    const event = parsed<LedgerEvent>(line)
    if (!event) return { seq, problem: `event ${seq} was changed` }
    const flaw = findFlaw(event, seq, prev)
    if (flaw) return { seq, problem: flaw }
    prev = event.hash
  }
  const end = events.length + 1
  if (lines.at(-1) !== '') return { seq: end, problem: 'the file does not end where a line does' }
  if (head.seq !== events.length || head.hash !== prev)
    return { seq: end, problem: `the file ends at ${events.length} of ${head.seq} events` }
  return undefined
}

function isSame(head: ArchiveHead, expected: ArchiveHead): boolean {
  return (['enterprise', 'seq', 'hash'] as const).every((name) => head[name] === expected[name])
}

/** A line that reads as JSON but was not written so by us was changed too. */
function parsed<T>(line: string): T | undefined {
  try {
    const value = JSON.parse(line) as T
    return value !== null && typeof value === 'object' && canonicalJson(value) === line
      ? value
      : undefined
  } catch {
    return undefined
  }
}

type Files = Pick<R2Bucket, 'put' | 'head'>

/**
 * Writes the ledger into R2, once for each night: what stands there stays, and counts. Undefined
 * where nothing happened since `last`; a flaw where what was archived is not of this ledger.
 */
export async function archiveLedger(
  sql: SqlStorage,
  files: Files,
  { enterprise, day, last }: { enterprise: string; day: string; last: ArchiveHead | null },
): Promise<Archived | Flaw | undefined> {
  const { seq } = readHead(sql, enterprise)
  if (last && findEventHash(sql, last.seq) !== last.hash)
    return { seq: last.seq, problem: `event ${last.seq} is not the one that was archived` }
  if (seq === (last?.seq ?? 0)) return undefined
  const { head, text } = archiveOf(sql, enterprise)
  const key = archiveKeyOf(day, enterprise)
  const customMetadata = { enterprise, seq: String(head.seq), hash: head.hash }
  const httpMetadata = { contentType: 'application/jsonl' }
  const onlyIf = { etagDoesNotMatch: '*' }
  const stored = await files.put(key, text, { onlyIf, customMetadata, httpMetadata })
  if (stored) return { ...head, day, key, bytes: stored.size }
  const standing = await standingAt(files, key, enterprise)
  if (findEventHash(sql, standing.seq) !== standing.hash)
    return { seq: standing.seq, problem: `what stands as ${key} is not of this ledger` }
  return { ...standing, day, key }
}

async function standingAt(files: Files, key: string, enterprise: string) {
  const found = await files.head(key)
  if (!found) throw new Error(`${key} could be neither written nor found`)
  const { seq, hash = '' } = found.customMetadata ?? {}
  return { enterprise, seq: Number(seq), hash, bytes: found.size }
}
