/** Two imports that publish the same names at the same moment: each name is public once. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { publishStretch } from '../../src/intake/publish.ts'
import type { Kind } from '../../src/intake/rules.ts'
import { dbOf } from '../../src/platform/db.ts'
import {
  SERVICE_HEAD,
  admit,
  count,
  csvOf,
  jobOf,
  readFile,
  serviceRows,
  stateOf,
} from './fixture.ts'
import type { Sheet } from './fixture.ts'

beforeAll(admit)

const INSTRUMENT_HEAD = ['仪器名称', '型号', '生产厂家', '计价单位']
const files: [Kind, Sheet, Sheet][] = [
  ['service', [SERVICE_HEAD, ...serviceRows(3)], [SERVICE_HEAD, ...serviceRows(5).slice(1)]],
  [
    'instrument',
    [INSTRUMENT_HEAD, ['气相色谱仪', 'GC-1', '岛津', '小时'], ['天平', 'B-1', '梅特勒', '次']],
    [INSTRUMENT_HEAD, ['气相色谱仪', 'GC-1', '岛津', '小时'], ['气相色谱仪', 'GC-2', '岛津', '次']],
  ],
]

test.each(files)('%s: what both have is made by one, the rest by each', async (kind, one, two) => {
  const table = kind === 'service' ? 'services' : 'instruments'
  const before = await count(table)
  const ready = meeting(2)
  const published = await Promise.all(
    [one, two].map(async (sheet) => {
      const { id } = await readFile(csvOf(sheet), { kind })
      const rows = await jobOf(id).list('good', 0, 100)
      expect(rows).toHaveLength(sheet.length - 1)
      const batch = async (statements: D1PreparedStatement[]) => {
        await ready()
        return env.DB.batch(statements)
      }
      const DB = { prepare: env.DB.prepare.bind(env.DB), batch } as unknown as D1Database
      return publishStretch(dbOf({ DB }), { ...(await stateOf(id)).one }, rows, 1)
    }),
  )
  const expected = kind === 'service' ? 5 : 3
  expect(published.reduce((sum, { made }) => sum + made, 0)).toBe(expected)
  expect(published.some(({ passed }) => passed > 0)).toBe(true)
  expect((await count(table)) - before).toBe(expected)
})

/** Waits until so many have come; nobody after them waits. */
function meeting(count: number): () => Promise<void> {
  let come = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  return () => {
    come += 1
    if (come >= count) resolve()
    return promise
  }
}
