/**
 * Which categories a county's vouchers may be used for, and the search with that known. The index
 * answers; D1 is asked only for policies, and by the public interface at most once a minute.
 */
import { waitUntil } from 'cloudflare:workers'
import { asc, inArray } from 'drizzle-orm'
import { clusterAtlas, countAtlas, searchAtlas } from '../atlas/client.ts'
import type { Answer, Clusters, Hit } from '../atlas/rules.ts'
import { atlas_organisations } from '../atlas/tables.ts'
import type { Availability } from '../catalogue/rules.ts'
import { instruments, pictures, services } from '../catalogue/tables.ts'
import { yearOf } from '../kernel/clock.ts'
import type { Bindings } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { isOutage } from '../platform/outage.ts'
import { within } from '../platform/reach.ts'
import { policyOf } from '../policy/client.ts'
import { PAGE_SIZE, toQuery, waysOut } from './rules.ts'
import type { Kind, Search, Way } from './rules.ts'

/** The categories that `accepts` allows this year; null where nothing is asked. */
export type Accepted = readonly string[] | null

/** How long the public interface goes by what it knows of a county's policy, ms. */
const KEPT_MS = 60_000
/** How long D1 may take to say it anew, ms; what comes later is kept for whoever asks next. */
const RECALL_MS_MAX = 1_000
/** How long nobody else asks after one who does, ms. */
const REST_MS = 5_000
/** By county: bounded, because there are ninety. */
const kept = new Map<string, { at: number; categories: readonly string[] }>()

export async function findAccepted(env: Bindings, asked: Search, at: number): Promise<Accepted> {
  if (!asked.accepts) return null
  const { categories } = await policyOf(dbOf(env), asked.accepts, yearOf(at), at)
  kept.set(asked.accepts, { at, categories })
  return categories
}

/**
 * The same, from memory within a minute: a map that is moved makes no call to D1. Then one asks
 * again, and while D1 is out or asked by another, what was known last goes on.
 */
export async function recallAccepted(env: Bindings, asked: Search, at: number): Promise<Accepted> {
  const known = asked.accepts ? kept.get(asked.accepts) : undefined
  if (!known) return findAccepted(env, asked, at)
  if (at - known.at < KEPT_MS) return known.categories
  known.at = at - KEPT_MS + REST_MS
  const finding = findAccepted(env, asked, at)
  waitUntil(finding.catch(() => undefined))
  try {
    return (await within(RECALL_MS_MAX, finding)) ?? known.categories
  } catch (error) {
    if (!isOutage(error)) throw error
    return known.categories
  }
}

export function search(
  env: Bindings,
  asked: Search,
  accepted: Accepted,
  limit = PAGE_SIZE,
): Promise<Answer> {
  return searchAtlas(env, toQuery(asked, accepted, limit))
}

/** How many of each kind the same words and filters find. */
export function countKinds(
  env: Bindings,
  asked: Search,
  accepted: Accepted,
): Promise<Readonly<Record<Kind, number>>> {
  return countAtlas(env, toQuery(asked, accepted, 0))
}

export function cluster(
  env: Bindings,
  asked: Search,
  accepted: Accepted,
  zoom: number,
): Promise<Clusters> {
  return clusterAtlas(env, toQuery(asked, accepted, 0), zoom)
}

/** A way out of an empty result, and how many lines lie there. */
export type Open = Way & { total: number }

/** The searches nearby that do find something. */
export async function listWaysOut(
  env: Bindings,
  asked: Search,
  accepted: Accepted,
): Promise<Open[]> {
  const ways = await Promise.all(
    waysOut(asked).map(async (way) => {
      const { total } = await search(env, way.asked, way.asked.accepts ? accepted : null, 1)
      return { ...way, total }
    }),
  )
  return ways.filter(({ total }) => total > 0)
}

/**
 * What the index does not say of a line: an organisation's categories, a service's or instrument's
 * certificates, and why an instrument cannot be booked now.
 */
export type Extra = {
  categories?: readonly string[]
  qualifications?: readonly string[]
  availability?: Availability
}

/** The list stands without them, so nobody waits for them longer, ms. */
const EXTRAS_MS_MAX = 1_000

/** By id; none while D1 is out of reach, because the list says the rest without it. */
export async function listExtras(
  env: Bindings,
  hits: readonly Hit[],
): Promise<ReadonlyMap<string, Extra>> {
  const [first] = hits
  if (!first) return new Map()
  const ids = hits.map(({ subject }) => subject)
  try {
    const rows = (await within(EXTRAS_MS_MAX, EXTRAS[first.kind](dbOf(env), ids))) ?? []
    return new Map(rows.map(({ id, ...extra }) => [id, extra]))
  } catch (error) {
    if (isOutage(error)) return new Map()
    throw error
  }
}

type ListExtras = (db: Db, ids: string[]) => Promise<(Extra & { id: string })[]>

const EXTRAS: Readonly<Record<Kind, ListExtras>> = {
  organisation: (db, ids) => {
    const { subject, categories } = atlas_organisations
    return db
      .select({ id: subject, categories })
      .from(atlas_organisations)
      .where(inArray(subject, ids))
  },
  service: (db, ids) => {
    const { id, qualifications } = services
    return db.select({ id, qualifications }).from(services).where(inArray(id, ids))
  },
  instrument: (db, ids) => {
    const { id, qualifications, availability } = instruments
    return db.select({ id, qualifications, availability }).from(instruments).where(inArray(id, ids))
  },
}

export type Shown = { id: string; alt: string }

/** Pictures by the id of what they show, at most 90 of those, oldest first. */
export async function listShown(
  db: Db,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, readonly Shown[]>> {
  const { id, subject, alt, at } = pictures
  const rows = await db
    .select({ id, subject, alt })
    .from(pictures)
    .where(inArray(subject, [...subjects]))
    .orderBy(asc(at))
  return Map.groupBy(rows, (row) => row.subject)
}
