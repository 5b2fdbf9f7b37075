/** What is found, gathered into the cells of a grid, so that a map draws few marks at any zoom. */
import { bounded, countOf } from './find-rules.ts'
import type { Organisations } from './place-rules.ts'
import { partOf } from './place-rules.ts'
import type { Cluster, Clusters, Query } from './rules.ts'
import type { Shelf } from './shelf-rules.ts'
import { idAt, textAt } from './text-rules.ts'

/** More cells than this are gathered more coarsely. */
export const CLUSTERS_MAX = 400

/** Beyond this zoom the cells are those of it, about 10 m wide. */
const ZOOM_MAX = 20

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
  const finest = Math.max(0, Math.min(ZOOM_MAX, Math.floor(zoom) || 0))
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
  { lng, lat }: Organisations,
  members: readonly number[],
  counts: Uint32Array,
  level: number,
  cells: Cells,
): boolean {
  const place = placesOf(lng, lat, members, 360 / 2 ** (level + 2))
  for (const at of members) {
    const x = lng[at] as number
    const y = lat[at] as number
    const cell = place(x, y, cells.count)
    if (cell === cells.count && !open(cells, at, x, y)) return false
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

/** Tells the number of the cell that a point lies in; the first in a cell gives it the next. */
function placesOf(
  lng: Float64Array,
  lat: Float64Array,
  members: readonly number[],
  degrees: number,
): (x: number, y: number, next: number) => number {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const at of members) {
    const x = lng[at] as number
    const y = lat[at] as number
    if (x < west) west = x
    if (x > east) east = x
    if (y < south) south = y
    if (y > north) north = y
  }
  const [left, bottom] = [Math.floor(west / degrees), Math.floor(south / degrees)]
  const columns = Math.floor(east / degrees) - left + 1
  const rows = Math.floor(north / degrees) - bottom + 1
  const cellOf = (x: number, y: number) =>
    (Math.floor(y / degrees) - bottom) * columns + Math.floor(x / degrees) - left
  if (columns * rows > TABLE_CELLS_MAX) {
    const taken = new Map<number, number>()
    return (x, y, next) => {
      const cell = cellOf(x, y)
      const known = taken.get(cell)
      if (known === undefined) taken.set(cell, next)
      return known ?? next
    }
  }
  const table = new Uint16Array(columns * rows)
  return (x, y, next) => {
    const cell = cellOf(x, y)
    if (table[cell] === 0) table[cell] = next + 1
    return (table[cell] as number) - 1
  }
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
