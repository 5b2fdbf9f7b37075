/**
 * One hash for all ledgers of a night, chained to the night before, and the proof of what stands in
 * R2: no archive and no root can be changed, swapped or taken out without its showing here.
 */
import type { Bindings } from '../platform/bindings.ts'
import { hashOf } from '../platform/token.ts'
import { verifyArchive } from './archive.ts'
import type { Archived } from './archive.ts'
import { findRootBefore, listArchives, listRoots } from './report.ts'

type Env = Pick<Bindings, 'DB' | 'FILES'>

const HEADS_AT_A_TIME = 5_000

export function rootKeyOf(day: string): string {
  return `archive/${day}/heads.txt`
}

/**
 * The root of a night: SHA-256 over a first line with the root of the night before, and a line
 * `enterprise seq hash` for each archived ledger in the order of their ids. The text itself is
 * written to R2 once, so that anybody can reckon the root anew and look a ledger up.
 */
export async function keepRoot(env: Env, day: string): Promise<string> {
  const lines = [firstLineOf(day, await findRootBefore(env, day))]
  for await (const archived of everyArchive(env)) lines.push(lineOf(archived))
  const text = `${lines.join('\n')}\n`
  const root = hashOf(text)
  const onlyIf = { etagDoesNotMatch: '*' }
  const key = rootKeyOf(day)
  if (await env.FILES.put(key, text, { onlyIf, customMetadata: { root } })) return root
  // What stands there stays: this run repeats one that was cut after it had written.
  const standing = await env.FILES.get(key)
  return standing ? hashOf(await standing.text()) : root
}

function firstLineOf(day: string, before: string | null): string {
  return `heads of ${day} after ${before ?? 'none'}`
}

function lineOf({ enterprise, seq, hash }: Archived): string {
  return `${enterprise} ${seq} ${hash}`
}

async function* everyArchive(env: Env): AsyncGenerator<Archived> {
  for (let after = ''; ;) {
    const some = await listArchives(env, after, HEADS_AT_A_TIME)
    yield* some
    const last = some.at(-1)
    if (!last) return
    after = last.enterprise
  }
}

/** How much stands in R2, and what is wrong with it; for acceptance and for an auditor. */
export type ArchiveProof = { archives: number; roots: number; problems: string[] }

/** Reads every ledger's last archive and the root of every night anew. */
export async function verifyArchives(env: Env): Promise<ArchiveProof> {
  const problems: string[] = []
  let archives = 0
  for await (const archived of everyArchive(env)) {
    const flaw = await findStoredFlaw(env, archived)
    if (flaw) problems.push(`${archived.key}: ${flaw}`)
    archives += 1
  }
  const roots = await listRoots(env)
  for (const [index, { day, root }] of roots.entries()) {
    const flaw = await findRootFlaw(env, day, root, roots[index - 1]?.root ?? null)
    if (flaw) problems.push(`${rootKeyOf(day)}: ${flaw}`)
  }
  return { archives, roots: roots.length, problems }
}

async function findStoredFlaw({ FILES }: Env, archived: Archived): Promise<string | undefined> {
  const file = await FILES.get(archived.key)
  if (!file) return 'it is gone'
  return verifyArchive(await file.text(), archived)?.problem
}

async function findRootFlaw(
  { FILES }: Env,
  day: string,
  root: string,
  before: string | null,
): Promise<string | undefined> {
  const file = await FILES.get(rootKeyOf(day))
  if (!file) return 'it is gone'
  const text = await file.text()
  if (hashOf(text) !== root) return 'it was changed'
  return text.startsWith(`${firstLineOf(day, before)}\n`)
    ? undefined
    : 'it does not follow the night before'
}
