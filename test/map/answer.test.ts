/** An answer of the public interface: kept, known by its tag, read by any site, at rest unasked. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { buildAtlas, rateOrganisation } from '../../src/atlas/client.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { carrierIdOf } from '../demo/seed-catalogue.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import { AT, openMap, OUTAGES } from './fixture.ts'

beforeAll(openMap)

function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return send('GET', path, { headers })
}

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

  test('is known among other tags and by one that a proxy has weakened', async () => {
    const path = '/api/map/search?word=x'
    const { headers } = await ask(path)
    const tag = headers.get('ETag') ?? ''
    for (const known of [`"other", W/${tag}`, '*'])
      expect((await ask(path, { 'If-None-Match': known })).status).toBe(304)
    expect((await ask(path, { 'If-None-Match': '"other"' })).status).toBe(200)
  })

  test('has its headers alone for HEAD', async () => {
    const path = '/api/map/search.geojson'
    const answer = await send('HEAD', path)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    const { headers } = await ask(path)
    for (const name of ['ETag', 'Content-Type', 'Cache-Control', 'Access-Control-Allow-Origin'])
      expect(answer.headers.get(name)).toBe(headers.get(name))
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
    const word = encodeURIComponent('电镜')
    const views = ['118,27,123,31.5', '119.5,29.5,120.5,30.5', '121,29.5,122,30.2']
    const look = async () => {
      for (const box of views) {
        const query = `kind=instrument&accepts=330106&word=${word}&box=${box}&zoom=8`
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

describe.each(OUTAGES)('while D1 %s and the index is built', (_, away) => {
  const lists = ['organisation', 'service', 'instrument'].map(
    (kind) => `/map?kind=${kind}&region=330203`,
  )

  test('visitors search and see the map', async () => {
    await buildAtlas(env)
    for (const path of [...lists, '/api/map/search']) await app.request(path, {}, env)
    for (const path of lists) {
      const answer = await app.request(path, {}, away)
      expect(answer.status).toBe(200)
      expect((await answer.text()).match(/<article/g)?.length).toBeGreaterThan(1)
    }
    expect((await app.request('/api/map/clusters?zoom=9', {}, away)).status).toBe(200)
  })
})
