/** What is found, gathered into the cells of a grid, so that a map draws few marks at any zoom. */
import { bounded, countOf } from './find-rules.ts'
import { FINEST, gridOf } from './grid-rules.ts'
import type { Grid, Placed } from './grid-rules.ts'
import { partOf } from './place-rules.ts'
import type { Box, Cluster, Clusters, Query } from './rules.ts'
import type { Shelf } from './shelf-rules.ts'
import { idAt, textAt } from './text-rules.ts'

/** More cells than this are gathered more coarsely. */
export const CLUSTERS_MAX = 400

/**
 * Clusters for a zoom of the map; `total` as in a search. Cells are 360/2^(zoom+2) degrees wide.
 */
export function clusterShards(shelf: Shelf, asked: Query, zoom: number): Omit<Clusters, 'version'> {
  const { organisations } = shelf
  const counts = new Uint32Array(organisations.count)
  const total = countOf(shelf, bounded(asked), counts)
  const oneOf = (ordinal: number) => {
    const { shard, at } = partOf(organisations, ordinal)
    return { subject: idAt(shard.ids, at), name: textAt(shard.names, at) }
  }
  return { clusters: clustersOf(organisations, counts, zoom, oneOf), total }
}

type OneOf = (at: number) => NonNullable<Cluster['one']>

/**
 * Gathers organisations by how many items of each were found; those with none are left out.
 * `oneOf` says who stands in a cell alone. The coarsest grid has eight cells for the whole world.
 */
export function clustersOf(
  places: Placed,
  counts: Uint32Array,
  zoom: number,
  oneOf: OneOf,
): Cluster[] {
  const grid = gridOf(places)
  const finest = Math.max(0, Math.min(FINEST, Math.floor(zoom) || 0))
  for (let level = finest; ; level--) {
    const cells = gather(grid, counts, level)
    if (cells) return cells.map((cell) => clusterOf(cell, oneOf))
  }
}

/** How many stand in a cell, what they have, their places summed up, their edges, the first. */
type Cell = { first: number; organisations: number; items: number; lng: number; lat: number } & Box

/** Cells in the order of the grid's curve, each in one piece; null for too many. */
function gather(grid: Grid, counts: Uint32Array, level: number): Cell[] | null {
  const shift = FINEST - level
  const cells: Cell[] = []
  let cell = openCell(0, 0, 0)
  let across = 0
  let up = 0
  for (let place = 0; place < grid.order.length; place++) {
    const at = grid.order[place] as number
    const items = counts[at] as number
    if (items === 0) continue
    const lng = grid.lng[place] as number
    const lat = grid.lat[place] as number
    const column = (grid.column[place] as number) >> shift
    const row = (grid.row[place] as number) >> shift
    if (column !== across || row !== up || cells.length === 0) {
      if (cells.length === CLUSTERS_MAX) return null
      across = column
      up = row
      cell = openCell(at, lng, lat)
      cells.push(cell)
    }
    cell.organisations++
    cell.items += items
    cell.lng += lng
    cell.lat += lat
    if (lng < cell.west) cell.west = lng
    if (lng > cell.east) cell.east = lng
    if (lat < cell.south) cell.south = lat
    if (lat > cell.north) cell.north = lat
  }
  return cells
}

function openCell(first: number, lng: number, lat: number): Cell {
  const edges = { west: lng, south: lat, east: lng, north: lat }
  return { first, organisations: 0, items: 0, lng: 0, lat: 0, ...edges }
}

/** It stands where its organisations stand on average; with a single one it is that one. */
function clusterOf(cell: Cell, oneOf: OneOf): Cluster {
  const { first, organisations, items, west, south, east, north } = cell
  return {
    lng: cell.lng / organisations,
    lat: cell.lat / organisations,
    organisations,
    items,
    box: { west, south, east, north },
    one: organisations === 1 ? oneOf(first) : null,
  }
}
