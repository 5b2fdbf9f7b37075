/** D1 out of reach before any shard was built: the map says so, to people and to programs. */
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { recallAccepted } from '../../src/map/store.ts'
import { readSearch } from '../../src/map/rules.ts'
import { OUTAGES } from './fixture.ts'

const ASKED = ['search', 'search.geojson', 'clusters?zoom=8', 'suggest?word=x', 'search?lang=en']
const SAID = {
  zh: '暂时无法回答，请稍后再试',
  en: 'No answer for now, please try again in a moment',
}

describe.each(OUTAGES)('while D1 %s', (_, away) => {
  test.concurrent.each(ASKED)('a program that asks for %s is told to come again', async (what) => {
    const answer = await app.request(`/api/map/${what}`, {}, away)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    expect(answer.headers.get('Retry-After')).toBe('5')
    expect(answer.headers.get('ETag')).toBeNull()
    const title = what.endsWith('lang=en') ? SAID.en : SAID.zh
    expect(await answer.json()).toMatchObject({ status: 503, title })
  })

  test.concurrent('a reader sees the page of an outage', async () => {
    const answer = await app.request('/map', {}, away)
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('<html')
  })
})

test.each(OUTAGES)(
  'while D1 %s, what a county accepts is as it was last known',
  async (_, away) => {
    const known = readSearch({ accepts: '330106' })
    const now = Date.now()
    const before = await recallAccepted(env, known, now)
    const later = now + 3_600_000
    expect(await recallAccepted(away, known, later)).toEqual(before)
  },
)
