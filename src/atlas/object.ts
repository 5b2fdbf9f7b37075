/**
 * Builds the index's shards from D1 and swaps the pointer, one for all: `atlas`. It keeps nothing
 * but its alarm: what is to be built is what D1 and the pointer disagree about, so a builder that
 * died at any step goes on from there. It never answers a search.
 */
import { DurableObject } from 'cloudflare:workers'
import type { Bindings } from '../platform/bindings.ts'
import { logError, logInfo } from '../platform/log.ts'
import { agesOf } from './moment-rules.ts'
import { PARTS } from './part-rules.ts'
import type { Part } from './part-rules.ts'
import { pressPart } from './press.ts'
import * as shelf from './shelf.ts'
import type { Pointer } from './shelf.ts'
import { countParts, markParts, readParts } from './store.ts'
import type { Parts } from './store.ts'

/** How long the first change waits for others. */
const GATHER_MS = 500
/** R2 takes one write a second of the same key. */
const PUT_PAUSE_MS = 1_000
/** What one turn builds at most, one part at least: below the bounds on CPU time of an alarm. */
const TURN_DOCUMENTS_MAX = 20_000
/** So many times as long as a part took to build it rests: an import does more than build. */
const REST_FACTOR = 4
/** How long a part rests that could not be built, while others could. */
const FAILED_REST_MS = 60_000
const BACKOFF_MS_MIN = 2_000
const BACKOFF_MS_MAX = 300_000
/** An alarm that should have rung so long ago is lost, and set anew. */
const LATE_MS_MAX = 60_000

/** The parts that were built in this turn, and how many more are due. */
export type Progress = { built: readonly string[]; left: number }

type Built = { part: Part; shard: shelf.Shelved }

/** What R2 and D1 say. `etag` is the pointer's, undefined where none stands. */
type Standing = { parts: Parts; pointer: Pointer; etag: string | undefined }

/** By part, how many documents D1 has. */
type Counts = ReadonlyMap<string, number>

export class AtlasBuilder extends DurableObject<Bindings> {
  private failures = 0
  private put_at = 0
  private readonly pause_ms: number = PUT_PAUSE_MS
  private readonly rested_at = new Map<string, number>()
  private turn: Promise<unknown> = Promise.resolve()

  /** Something changed: looks after it in a moment. */
  touch(): Promise<void> {
    return this.arm(Date.now() + GATHER_MS)
  }

  /** Builds what is due at once, as much as goes into a turn. Throws where D1 or R2 fails. */
  step(): Promise<Progress> {
    return this.inTurn(() => this.advance(() => true))
  }

  /**
   * Has shards that are gone built anew, and looks after what is due. By night those too that hold
   * another number of documents than D1, and what no pointer names is taken away. Answers how
   * many. All stay in the index until then: without one of them it would be of no use at all.
   */
  async check(by_night: boolean): Promise<{ gone: number; removed: number }> {
    return this.inTurn(async () => {
      const { pointer, parts, counts } = await this.stand(by_night)
      const sound = await Promise.all(
        pointer.shelved.map(async (one) => {
          const other = counts && (counts.get(one.part) ?? 0) !== one.documents
          if (other && !isDue(one, parts)) return false
          return shelf.hasShard(this.env, one)
        }),
      )
      const gone = pointer.shelved.filter((_one, index) => !sound[index])
      const unmarked = gone.filter((one) => !isDue(one, parts))
      await markParts(
        this.env.DB,
        unmarked.map(({ part }) => part),
      )
      const removed = by_night ? await shelf.clearOrphans(this.env, pointer, Date.now()) : 0
      await this.touch()
      return { gone: gone.length, removed }
    })
  }

  /** Never throws: an alarm that keeps throwing is dropped for good. */
  override async alarm(): Promise<void> {
    try {
      await this.inTurn(() =>
        this.advance((part) => (this.rested_at.get(part.name) ?? 0) <= Date.now()),
      )
      this.failures = 0
    } catch (error) {
      this.failures += 1
      logError('atlas_alarm', error, { failures: this.failures })
      await this.arm(Date.now() + backoffMs(this.failures, Math.random()))
    }
  }

  /** Tells readers of a change, builds some of what is due, and sets the alarm for the rest. */
  private async advance(mayBuild: (part: Part) => boolean): Promise<Progress> {
    let standing = await this.stand()
    const due = dueOf(standing).filter(mayBuild)
    const { parts, pointer } = standing
    if (parts.revision > pointer.touched && pointer.shelved.length === PARTS.length)
      standing = await this.swap(standing)
    const built = await this.buildSome(due)
    for (const { shard } of built)
      standing = { ...standing, pointer: shelf.shelve(standing.pointer, shard, Date.now()) }
    const cleared = await shelf.clearRetired(this.env, standing.pointer, Date.now())
    if (built.length > 0 || cleared !== standing.pointer)
      standing = await this.swap({ ...standing, pointer: cleared })
    const left = dueOf(standing)
    await this.armFor(left, standing.pointer)
    return { built: built.map(({ part }) => part.name), left: left.length }
  }

