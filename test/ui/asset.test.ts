/** A Worker that no build told of its files names them where they are asked for anew. */
import { expect, test } from 'vitest'
import { asset } from '../../src/ui/asset.ts'

test.each([
  ['portal.css', '/assets/portal.css'],
  ['map.js', '/assets/map.js'],
  ['zj.topo.json', '/basemap/zj.topo.json'],
])('%s', (name, address) => {
  expect(asset(name)).toBe(address)
})
