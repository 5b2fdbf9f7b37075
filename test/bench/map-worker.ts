/**
 * The map's index under measurement: fills D1 with documents, has the shards built, and repeats a
 * search as often as it is told, because the clock stands still while a Worker works.
 */
import {
  buildAtlas,
  clusterAtlas,
  putItems,
  putOrganisations,
  searchAtlas,
} from '../../src/atlas/client.ts'
import type { ItemDoc, OrganisationDoc, Query } from '../../src/atlas/rules.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { commit, dbOf } from '../../src/platform/db.ts'

/** The product's classes, whatever their number. */
export * from '../../src/index.ts'

type Fill = { organisations?: OrganisationDoc[]; items?: ItemDoc[] }
type Run = { ask: 'nothing' | 'search' | 'count' | 'clusters'; query: Query; zoom?: number }

export default {
  async fetch(request, env): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/fill') return Response.json(await fill(env, await request.json()))
    if (pathname === '/build') return Response.json({ built: await buildAtlas(env) })
    return Response.json(await repeat(env, await request.json()))
  },
} satisfies ExportedHandler<Bindings>

async function fill(env: Bindings, { organisations = [], items = [] }: Fill): Promise<number> {
  const [db, now] = [dbOf(env), Date.now()]
  await commit(db, [...putOrganisations(db, organisations, now), ...putItems(db, items, now)])
  return organisations.length + items.length
}

async function repeat(env: Bindings, { times, run }: { times: number; run: Run }) {
  let last: unknown = null
  for (let time = 0; time < times; time += 1) last = await once(env, run)
  return last
}

function once(env: Bindings, { ask, query, zoom = 8 }: Run): Promise<unknown> | null {
  if (ask === 'search') return searchAtlas(env, query)
  if (ask === 'count') return countOne(env, query)
  return ask === 'clusters' ? clusterAtlas(env, query, zoom) : null
}

/** As PostgreSQL counts it: of this kind alone. */
async function countOne(env: Bindings, query: Query): Promise<{ total: number }> {
  const { total } = await searchAtlas(env, { ...query, limit: 0 })
  return { total }
}
