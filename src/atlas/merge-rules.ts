/**
 * A page out of the best rows of several shards: each list is in order, so that only the heads are
 * compared, and texts only where keys are equal.
 */
import type { Entry } from './best-rules.ts'
import { compareStandings, standingOf } from './hit-rules.ts'
import type { Standing } from './hit-rules.ts'
import type { LaidItems } from './shelf-rules.ts'

/** The best rows of a shard, best first. */
export type Ranked = { laid: LaidItems; entries: readonly Entry[] }

/** A list and how far it is taken. `standing` is of its head, once it was needed. */
type Head = Ranked & { at: number; key: number; standing: Standing | null }

/** The rows from `offset` on, `limit` of them at most. */
export function mergePage(lists: readonly Ranked[], offset: number, limit: number) {
  const page: { laid: LaidItems; row: number }[] = []
  const heads = lists
    .filter(({ entries }) => entries.length > 0)
    .map((list): Head => ({ ...list, at: 0, key: list.entries[0]?.key ?? 0, standing: null }))
  for (let taken = 0; taken < offset + limit && heads.length > 0; taken++) {
    const first = firstOf(heads)
    const entry = first.entries[first.at]
    if (entry && taken >= offset) page.push({ laid: first.laid, row: entry.row })
    advance(heads, first)
  }
  return page
}

function firstOf(heads: readonly Head[]): Head {
  let first = heads[0] as Head
  for (let at = 1; at < heads.length; at++) {
    const head = heads[at] as Head
    if (head.key > first.key) continue
    if (head.key < first.key || compareHeads(head, first) < 0) first = head
  }
  return first
}

function compareHeads(one: Head, other: Head): number {
  return compareStandings(standingOfHead(one), standingOfHead(other))
}

function standingOfHead(head: Head): Standing {
  head.standing ??= standingOf(head.laid, head.entries[head.at]?.row ?? 0)
  return head.standing
}

function advance(heads: Head[], head: Head): void {
  head.at++
  head.standing = null
  const next = head.entries[head.at]
  if (next) head.key = next.key
  else heads.splice(heads.indexOf(head), 1)
}
