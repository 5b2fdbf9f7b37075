/** What is found, gathered into the cells of a grid, so that a map draws few marks at any zoom. */
import { bounded, countOf } from './find-rules.ts'
import { FINEST, partOf } from './place-rules.ts'
import type { Organisations } from './place-rules.ts'
import type { Cluster, Clusters, Query } from './rules.ts'
import type { Shelf } from './shelf-rules.ts'
import { idAt, textAt } from './text-rules.ts'

/** More cells than this are gathered more coarsely. */
export const CLUSTERS_MAX = 400

/** Grids with more cells are kept as a map of those that are taken. */
const TABLE_CELLS_MAX = 65_536

/**
 * Clusters for a zoom of the map; `total` as in a search. Cells are 360/2^(zoom+2) degrees wide.
 */
export function clusterShards(shelf: Shelf, asked: Query, zoom: number): Omit<Clusters, 'version'> {
  const counts = new Uint32Array(shelf.organisations.count)
  const total = countOf(shelf, bounded(asked), counts)
  return { clusters: clustersOf(shelf.organisations, counts, zoom), total }
}

/** Gathers organisations by how many items of each were found; those with none are left out. */
export function clustersOf(all: Organisations, counts: Uint32Array, zoom: number): Cluster[] {
  const members: number[] = []
  for (let at = 0; at < counts.length; at++) if (counts[at] !== 0) members.push(at)
  if (members.length === 0) return []
  const cells = newCells()
  const finest = Math.max(0, Math.min(FINEST, Math.floor(zoom) || 0))
  for (let level = finest; !gather(all, members, counts, level, cells); level--) cells.count = 0
  return Array.from({ length: cells.count }, (_, cell) => clusterOf(all, cells, cell))
}

/** By cell: its first organisation, sums of its organisations, and its edges. */
type Cells = ReturnType<typeof newCells>

function newCells() {
  const numbers = () => new Float64Array(CLUSTERS_MAX)
  return {
    count: 0,
    first: new Uint16Array(CLUSTERS_MAX),
    organisations: new Uint32Array(CLUSTERS_MAX),
    items: numbers(),
    lng: numbers(),
    lat: numbers(),
    west: numbers(),
    south: numbers(),
    east: numbers(),
    north: numbers(),
  }
}

/** False where there are too many cells. The coarsest grid has eight for the whole world. */
function gather(
  { lng, lat, column, row }: Organisations,
  members: readonly number[],
  counts: Uint32Array,
  level: number,
  cells: Cells,
): boolean {
  const { shift, left, bottom, columns, taken } = gridOf(column, row, members, level)
  for (const at of members) {
    const x = lng[at] as number
    const y = lat[at] as number
    const place =
      (((row[at] as number) >> shift) - bottom) * columns + ((column[at] as number) >> shift) - left
    const known = taken instanceof Uint16Array ? (taken[place] as number) : (taken.get(place) ?? 0)
    const cell = known === 0 ? cells.count : known - 1
    if (known === 0) {
      if (!open(cells, at, x, y)) return false
      if (taken instanceof Uint16Array) taken[place] = cells.count
      else taken.set(place, cells.count)
    }
    ;(cells.organisations[cell] as number)++
    ;(cells.items[cell] as number) += counts[at] as number
    ;(cells.lng[cell] as number) += x
    ;(cells.lat[cell] as number) += y
    if (x < (cells.west[cell] as number)) cells.west[cell] = x
    if (x > (cells.east[cell] as number)) cells.east[cell] = x
    if (y < (cells.south[cell] as number)) cells.south[cell] = y
    if (y > (cells.north[cell] as number)) cells.north[cell] = y
  }
  return true
}

/** A new cell with nothing in it yet; false where there is no room for one. */
function open(cells: Cells, at: number, x: number, y: number): boolean {
  const cell = cells.count
  if (cell === CLUSTERS_MAX) return false
  cells.count++
  cells.first[cell] = at
  for (const sums of [cells.organisations, cells.items, cells.lng, cells.lat]) sums[cell] = 0
  cells.west[cell] = x
  cells.east[cell] = x
  cells.south[cell] = y
  cells.north[cell] = y
  return true
}

/** The grid of a level around its members: where it begins, and the cells taken, each plus one. */
function gridOf(column: Int32Array, row: Int32Array, members: readonly number[], level: number) {
  const shift = FINEST - level
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const at of members) {
    const x = column[at] as number
    const y = row[at] as number
    if (x < left) left = x
    if (x > right) right = x
    if (y < bottom) bottom = y
    if (y > top) top = y
  }
  const columns = (right >> shift) - (left >> shift) + 1
  const cells = columns * ((top >> shift) - (bottom >> shift) + 1)
  const taken = cells > TABLE_CELLS_MAX ? new Map<number, number>() : new Uint16Array(cells)
  return { shift, left: left >> shift, bottom: bottom >> shift, columns, taken }
}

/** It stands where its organisations stand on average; with a single one it is that one. */
function clusterOf(all: Organisations, cells: Cells, cell: number): Cluster {
  const of = (sums: Float64Array | Uint32Array) => sums[cell] as number
  const organisations = of(cells.organisations)
  const { shard, at } = partOf(all, cells.first[cell] as number)
  return {
    lng: of(cells.lng) / organisations,
    lat: of(cells.lat) / organisations,
    organisations,
    items: of(cells.items),
    box: {
      west: of(cells.west),
      south: of(cells.south),
      east: of(cells.east),
      north: of(cells.north),
    },
    one:
      organisations === 1 ? { subject: idAt(shard.ids, at), name: textAt(shard.names, at) } : null,
  }
}
