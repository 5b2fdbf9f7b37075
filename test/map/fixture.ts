/** The demonstration's organisations on the map, and the map asked for them. */
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
