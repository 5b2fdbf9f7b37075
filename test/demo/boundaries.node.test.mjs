/** Official boundary files become the base map, or are refused with everything that is wrong. */
import { readFileSync } from 'node:fs'
import { feature } from 'topojson-client'
import { describe, expect, test } from 'vitest'
import { importBoundaries } from './boundaries.mjs'

/** Our own outlines, written as the official files are. */
function official() {
  const file = new URL('../../public/basemap/zj.topo.json', import.meta.url)
  const base = JSON.parse(readFileSync(file, 'utf8'))
  const collection = feature(base, base.objects.counties)
  for (const one of collection.features)
    one.properties = { gb: `156${one.properties.code}`, name: one.properties.name }
  return collection
}

function changed(code, change) {
  const collection = official()
  const at = collection.features.findIndex(({ properties }) => properties.gb === `156${code}`)
  change(collection.features, at)
  return collection
}

describe('the ninety counties', () => {
  test('become one topology with the land around them and the names to write', async () => {
    const { topology, warnings } = await importBoundaries([official()])
    expect(warnings).toEqual([])
    const { counties, land } = topology.objects
    expect(counties.geometries).toHaveLength(90)
    expect(land.geometries.length).toBeGreaterThan(0)
    const [xihu] = counties.geometries.filter(({ properties }) => properties.code === '330106')
    expect(xihu.properties).toEqual({ code: '330106', name: '西湖区', parent: '330100' })
    expect(topology.places['330106']).toEqual(['西湖区', 'Xihu', 120.067, 30.201])
    expect(topology.places['331127'][1]).toBe('Jingning')
    expect(topology.places['330100'][0]).toBe('杭州')
    expect(JSON.stringify(topology).length).toBeLessThan(180_000)
  })

  test('may come in several files', async () => {
    const { type, features } = official()
    const parts = [features.slice(0, 40), features.slice(40)].map((part) => ({
      type,
      features: part,
    }))
    const { topology } = await importBoundaries(parts)
    expect(topology.objects.counties.geometries).toHaveLength(90)
  })

  test('are picked out of a file of the whole country', async () => {
    const country = official()
    const suzhou = { gb: '156320505', name: '虎丘区' }
    country.features.unshift({ ...country.features[0], properties: suzhou })
    const { topology, warnings } = await importBoundaries([country])
    expect(topology.objects.counties.geometries).toHaveLength(90)
    expect(warnings).toEqual([])
  })

  test('keep their code where the file calls one otherwise, and say so', async () => {
    const renamed = changed('330112', (features, at) => (features[at].properties.name = '临安市'))
    const { warnings } = await importBoundaries([renamed])
    expect(warnings).toEqual(['330112 is called 临安市 in the file, 临安区 here'])
  })
})

test.each([
  ['a county is missing', '330114', (all, at) => all.splice(at, 1), '钱塘区 330114 is missing'],
  [
    'a county is there twice',
    '330114',
    (all, at) => all.push(all[at]),
    '钱塘区 330114 is there twice',
  ],
  [
    'a code is of another year',
    '330114',
    (all, at) => (all[at].properties.gb = '156330103'),
    '钱塘区: no county has gb 330103',
  ],
  [
    'a county has no outline',
    '330114',
    (all, at) => (all[at].geometry = { type: 'Point', coordinates: [120.5, 30.3] }),
    '钱塘区 330114 has no outline',
  ],
  [
    'coordinates are metres',
    '330114',
    (all, at) => (all[at].geometry = square(13_420_000, 3_540_000, 9000)),
    '钱塘区 330114 lies outside the province',
  ],
])('refused: %s', async (_case, code, change, reason) => {
  await expect(importBoundaries([changed(code, change)])).rejects.toThrow(reason)
})

test('a file of another kind is refused', async () => {
  await expect(importBoundaries([{ type: 'Topology' }])).rejects.toThrow('FeatureCollection')
})

function square(x, y, side) {
  const ring = [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
    [x, y],
  ]
  return { type: 'Polygon', coordinates: [ring] }
}
