/** The public interface: the same search for programs, cached by tag, refused by field. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { buildAtlas, rateOrganisation } from '../../src/atlas/client.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { carrierIdOf } from '../demo/seed-catalogue.ts'
import { get } from '../quota/fixture.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import { AT, openMap } from './fixture.ts'

beforeAll(openMap)

type Json = Record<string, unknown>

async function ask(path: string, headers: Record<string, string> = {}) {
  const answer = await send('GET', path, { headers })
  const text = await answer.text()
  const json = (text === '' ? {} : JSON.parse(text)) as Json
  return { status: answer.status, headers: answer.headers, json }
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
    ['search', 'limit=101', ['limit']],
    ['search', `word=${word('测'.repeat(2001))}`, ['word']],
    ['search', 'kind=service&kind=instrument', ['kind']],
    ['search', 'kind=x&page=x', ['kind', 'page']],
    ['search.geojson', 'box=a', ['box']],
    ['clusters', '', ['zoom']],
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

  test('and so is an address that there is not', async () => {
    expect(await ask('/api/map/everything')).toMatchObject({ status: 404, json: { status: 404 } })
  })
})

describe('an answer', () => {
  test('may be kept, read by every site, and tells nothing of who asks', async () => {
    const { cookie } = await signInAs(env, 'lin')
    const { headers } = await ask('/api/map/clusters?zoom=8', { Cookie: cookie })
    expect(headers.get('Cache-Control')).toMatch(/^public, max-age=\d+$/)
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(headers.get('Set-Cookie')).toBeNull()
    expect(headers.get('Vary')).toBeNull()
  })

  test.each(['/api/map/clusters?zoom=8', '/api/map/clusters', '/api/map/no', '/api/openapi.json'])(
    'is no page, and says so: %s',
    async (path) => {
      const { headers } = await ask(path)
      expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'/)
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Strict-Transport-Security')).toMatch(/^max-age=63072000/)
      expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
    },
  )

  test('that is known is not sent again until something changes', async () => {
    const path = '/api/map/clusters?zoom=8&accepts=330106'
    const first = await ask(path)
    const tag = first.headers.get('ETag') ?? ''
    const again = await ask(path, { 'If-None-Match': tag })
    expect(again.status).toBe(304)
    expect(again.headers.get('ETag')).toBe(tag)
    const db = dbOf(env)
    const subject = carrierIdOf('kekao')
    await commit(db, rateOrganisation(db, { subject, rating_percent: 480, rating_count: 1 }, AT))
    const changed = await ask(path, { 'If-None-Match': tag })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('ETag')).not.toBe(tag)
  })

  test('is asked for by other sites with a tag: the browser may', async () => {
    const headers = { Origin: 'http://elsewhere.test', 'Access-Control-Request-Method': 'GET' }
    const answer = await send('OPTIONS', '/api/map/search', { headers })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('Access-Control-Allow-Headers')).toContain('If-None-Match')
  })
})

describe('a map that is moved', () => {
  /** D1 and R2 as they are, each call counted. */
  const calls = { DB: 0, FILES: 0 }
  const counted = { ...env, DB: counting('DB'), FILES: counting('FILES') }

  function counting<K extends 'DB' | 'FILES'>(name: K): (typeof env)[K] {
    return new Proxy(env[name], {
      get: (part: object, key) => {
        const value: unknown = Reflect.get(part, key)
        if (typeof value !== 'function') return value
        calls[name] += 1
        return value.bind(part) as unknown
      },
    }) as (typeof env)[K]
  }

  test('and comes back asks neither D1 nor R2', async () => {
    await buildAtlas(env)
    const views = ['118,27,123,31.5', '119.5,29.5,120.5,30.5', '121,29.5,122,30.2']
    const look = async () => {
      for (const box of views) {
        const query = `kind=instrument&accepts=330106&word=${word('电镜')}&box=${box}&zoom=8`
        const answer = await app.request(`/api/map/clusters?${query}`, {}, counted)
        expect(answer.status).toBe(200)
      }
    }
    await look()
    expect(calls.FILES).toBeGreaterThan(0)
    calls.DB = 0
    calls.FILES = 0
    await look()
    expect(calls).toEqual({ DB: 0, FILES: 0 })
  })
})

describe('the document', () => {
  type Operation = { summary: string; parameters: { name: string; description: string }[] }
  type Document = { openapi: string; paths: Record<string, { get: Operation }> }

  test('names every address with all it takes and answers', async () => {
    const { headers, json } = await ask('/api/openapi.json')
    const document = json as unknown as Document
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(document.openapi).toMatch(/^3\.1/)
    expect(Object.keys(document.paths)).toEqual([
      '/api/map/search',
      '/api/map/search.geojson',
      '/api/map/clusters',
      '/api/map/suggest',
    ])
    const { parameters } = document.paths['/api/map/search']?.get ?? { parameters: [] }
    expect(parameters.map(({ name }) => name).join(' ')).toBe(
      'word kind region category accepts box sort near page limit',
    )
    for (const { description } of parameters) expect(description).not.toBe('')
    expect(JSON.stringify(document)).not.toContain('x-en')
  })

  test('stands in English', async () => {
    const { json } = await ask('/api/openapi.json?lang=en')
    const text = JSON.stringify(json).replaceAll(/检验检测|研发设计|技术咨询|仪器共享/g, '')
    expect(text).not.toMatch(/[\u4e00-\u9fff]/)
  })

  test('is a page to read', async () => {
    const shown = await get(null, '/api')
    expect(shown.text).toContain('GET /api/map/search')
    expect(shown.text).toContain('hits[].organisation.name')
    expect((await get(null, '/api?lang=en')).text).toContain('Search the map')
  })
})
