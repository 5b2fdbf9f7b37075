/**
 * The parts that the index is built in, each a shard of its own: organisations, services, and the
 * instruments of each city.
 */
import { CITIES } from '../kernel/region.ts'
import type { Kind } from './rules.ts'

/** `city`: the first four digits of a city's code; null where the part is not cut by city. */
export type Part = { name: string; kind: Kind; city: string | null }

export const ORGANISATIONS = 'organisation'
export const SERVICES = 'service'

export const PARTS: readonly Part[] = [
  { name: ORGANISATIONS, kind: 'organisation', city: null },
  { name: SERVICES, kind: 'service', city: null },
  ...CITIES.map(({ code }) => code.slice(0, 4)).map((city) => ({
    name: instrumentsOf(city),
    kind: 'instrument' as const,
    city,
  })),
]

/** The part with the instruments of a city. */
export function instrumentsOf(city: string): string {
  return `instrument:${city}`
}

/** The counties of a part: from the first code on, below the second. */
export function countiesOfPart({ city }: Part): readonly [from: string, below: string] {
  return city === null ? ['', '~'] : [city, `${city}~`]
}