  /** One part at least, then as many as go into a turn. Throws only where none could be built. */
  private async buildSome(parts: readonly Part[]): Promise<Built[]> {
    const built: Built[] = []
    const failures: unknown[] = []
    let documents = 0
    for (const part of parts) {
      if (documents > TURN_DOCUMENTS_MAX) break
      try {
        const shard = await this.build(part)
        documents += shard.documents
        built.push({ part, shard })
      } catch (error) {
        logError('atlas_part', error, { part: part.name })
        this.rested_at.set(part.name, Date.now() + FAILED_REST_MS)
        failures.push(error)
      }
    }
    if (built.length === 0 && failures.length > 0) throw failures[0]
    return built
  }

  /** The pointer before D1, which may know of more by then and never of less. */
  private async stand(counted = false): Promise<Standing & { counts?: Counts }> {
    const pinned = await shelf.readPointer(this.env)
    const { DB } = this.env
    const { parts, ...counts } = counted ? await countParts(DB) : { parts: await readParts(DB) }
    const pointer = pinned?.pointer ?? { touched: 0, shelved: [], retired: [] }
    // D1 was set back to an earlier day: nothing that was built since is true any more.
    const stands =
      pointer.touched <= parts.revision ? pointer : shelf.retireAll(pointer, Date.now())
    return { parts, ...counts, pointer: stands, etag: pinned?.etag }
  }

  private async build(part: Part): Promise<shelf.Shelved> {
    const began = Date.now()
    const { bytes, ...shard } = await pressPart(this.env.DB, part)
    const key = await shelf.putShard(this.env, part.name, bytes)
    const took_ms = Date.now() - began
    this.rested_at.set(part.name, Date.now() + took_ms * REST_FACTOR)
    const { documents, revision } = shard
    logInfo({ event: 'atlas_built', part: part.name, documents, revision, took_ms })
    return { ...shard, part: part.name, key, bytes: bytes.byteLength }
  }

  /** Puts the pointer. Parts that did not change hold every change that D1 knows of. */
  private async swap({ parts, pointer, etag }: Standing): Promise<Standing> {
    const shelved = pointer.shelved.map((one) =>
      isDue(one, parts) || one.revision > parts.revision
        ? one
        : { ...one, revision: parts.revision },
    )
    const touched = Math.max(parts.revision, agesOf(shelved).newest)
    const wait_ms = this.put_at + this.pause_ms - Date.now()
    if (wait_ms > 0) await scheduler.wait(Math.min(this.pause_ms, wait_ms))
    const put = { ...pointer, touched, shelved }
    const stored = await shelf.swapPointer(this.env, put, etag)
    this.put_at = Date.now()
    if (stored === null) throw new Error('another builder has swapped the pointer')
    return { parts, pointer: put, etag: stored }
  }

  private async armFor(left: readonly Part[], pointer: Pointer): Promise<void> {
    const now = Date.now()
    const times = left.map(({ name }) => Math.max(now, this.rested_at.get(name) ?? now))
    const clear_at = shelf.nextClearAt(pointer)
    if (clear_at !== undefined) times.push(clear_at)
    if (times.length > 0) await this.arm(Math.min(...times))
  }

  /** The earlier alarm stands, unless it was lost. */
  private async arm(at: number): Promise<void> {
    const set = await this.ctx.storage.getAlarm()
    if (set !== null && set <= at && set > Date.now() - LATE_MS_MAX) return
    await this.ctx.storage.setAlarm(at)
  }

  /** One at a time: D1 and R2 let other calls in between. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work)
    this.turn = mine.catch(() => undefined)
    return mine
  }
}

/** Parts that lack a change or were never built, the one that is furthest behind first. */
function dueOf({ parts, pointer }: Standing): Part[] {
  const shelved = new Map(pointer.shelved.map((one) => [one.part, one]))
  const at = ({ name }: Part) => shelved.get(name)?.revision ?? -1
  return PARTS.filter(({ name }) => {
    const one = shelved.get(name)
    return !one || isDue(one, parts)
  }).toSorted((one, other) => at(one) - at(other))
}

function isDue({ part, revision, later = 0 }: shelf.Shelved, parts: Parts): boolean {
  return Math.max(parts.of.get(part) ?? 0, later) > revision
}

/** 2 s, 4 s, 8 s … five minutes, each shortened by up to a half. */
function backoffMs(failures: number, random: number): number {
  return Math.min(BACKOFF_MS_MAX, BACKOFF_MS_MIN * 2 ** (failures - 1)) * (1 - random / 2)
}
