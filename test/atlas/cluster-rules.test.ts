/** The cells of a map hold exactly the organisations that stand in them, at every level. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { clustersOf, CLUSTERS_MAX } from '../../src/atlas/cluster-rules.ts'
import { FINEST } from '../../src/atlas/grid-rules.ts'
import type { Cluster } from '../../src/atlas/rules.ts'
import { randomOf } from './corpus.ts'

type Spot = { lng: number; lat: number; items: number }
type Cells = Pick<Cluster, 'organisations' | 'items' | 'box' | 'one'>[]

const LEVELS = Array.from({ length: FINEST + 1 }, (_, level) => level)

function widthOf(level: number): number {
  return 360 / 2 ** (level + 2)
}

function clustered(spots: readonly Spot[], level: number): Cluster[] {
  const [lng, lat] = (['lng', 'lat'] as const).map((one) =>
    Float64Array.from(spots, (spot) => spot[one]),
  )
  const counts = Uint32Array.from(spots, ({ items }) => items)
  const named = (at: number) => ({ subject: String(at), name: `n${at}` })
  return clustersOf(
    { lng: lng ?? new Float64Array(), lat: lat ?? new Float64Array() },
    counts,
    level,
    named,
  )
}

/** What stands in each cell, by looking at all; null for more cells than are drawn. */
function scanned(spots: readonly Spot[], level: number): Cells | null {
  const width = widthOf(level)
  const found = [...spots.entries()].filter(([, { items }]) => items > 0)
  const cells = Map.groupBy(found, ([, { lng, lat }]) =>
    [Math.floor(lng / width), Math.floor(lat / width)].join(),
  )
  if (cells.size > CLUSTERS_MAX) return null
  return [...cells.values()].map((members) => {
    const [lngs, lats] = [members.map(([, { lng }]) => lng), members.map(([, { lat }]) => lat)]
    const [at] = members[0] ?? [0]
    return {
      organisations: members.length,
      items: members.reduce((sum, [, { items }]) => sum + items, 0),
      box: {
        west: Math.min(...lngs),
        south: Math.min(...lats),
        east: Math.max(...lngs),
        north: Math.max(...lats),
      },
      one: members.length === 1 ? { subject: String(at), name: `n${at}` } : null,
    }
  })
}

function sorted(cells: Cells): string[] {
  return cells
    .map(({ organisations, items, box, one }) => JSON.stringify({ organisations, items, box, one }))
    .sort()
}

/** At this level, or at the first coarser one whose cells are few enough. */
function expectScanned(spots: readonly Spot[], level: number): void {
  const found = clustered(spots, level)
  let naive = scanned(spots, level)
  for (let coarser = level - 1; naive === null; coarser--) naive = scanned(spots, coarser)
  expect([level, ...sorted(found)]).toEqual([level, ...sorted(naive)])
  for (const { lng, lat, box } of found) {
    expect(lng).toBeGreaterThanOrEqual(box.west - 1e-9)
    expect(lng).toBeLessThanOrEqual(box.east + 1e-9)
    expect(lat).toBeGreaterThanOrEqual(box.south - 1e-9)
    expect(lat).toBeLessThanOrEqual(box.north + 1e-9)
  }
}

const at = (lng: number, lat: number, items = 1): Spot => ({ lng, lat, items })
/** A cell's corner at the finest level near Hangzhou, and a hair to its west and south. */
const EDGE = Math.floor(120.15 / widthOf(FINEST)) * widthOf(FINEST)
const RIM = Math.floor(30.25 / widthOf(FINEST)) * widthOf(FINEST)

const PLACES: readonly [said: string, spots: readonly Spot[]][] = [
  ['nobody', []],
  ['nobody who has anything', [at(120, 30, 0), at(-3, -3, 0)]],
  ['one', [at(120.15, 30.25, 7)]],
  ['one among others without anything', [at(120.15, 30.25, 0), at(120.15, 30.25), at(120, 30, 0)]],
  ['many at the same place', Array.from({ length: 9 }, (_, n) => at(120.15, 30.25, n))],
  [
    'the four sides of nowhere',
    [at(1e-9, 1e-9), at(-1e-9, 1e-9), at(-1e-9, -1e-9), at(1e-9, -1e-9)],
  ],
  ['zero itself', [at(0, 0), at(-0, -0), at(0, -1e-12)]],
  ['edges of cells', [at(EDGE, RIM), at(EDGE - 1e-9, RIM), at(EDGE, RIM - 1e-9), at(EDGE, RIM)]],
  [
    'edges of the coarsest cells',
    [at(90, 0), at(90 - 1e-9, 0), at(0, 90), at(-90, -90), at(0, -90)],
  ],
  ['the ends of the world', [at(180, 90), at(-180, -90), at(180, -90), at(-180, 90), at(180, 0)]],
  ['both sides of the date line', [at(179.9999, -16), at(-179.9999, -16)]],
]

test.each(PLACES)('%s', (_, spots) => {
  for (const level of LEVELS) expectScanned(spots, level)
})

test('anywhere in the world, and close together', () => {
  const billionths = (max: number) => fc.integer({ min: -max * 1e9, max: max * 1e9 })
  const degrees = (max: number) => billionths(max).map((n) => n / 1e9)
  const world = fc.record({ lng: degrees(180), lat: degrees(90), items: fc.nat(3) })
  // Steps of a quarter of the finest cell, so that edges and equal places are many.
  const step = fc.integer({ min: -9, max: 9 }).map((n) => (n * widthOf(FINEST)) / 4)
  const near = fc
    .record({ lng: step, lat: step, items: fc.nat(3) })
    .map(({ lng, lat, items }) => at(EDGE + lng, RIM + lat, items))
  fc.assert(
    fc.property(fc.array(fc.oneof(world, near), { maxLength: 60 }), (spots) => {
      for (const level of LEVELS) expectScanned(spots, level)
    }),
    { seed: 7, numRuns: 100 },
  )
})

test('as many as the index may hold, with others laid over', () => {
  const random = randomOf(8)
  const spots = Array.from({ length: 66_000 }, () =>
    at(118 + random() * 5, 27 + random() * 4, Math.floor(random() * 3)),
  )
  for (const level of [0, 6, 9, 14, FINEST]) expectScanned(spots, level)
})

test('where they stand is summed up alike in whatever order they come', () => {
  const random = randomOf(9)
  const spots = Array.from({ length: 40 }, () =>
    at(EDGE + (random() * widthOf(FINEST)) / 2, RIM + (random() * widthOf(FINEST)) / 2),
  )
  for (const level of LEVELS)
    expect(clustered(spots.toReversed(), level)).toEqual(clustered(spots, level))
})
