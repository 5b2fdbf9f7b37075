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

test('many who ask at once, or while D1 hangs, have one of them ask it', async () => {
  const known = readSearch({ accepts: '330108' })
  const now = Date.now()
  const before = await recallAccepted(env, known, now)
  const asked: string[] = []
  const DB = new Proxy(env.DB, {
    get: (_, method) => () => {
      asked.push(String(method))
      const statement: object = new Proxy({}, { get: (_one, name) => sayNothing(name, statement) })
      return statement
    },
  })
  const away = { ...env, DB }
  const later = now + 3_600_000
  const recall = (at: number) => recallAccepted(away, known, at)
  const calls = Array.from({ length: 4 }, () => recall(later))
  expect(await Promise.all(calls)).toEqual(calls.map(() => before))
  const once = asked.length
  expect(await recall(later + 1_500)).toEqual(before)
  expect(asked).toHaveLength(once)
  expect(await recall(later + 60_000)).toEqual(before)
  expect(asked).toHaveLength(once * 2)
})

/** Whatever is bound to a statement, it never answers. */
function sayNothing(name: string | symbol, statement: object): unknown {
  return name === 'bind' ? () => statement : () => new Promise(() => undefined)
}
