/** The demonstration's organisations on the map, the map asked for them, and D1 out of reach. */
import { env } from 'cloudflare:workers'
import { commit, dbOf } from '../../src/platform/db.ts'
import { seedCast, seedOrganisations } from '../demo/seed-catalogue.ts'
import { get } from '../quota/fixture.ts'

export const AT = Date.UTC(2026, 0, 1)

export async function openMap(): Promise<void> {
  const db = dbOf(env)
  await commit(db, [...seedCast(db, AT), ...seedOrganisations(db, AT)])
}

export function find(query: Readonly<Record<string, string>>) {
  return get(null, `/map?${new URLSearchParams(query).toString()}`)
}

/** D1 that fails at once. */
const failing = {
  prepare: () => {
    throw new Error('D1_ERROR: Network connection lost')
  },
}

const never = () => new Promise(() => undefined)
/** Whatever is bound to it, it never answers. */
const statement: object = new Proxy(
  {},
  { get: (_, name) => (name === 'bind' ? () => statement : never) },
)
const silent = { prepare: () => statement, batch: never }

/** The bindings while D1 is out of reach, and how. */
export const OUTAGES = [
  ['is gone', { ...env, DB: failing as unknown as D1Database }],
  ['hangs', { ...env, DB: silent as unknown as D1Database }],
] as const
