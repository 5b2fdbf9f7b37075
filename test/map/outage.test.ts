/** D1 out of reach before any shard was built: the map says so, to people and to programs. */
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { app } from '../../src/app.tsx'

const DB = {
  prepare: () => {
    throw new Error('D1_ERROR: Network connection lost')
  },
} as unknown as D1Database
const away = { ...env, DB }

test.each(['search', 'search.geojson', 'clusters?zoom=8', 'suggest?word=x'])(
  'a program that asks for %s is told to come again',
  async (what) => {
    const answer = await app.request(`/api/map/${what}`, {}, away)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    expect(answer.headers.get('Retry-After')).toBe('5')
    expect(await answer.json()).toMatchObject({ status: 503, title: '暂时无法回答，请稍后再试' })
  },
)

test('a reader sees the page of an outage', async () => {
  const answer = await app.request('/map', {}, away)
  expect(answer.status).toBe(503)
  expect(await answer.text()).toContain('<html')
})
