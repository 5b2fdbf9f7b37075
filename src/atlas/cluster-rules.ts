/** What is found, gathered into the cells of a grid, so that a map draws few marks at any zoom. */
import type { Organisations } from './place-rules.ts'
import { partOf } from './place-rules.ts'
import type { Cluster, Clusters, Query } from './rules.ts'
import { bounded, countOf } from './find-rules.ts'
import type { Shelf } from './shelf-rules.ts'
import { idAt, textAt } from './text-rules.ts'

/** More cells than this are gathered more coarsely. */
export const CLUSTERS_MAX = 400

/** Beyond this zoom the cells are those of it, about 10 m wide. */
const ZOOM_MAX = 20

type Cell = { ordinal: number; organisations: number; items: number; lng: number; lat: number } & {
  west: number
  south: number
  east: number
  north: number
}

/** Clusters for a zoom of the map; `total` as in a search. Cells are 360/2^(zoom+2) degrees wide. */
export function clusterShards(shelf: Shelf, asked: Query, zoom: number): Omit<Clusters, 'version'> {
  const counts = new Uint32Array(shelf.organisations.count)
  const total = countOf(shelf, bounded(asked), counts)
  return { clusters: clustersOf(shelf.organisations, counts, zoom), total }
}

/** Gathers organisations by how many items of each were found; those with none are left out. */
export function clustersOf(all: Organisations, counts: Uint32Array, zoom: number): Cluster[] {
  const finest = Math.max(0, Math.min(ZOOM_MAX, Math.floor(zoom) || 0))
  for (let level = finest; ; level--) {
    const cells = gather(all, counts, 360 / 2 ** (level + 2))
    if (cells.length <= CLUSTERS_MAX || level === 0)
      return cells.map((cell) => clusterOf(all, cell))
  }
}

function gather({ lng, lat, count }: Organisations, counts: Uint32Array, degrees: number): Cell[] {
  const cells = new Map<number, Cell>()
  for (let at = 0; at < count; at++) {
    const items = counts[at] as number
    if (items === 0) continue
    const [x, y] = [lng[at] as number, lat[at] as number]
    const place = Math.floor(y / degrees) * 2 ** 24 + Math.floor(x / degrees)
    const cell = cells.get(place)
    if (!cell) {
      const edges = { west: x, south: y, east: x, north: y }
      cells.set(place, { ordinal: at, organisations: 1, items, lng: x, lat: y, ...edges })
      continue
    }
    cell.organisations++
    cell.items += items
    cell.lng += x
    cell.lat += y
    cell.west = Math.min(cell.west, x)
    cell.south = Math.min(cell.south, y)
    cell.east = Math.max(cell.east, x)
    cell.north = Math.max(cell.north, y)
  }
  return [...cells.values()]
}

/** It stands where its organisations stand on average; with a single one it is that one. */
function clusterOf(all: Organisations, cell: Cell): Cluster {
  const { organisations, items, west, south, east, north } = cell
  const { shard, at } = partOf(all, cell.ordinal)
  return {
    lng: cell.lng / organisations,
    lat: cell.lat / organisations,
    organisations,
    items,
    box: { west, south, east, north },
    one:
      organisations === 1 ? { subject: idAt(shard.ids, at), name: textAt(shard.names, at) } : null,
  }
}
