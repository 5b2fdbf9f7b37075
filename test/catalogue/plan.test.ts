/** Every query that a page or a file makes of a large catalogue goes by an index. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { listInstruments, listServices } from '../../src/catalogue/client.ts'
import { readCarriers, readItems } from '../../src/catalogue/export-store.ts'
import { insertPicture, listPictures } from '../../src/catalogue/picture-store.ts'
import { newId } from '../../src/kernel/id.ts'
import { listShown } from '../../src/map/store.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import type { Db } from '../../src/platform/db.ts'
import { ZHIJIAN, setUp } from './fixture.ts'

beforeAll(setUp)

/** What SQLite does for each statement that is made, in its own words. */
async function plansOf(work: (db: Db) => Promise<unknown>): Promise<string[]> {
  const made: [query: string, values: unknown[]][] = []
  const note = (query: string, statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get: (_statement, name) => {
        if (name === 'bind')
          return (...values: unknown[]) => {
            made.push([query, values])
            return statement.bind(...values)
          }
        return (Reflect.get(statement, name) as () => unknown).bind(statement)
      },
    })
  const DB = {
    prepare: (query: string) => note(query, env.DB.prepare(query)),
    batch: (statements: D1PreparedStatement[]) => env.DB.batch(statements),
  }
  await work(dbOf({ DB: DB as unknown as D1Database }))
  const plans = made.map(async ([query, values]) => {
    const explained = env.DB.prepare(`EXPLAIN QUERY PLAN ${query}`).bind(...values)
    return (await explained.all<{ detail: string }>()).results.map(({ detail }) => detail)
  })
  return (await Promise.all(plans)).flat()
}

async function all(portions: AsyncIterable<unknown>): Promise<void> {
  const each = portions[Symbol.asyncIterator]()
  while ((await each.next()).done !== true);
}

const query = { region: '330000', county: null, word: ['试验'], state: null } as const
const picture = {
  id: newId(),
  kind: 'organisation',
  subject: ZHIJIAN,
  carrier: ZHIJIAN,
  file: newId(),
  alt: '大楼',
  at: 1,
  by: 'wu',
} as const

const cases: [string, (db: Db) => Promise<unknown>, RegExp][] = [
  [
    'a page of services',
    (db) => listServices(db, ZHIJIAN, { limit: 20 }),
    /services USING INDEX services_carrier/,
  ],
  [
    'a page of instruments',
    (db) => listInstruments(db, ZHIJIAN, { limit: 20 }),
    /instruments USING INDEX instruments_carrier/,
  ],
  [
    'the pictures of one thing',
    (db) => listPictures(db, ZHIJIAN),
    /pictures USING INDEX pictures_subject/,
  ],
  [
    'the pictures of a page of things',
    (db) => listShown(db, [ZHIJIAN, newId()]),
    /pictures USING INDEX pictures_subject/,
  ],
  [
    'one more picture',
    (db) => commit(db, [insertPicture(db, picture)]),
    /pictures USING COVERING INDEX pictures_subject/,
  ],
  [
    'an export of carriers, in the order of their ids',
    (db) => all(readCarriers(db, query)),
    /carriers USING INDEX sqlite_autoindex_carriers_1 \(id>\?\)/,
  ],
  [
    'an export of all that carriers offer',
    (db) => all(readItems(db, 'service', query)),
    /services USING INDEX services_carrier \(carrier=\?\)/,
  ],
  [
    'an export of what one carrier offers',
    (db) => all(readItems(db, 'instrument', { carrier: ZHIJIAN })),
    /instruments USING INDEX instruments_carrier \(carrier=\? AND name>\?\)/,
  ],
]
test.each(cases)('%s', async (_name, work, index) => {
  const plans = await plansOf(work)
  expect(plans.join('\n')).toMatch(index)
  const scans = plans.filter((step) => /^SCAN (?!CONSTANT|json_each|value)/.test(step))
  expect(scans).toEqual([])
})
