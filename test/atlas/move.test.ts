/** A move of the map through the whole product: nothing is asked of any store. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { app } from '../../src/app.tsx'
import { atlasVersion, buildAtlas, clusterAtlas } from '../../src/atlas/client.ts'
import { Corpus } from './corpus.ts'
import { allOf, drawDocuments, freshIsolate, put } from './fixture.ts'

beforeAll(async () => {
  await put(drawDocuments(new Corpus(51), 60))
  await buildAtlas(env)
  // Within the moment for which a pointer is believed.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
})

afterAll(() => void vi.useRealTimers())

test.each([
  '/api/map/clusters?kind=instrument&zoom=9&box=',
  '/api/map/search?kind=instrument&word=%E5%85%89%E8%B0%B1&box=',
  '/api/map/search.geojson?kind=organisation&box=',
])('%s', async (path) => {
  const { db, files, env: bindings } = freshIsolate()
  const move = async (box: string, tag?: string) => {
    const headers = tag === undefined ? {} : { 'If-None-Match': tag }
    const context = createExecutionContext()
    const request = new Request(`http://voucher.test${path}${box}`, { headers })
    const answer = await app.fetch(request, bindings, context)
    await answer.text()
    await waitOnExecutionContext(context)
    return answer
  }
  const first = await move('119,28,121,30')
  expect(first.status).toBe(200)
  files.calls.length = 0
  expect((await move('119.4,28.4,120.6,29.6')).status).toBe(200)
  const again = await move('119,28,121,30', first.headers.get('ETag') ?? '')
  expect(again.status).toBe(304)
  expect([...db.calls, ...files.calls]).toEqual([])
})

test('many at once, after an hour without anybody, ask R2 once and D1 nothing', async () => {
  const { db, files, env: bindings } = freshIsolate()
  const known = await atlasVersion(bindings)
  vi.setSystemTime(Date.now() + 3_600_000)
  files.calls.length = 0
  const found = await Promise.all(
    Array.from({ length: 5 }, () => clusterAtlas(bindings, allOf('instrument'), 9)),
  )
  expect(found.map(({ version }) => version)).toEqual(Array.from(found, () => known))
  expect(db.calls).toEqual([])
  expect(files.calls.filter((call) => call.includes('pointer'))).toHaveLength(1)
})
