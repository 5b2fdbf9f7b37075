/** The catalogue's lists as files: whose, filtered how, and as long as they are. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { publishServices } from '../../src/catalogue/client.ts'
import { readItems } from '../../src/catalogue/export-store.ts'
import { namedId } from '../../src/kernel/id.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { carrierIdOf } from '../demo/seed-catalogue.ts'
import { upload } from '../intake/desk.ts'
import { stateOf } from '../intake/fixture.ts'
import { send } from '../support/routes.ts'
import { db, html, setUp } from './fixture.ts'
import type { People } from './fixture.ts'

let wu: People['wu']
let xihu: People['xihu']
let haishu: People['haishu']
let province: People['province']

beforeAll(async () => {
  ;({ wu, xihu, haishu, province } = await setUp())
})

describe('an export', () => {
  const at = '/bureau/carriers/export'
  const rowsOf = async (query: string, as = xihu) =>
    (await html(`${at}?${query}`, as)).trim().split('\n')

  test('holds the carriers of the region with the headings of the import', async () => {
    const rows = await rowsOf('what=carriers')
    expect(rows[0]).toContain('统一社会信用代码,法定代表人,县（市、区）')
    expect(rows.some((row) => row.includes('杭州市西湖区'))).toBe(true)
    expect(rows.some((row) => row.includes('宁波'))).toBe(false)
    expect((await rowsOf('what=carriers', province)).length).toBeGreaterThan(rows.length)
  })

  test('holds services and instruments, filtered as the list is', async () => {
    const rows = await rowsOf('what=services&word=%E7%94%B5%E9%95%9C')
    expect(rows).toHaveLength(6)
    expect(rows[1]).toContain('91330106MA2CAR0265')
    expect(await rowsOf('what=instruments', province)).toHaveLength(9)
  })

  test('is as long as the list', async () => {
    const many = Array.from({ length: 2500 }, (_none, n) => ({
      id: namedId(`many ${n}`),
      carrier: carrierIdOf('kekao'),
      name: `演示批量 ${n}`,
      category: '检验检测' as const,
      price_fen: null,
      unit: '项',
    }))
    await commit(db, publishServices(db, many, 1))
    expect((await rowsOf('what=services', haishu)).length).toBe(2506)
    const file = await send('GET', `${at}?what=services&format=xlsx`, { cookie: haishu.cookie })
    expect(file.headers.get('Content-Type')).toContain('spreadsheetml')
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(20_000)
  })

  test('of a carrier holds its own alone', async () => {
    const text = await html('/carrier/services/export?kind=instrument&format=csv', wu)
    expect(text.trim().split('\n')).toHaveLength(3)
  })
})

describe('an exported file is read back by the import, without a bad row', () => {
  const asked = (['service', 'instrument', 'carrier'] as const).flatMap((kind) =>
    (['csv', 'xlsx'] as const).map((format) => [kind, format] as const),
  )
  test.each(asked)('%s as %s', async (kind, format) => {
    const path = `/bureau/carriers/export?what=${kind}s&format=${format}`
    const file = await (await send('GET', path, { cookie: xihu.cookie })).blob()
    const { id } = await upload('xihu-review', 'bureau', kind, file, `导出.${format}`)
    const { state, facts } = await stateOf(id)
    expect({ state, facts }).toMatchObject({ state: 'preview', facts: { bad: 0, good: 0 } })
  })
})

describe('an export by a word', () => {
  const CROWDED = carrierIdOf('ruian')
  const publish = async (from: number, count: number) => {
    const some = Array.from({ length: count }, (_none, n) => ({
      id: namedId(`crowded ${from + n}`),
      carrier: CROWDED,
      name: `演示断续 ${String(from + n).padStart(5, '0')}`,
      category: '检验检测' as const,
      price_fen: null,
      unit: '项',
    }))
    await commit(db, publishServices(db, some, 1))
  }
  const query = { region: '330000', county: null, state: null }

  /** Rows that D1 reads for an export, and the names in it. */
  async function readBy(word: string[]): Promise<{ read: number; names: string[] }> {
    const { DB, counted } = countingDb()
    const names: string[] = []
    for await (const portion of readItems(dbOf({ DB }), 'service', { ...query, word }))
      names.push(...portion.map(({ item }) => item.row.name))
    return { read: counted(), names }
  }

  test('reads twice as much for twice as many, and each once', async () => {
    await publish(0, 3000)
    const one = await readBy(['断续', '02999'])
    await publish(3000, 3000)
    const two = await readBy(['断续', '05999'])
    expect(two.names.filter((name) => name.startsWith('演示断续'))).toHaveLength(6000)
    expect(new Set(two.names).size).toBe(two.names.length)
    expect(two.read).toBeLessThan(one.read * 2.5)
  })
})

/** A D1 that adds up the rows it reads. */
function countingDb(): { DB: D1Database; counted: () => number } {
  let read = 0
  const count = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get: (_statement, name) => {
        if (name === 'bind') return (...values: unknown[]) => count(statement.bind(...values))
        const method = Reflect.get(statement, name) as (...words: unknown[]) => Promise<unknown>
        return async (...words: unknown[]) => {
          read += (await statement.all()).meta.rows_read
          return method.apply(statement, words)
        }
      },
    })
  const DB = { prepare: (query: string) => count(env.DB.prepare(query)) }
  return { DB: DB as unknown as D1Database, counted: () => read }
}
