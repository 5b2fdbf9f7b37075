/**
 * Brings every test file's own D1 to the current schema before its first test, and lets the map's
 * builder rest after its last: a file that ends in the middle of an alarm would not end at all.
 */
import { applyD1Migrations, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll } from 'vitest'

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)

afterAll(async () => {
  const builder = env.ATLAS.getByName('atlas')
  await runInDurableObject(builder, (_builder, state) => state.storage.deleteAlarm())
})
