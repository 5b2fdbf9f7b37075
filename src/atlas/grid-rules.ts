/**
 * Grids of cells over the whole world, each level of half the width of the one before; and places
 * in the order of a curve that goes through every cell of every level in one piece.
 */

/** Places by number: WGS-84 degrees. */
export type Placed = { lng: Float64Array; lat: Float64Array }

/**
 * All in the order of the curve, those of a cell of the finest grid, whose `column` and `row` they
 * have, by where they stand: however they came, they are summed up in the same order.
 */
export type Grid = { order: Uint32Array; column: Int32Array; row: Int32Array } & Placed

/** The finest level; its cells are about 10 m wide. Those of level z are 360/2^(z+2) degrees. */
export const FINEST = 20
const CELL_DEGREES = 360 / 2 ** (FINEST + 2)
/** Columns and rows of the finest grid from the west and the south, so that none is below zero. */
const HALF = 2 ** (FINEST + 1)

const knownGrids = new WeakMap<Float64Array, Grid>()

/** Kept for as long as the places are. */
export function gridOf({ lng, lat }: Placed): Grid {
  const known = knownGrids.get(lng)
  if (known) return known
  const column = Int32Array.from(lng, (degrees) => Math.floor(degrees / CELL_DEGREES))
  const row = Int32Array.from(lat, (degrees) => Math.floor(degrees / CELL_DEGREES))
  const code = Float64Array.from(column, (x, at) => codeOf(x + HALF, (row[at] as number) + HALF))
  const order = Uint32Array.from(code, (_, at) => at)
  const apart = (of: Float64Array, one: number, other: number) =>
    (of[one] as number) - (of[other] as number)
  order.sort(
    (one, other) =>
      apart(code, one, other) || apart(lng, one, other) || apart(lat, one, other) || one - other,
  )
  const grid = {
    order,
    column: Int32Array.from(order, (at) => column[at] as number),
    row: Int32Array.from(order, (at) => row[at] as number),
    lng: Float64Array.from(order, (at) => lng[at] as number),
    lat: Float64Array.from(order, (at) => lat[at] as number),
  }
  knownGrids.set(lng, grid)
  return grid
}

/** The bits of both by turns (Morton), the lower and the upper half of them apart. */
function codeOf(column: number, row: number): number {
  const low = spread(column & 0x7ff) + 2 * spread(row & 0x7ff)
  return (spread(column >>> 11) + 2 * spread(row >>> 11)) * 2 ** 22 + low
}

/** Eleven bits with a gap before each. */
function spread(bits: number): number {
  let apart = bits
  apart = (apart | (apart << 8)) & 0x00ff00ff
  apart = (apart | (apart << 4)) & 0x0f0f0f0f
  apart = (apart | (apart << 2)) & 0x33333333
  return (apart | (apart << 1)) & 0x55555555
}
