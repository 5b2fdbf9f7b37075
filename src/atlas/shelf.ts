/**
 * Where the index's shards lie in R2: each once under the hash of its content, and one pointer that
 * says which of them make up the index. A reader sees the old pointer or the new one, and what the
 * old one named stays long enough for whoever is still reading by it.
 */
import type { Bindings } from '../platform/bindings.ts'
import { hashOf } from '../platform/token.ts'
import { SHARD_FORMAT } from './shard-rules.ts'

type Env = Pick<Bindings, 'FILES'>

const ROOT = 'atlas/'
/** Another format of shards has another folder: each version of the code reads its own. */
export const FOLDER = `${ROOT}${SHARD_FORMAT}/`
const POINTER = `${FOLDER}pointer.json`
/** Whoever began to read by the old pointer is long done after this. */
export const GRACE_MS = 15 * 60_000
/** What no pointer names: its builder died before the swap, or it is of another format. */
const ORPHAN_MS = 60 * 60_000
const LIST_MAX = 1000

/**
 * A shard that is part of the index. `revision`: it holds every change up to this one; `later`: the
 * last change of its part that came while it was built, and may be in or not.
 */
export type Shelved = {
  part: string
  key: string
  bytes: number
  documents: number
  revision: number
  later?: number
}

/** `touched` is the last revision that is known of; what lies between it and a shard's is fresh. */
export type Pointer = {
  touched: number
  shelved: readonly Shelved[]
  /** What was part of the index until then, epoch ms. */
  retired: readonly { key: string; at: number }[]
}

export type Pinned = { pointer: Pointer; etag: string }

/** The pointer as it stands; undefined where there is none, 'same' where it has this etag. */
export async function readPointer(env: Env): Promise<Pinned | undefined>
export async function readPointer(env: Env, etag: string): Promise<Pinned | 'same' | undefined>
export async function readPointer(env: Env, etag?: string): Promise<Pinned | 'same' | undefined> {
  const known = etag === undefined ? {} : { onlyIf: { etagDoesNotMatch: etag } }
  const object: R2ObjectBody | R2Object | null = await env.FILES.get(POINTER, known)
  if (!object) return undefined
  if (!('body' in object)) return 'same'
  return { pointer: await object.json<Pointer>(), etag: object.etag }
}

/**
 * Puts the pointer in the place of the one with this etag, or in an empty place, and answers its
 * etag. Null where another stands there by now: whoever built by the old one has to look again.
 */
export async function swapPointer(
  env: Env,
  pointer: Pointer,
  etag: string | undefined,
): Promise<string | null> {
  const stored = await env.FILES.put(POINTER, JSON.stringify(pointer), {
    onlyIf: etag === undefined ? { etagDoesNotMatch: '*' } : { etagMatches: etag },
    httpMetadata: { contentType: 'application/json' },
  })
  return stored?.etag ?? null
}

/** Stores a shard under its content's hash and answers the key. What stands there is the same. */
export async function putShard(env: Env, part: string, bytes: Uint8Array): Promise<string> {
  const hash = hashOf(bytes)
  const key = `${FOLDER}${part.replace(':', '-')}-${hash.slice(0, 32)}`
  await env.FILES.put(key, bytes, { sha256: hash, onlyIf: { etagDoesNotMatch: '*' } })
  return key
}

/** A shard's content; throws where it is gone. */
export async function readShard(env: Env, key: string): Promise<ArrayBuffer> {
  const object = await env.FILES.get(key)
  if (!object) throw new Error(`${key} is gone`)
  return object.arrayBuffer()
}

/** True where a shard stands there in its full length. */
export async function hasShard(env: Env, { key, bytes }: Shelved): Promise<boolean> {
  return (await env.FILES.head(key))?.size === bytes
}

/** The pointer with this shard in the place of the part's old one, which retires. */
export function shelve(pointer: Pointer, shard: Shelved, now: number): Pointer {
  const others = pointer.shelved.filter(({ part }) => part !== shard.part)
  const shelved = [...others, shard]
  const left = pointer.shelved.filter(({ key }) => shelved.every((one) => one.key !== key))
  const back = pointer.retired.filter(({ key }) => key !== shard.key)
  return { ...pointer, shelved, retired: [...back, ...left.map(({ key }) => ({ key, at: now }))] }
}

/** The pointer without any shard: all of them retire. */
export function retireAll(pointer: Pointer, at: number): Pointer {
  const left = pointer.shelved.map(({ key }) => ({ key, at }))
  return { touched: 0, shelved: [], retired: [...pointer.retired, ...left] }
}

/** Takes away what retired long enough ago; answers the pointer without it. */
export async function clearRetired(env: Env, pointer: Pointer, now: number): Promise<Pointer> {
  const over = pointer.retired.filter(({ at }) => at + GRACE_MS <= now)
  if (over.length === 0) return pointer
  await env.FILES.delete(over.map(({ key }) => key))
  return { ...pointer, retired: pointer.retired.filter(({ at }) => at + GRACE_MS > now) }
}

/** When the next shard may be taken away; undefined where none waits. */
export function nextClearAt({ retired }: Pointer): number | undefined {
  return retired.length === 0 ? undefined : Math.min(...retired.map(({ at }) => at)) + GRACE_MS
}

/** Takes away what no pointer names; answers how many. */
export async function clearOrphans(env: Env, pointer: Pointer, now: number): Promise<number> {
  const named = new Set([
    POINTER,
    ...[...pointer.shelved, ...pointer.retired].map((one) => one.key),
  ])
  const orphans: string[] = []
  let cursor: string | undefined
  do {
    const page: R2Objects = await env.FILES.list({
      prefix: ROOT,
      limit: LIST_MAX,
      ...(cursor && { cursor }),
    })
    for (const { key, uploaded } of page.objects)
      if (!named.has(key) && uploaded.getTime() + ORPHAN_MS <= now) orphans.push(key)
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor)
  for (let from = 0; from < orphans.length; from += LIST_MAX)
    await env.FILES.delete(orphans.slice(from, from + LIST_MAX))
  return orphans.length
}
