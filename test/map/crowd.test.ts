/** Markers that would lie on each other become one, with everything that both told. */
import { expect, test } from 'vitest'
import type { Cluster } from '../../src/atlas/rules.ts'
import { joinClose } from '../../src/map/crowd-browser.ts'

const at = (lng: number, organisations: number): Cluster => ({
  lng,
  lat: 30,
  organisations,
  items: organisations * 2,
  box: { west: lng, south: 30, east: lng, north: 30 },
  one: organisations === 1 ? { subject: `${lng}`, name: `${lng}` } : null,
})
/** Ten pixels a degree. */
const pixelOf = ({ lng, lat }: { lng: number; lat: number }) => ({ x: lng * 10, y: lat * 10 })

test('those far enough apart stay as they are', () => {
  const clusters = [at(118, 1), at(123, 4)]
  expect(joinClose(clusters, pixelOf)).toEqual(clusters)
})

test('close ones add up, and the middle lies between them by weight', () => {
  const [joined, ...rest] = joinClose([at(118, 1), at(120, 3)], pixelOf)
  expect(rest).toEqual([])
  expect(joined).toMatchObject({ lng: 119.5, organisations: 4, items: 8, one: null })
  expect(joined?.box).toMatchObject({ west: 118, east: 120 })
})

test('one that has moved by joining is looked at again', () => {
  const joined = joinClose([at(118, 1), at(123, 1), at(120, 9)], pixelOf)
  expect(joined.map(({ organisations }) => organisations)).toEqual([11])
})
