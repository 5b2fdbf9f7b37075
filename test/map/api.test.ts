/** The public interface: the same search for programs, refused by field. */
import { beforeAll, describe, expect, test } from 'vitest'
import { carrierIdOf } from '../demo/seed-catalogue.ts'
import { get } from '../quota/fixture.ts'
import { send } from '../support/routes.ts'
import { openMap } from './fixture.ts'

beforeAll(openMap)

type Json = Record<string, unknown>

async function ask(path: string) {
  const answer = await send('GET', path)
  return { status: answer.status, headers: answer.headers, json: (await answer.json()) as Json }
}

const word = (typed: string) => encodeURIComponent(typed)

describe('the list', () => {
  test('is the list of the page', async () => {
    const { status, headers, json } = await ask(`/api/map/search?word=${word('静电')}&limit=3`)
    expect(status).toBe(200)
    expect(headers.get('Content-Type')).toBe('application/json')
    const page = await get(null, `/map?word=${word('静电')}`)
    expect(page.text).toContain(`找到 ${String(json['total'])} 家服务机构`)
    expect(json).toMatchObject({ page: 1, pages: Math.ceil(Number(json['total']) / 3) })
    const hits = json['hits'] as Json[]
    expect(hits).toHaveLength(3)
    for (const hit of hits) expect(page.text).toContain(hit['name'])
  })

  test('says of an instrument whose it is, what it costs and how far it is', async () => {
    const query = `word=${word('电波暗室')}&kind=instrument&near=330106`
    const { json } = await ask(`/api/map/search?${query}`)
    expect(json['hits']).toMatchObject([
      {
        kind: 'instrument',
        organisation: { subject: carrierIdOf('zhijian'), name: '浙江演示智能制造检测研究院' },
        url: `/map/organisations/${carrierIdOf('zhijian')}`,
        price_fen: 120_000,
        unit: '小时',
        services: null,
      },
    ])
    const [hit] = json['hits'] as Json[]
    expect(hit?.['distance_m']).toBeTypeOf('number')
  })

  test('is GeoJSON, longitude first', async () => {
    const { headers, json } = await ask('/api/map/search.geojson?region=330203&limit=100')
    expect(headers.get('Content-Type')).toBe('application/geo+json')
    expect(json).toMatchObject({ type: 'FeatureCollection' })
    const features = json['features'] as { geometry: { coordinates: [number, number] } }[]
    expect(features).toHaveLength(json['total'] as number)
    expect(json).toMatchObject({ page: 1, pages: 1 })
    for (const { geometry } of features) {
      expect(geometry.coordinates[0]).toBeGreaterThan(121)
      expect(geometry.coordinates[1]).toBeLessThan(31)
    }
  })
})

test('clusters hold every organisation once, and name the one that stands alone', async () => {
  for (const zoom of [6, 9, 14]) {
    const { json } = await ask(`/api/map/clusters?zoom=${zoom}`)
    const clusters = json['clusters'] as { organisations: number; one: Json | null }[]
    const all = clusters.reduce((sum, { organisations }) => sum + organisations, 0)
    expect(all).toBe(304)
    for (const { organisations, one } of clusters) expect(one === null).toBe(organisations !== 1)
  }
})

test('clusters of a view that is moved count what stands in it', async () => {
  const box = '121.4,29.7,121.7,30.0'
  const { json } = await ask(`/api/map/clusters?kind=service&box=${box}&zoom=11`)
  const page = await get(null, `/map?kind=service&box=${box}`)
  expect(page.text).toContain(`找到 ${String(json['total'])} 个服务项目`)
})

test('suggestions name organisations, services and instruments', async () => {
  const { json } = await ask(`/api/map/suggest?word=${word('静电')}`)
  const found = json['suggestions'] as { text: string }[]
  expect(found.length).toBeGreaterThan(0)
  for (const { text } of found) expect(text).toContain('静电')
})

describe('a bad value is refused and named', () => {
  const bad: [string, string, string[]][] = [
    ['search', 'kind=x', ['kind']],
    ['search', 'region=330000', ['region']],
    ['search', `category=${word('其他')}`, ['category']],
    ['search', 'accepts=330100', ['accepts']],
    ['search', 'box=1,2,3', ['box']],
    ['search', 'near=120', ['near']],
    ['search', 'sort=colour', ['sort']],
    ['search', 'sort=distance', ['sort']],
    ['search', 'sort=price', ['sort']],
    ['search', 'page=501', ['page']],
    ['search', 'page=1.5', ['page']],
    ['search', 'page=1e2', ['page']],
    ['search', 'page=101&limit=100', ['page']],
    ['search', 'page=334&limit=30', ['page']],
    ['search', 'limit=101', ['limit']],
    ['search', 'limit=0', ['limit']],
    ['search', 'lang=fr', ['lang']],
    ['search', `word=${word('测'.repeat(2001))}`, ['word']],
    ['search', 'kind=service&kind=instrument', ['kind']],
    ['search', 'kind=x&page=x', ['kind', 'page']],
    ['search.geojson', 'box=a', ['box']],
    ['search.geojson', 'box=170,20,-170,40', ['box']],
    ['search.geojson', 'page=500&limit=100', ['page']],
    ['clusters', '', ['zoom']],
    ['clusters', 'zoom=', ['zoom']],
    ['clusters', 'zoom=19', ['zoom']],
    ['clusters', 'zoom=-1&box=0,0,0,0', ['box', 'zoom']],
    ['suggest', '', ['word']],
    ['suggest', 'word=', ['word']],
  ]
  test.each(bad)('%s?%s', async (what, query, fields) => {
    const { status, headers, json } = await ask(`/api/map/${what}?${query}`)
    expect(status).toBe(400)
    expect(headers.get('Content-Type')).toBe('application/problem+json')
    const errors = json['errors'] as { field: string; message: string }[]
    expect(errors.map(({ field }) => field)).toEqual(fields)
    for (const { message } of errors) expect(message).not.toBe('')
  })

  test('in English for who asks in English', async () => {
    const { json } = await ask('/api/map/search?kind=x&lang=en')
    expect(json['title']).toBe('A parameter is wrong')
  })

  test.each(['/api/map/everything', '/api/map', '/api/v1/search'])(
    'and so is an address that there is not: %s',
    async (path) => {
      expect(await ask(path)).toMatchObject({ status: 404, json: { status: 404 } })
    },
  )

  test('and so is what would change something', async () => {
    const answer = await send('POST', '/api/map/search', { body: 'x' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('Allow')).toBe('GET, HEAD, OPTIONS')
    expect(await answer.json()).toMatchObject({ status: 405, title: '只能用 GET 或者 HEAD 读取' })
  })

  test('pages end where those of the site end, and the answer says so', async () => {
    const message = async (lang: string) => {
      const { json } = await ask(`/api/map/search?page=101&limit=100&lang=${lang}`)
      return (json['errors'] as { message: string }[])[0]?.message
    }
    expect(await message('zh')).toContain('page × limit 不超过 10000')
    expect(await message('en')).toContain('page × limit at most 10000')
    const last = await ask('/api/map/search?page=100&limit=100')
    expect(last).toMatchObject({ status: 200, json: { page: 100, pages: 4, hits: [] } })
  })
})
