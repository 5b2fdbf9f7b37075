/**
 * Which organisations a search may find by where they are and what they offer, before any word is
 * looked at: the same for all kinds, because items stand where their organisation stands.
 */
import { covers } from '../kernel/region.ts'
import type { Organisations, Span } from './place-rules.ts'
import type { Box, Query } from './rules.ts'

/** 1 for every organisation that may be found; all of them lie from `from` to `to`. */
export type Gate = { open: Uint8Array; from: number; to: number }

/**
 * Opens for what is visible, within region and box and, where the search is for organisations,
 * offers one of the categories. It is of the search under way: the next one uses the same.
 */
export function placeGate(organisations: Organisations, query: Query): Gate {
  const { open, count, visible } = organisations
  const { kind, region, categories, box } = query
  open.fill(0)
  const scopes = kind === 'organisation' ? categories : null
  if (region === null && scopes === null && box === null) {
    open.set(visible)
    return { open, from: 0, to: count }
  }
  const fits = Uint8Array.from(organisations.scopes, (some) =>
    scopes === null || some.some((one) => scopes.includes(one)) ? 1 : 0,
  )
  const gate = { open, from: count, to: 0 }
  for (const [county, code] of organisations.counties.entries()) {
    if (region !== null && !covers(region, code)) continue
    const { from, to, edges } = organisations.spans[county] as Span
    if (to === 0 || (box && !overlap(box, edges))) continue
    openWithin(organisations, from, to, fits, box ?? EVERYWHERE)
    gate.from = Math.min(gate.from, from)
    gate.to = Math.max(gate.to, to)
  }
  return gate
}

const EVERYWHERE = { west: -Infinity, south: -Infinity, east: Infinity, north: Infinity }

function openWithin(
  { open, scope, lng, lat, visible }: Organisations,
  from: number,
  to: number,
  fits: Uint8Array,
  { west, south, east, north }: Box,
): void {
  for (let at = from; at < to; at++) {
    if (fits[scope[at] as number] !== 1) continue
    const x = lng[at] as number
    const y = lat[at] as number
    if (x >= west && x <= east && y >= south && y <= north) open[at] = visible[at] as number
  }
}

function overlap(one: Box, other: Box): boolean {
  const across = one.west <= other.east && other.west <= one.east
  return across && one.south <= other.north && other.south <= one.north
}
