/** Search results as the public interface says them: nested where they belong together. */
import type { Answer, Clusters, Hit } from '../atlas/rules.ts'
import { pagesOf } from './rules.ts'
import type { ClusterAnswer, FeatureAnswer, HitAnswer, SearchAnswer } from './schema.ts'

/** Decimals of a degree that an answer gives, about one metre. */
const DIGITS = 5

export function hitAnswer(hit: Hit): HitAnswer {
  const whole = hit.kind === 'organisation'
  return {
    kind: hit.kind,
    subject: hit.subject,
    name: hit.name,
    organisation: { subject: hit.organisation, name: hit.organisation_name },
    url: `/map/organisations/${hit.organisation}`,
    category: hit.category || null,
    model: hit.model || null,
    maker: hit.maker || null,
    price_fen: hit.price_fen,
    unit: hit.unit || null,
    county: hit.county,
    address: hit.address,
    phone: hit.phone,
    lng: round(hit.lng),
    lat: round(hit.lat),
    rating:
      hit.rating_count > 0 ? { average: hit.rating_percent / 100, count: hit.rating_count } : null,
    distance_m: hit.distance_m === null ? null : Math.round(hit.distance_m),
    services: whole ? hit.services : null,
    instruments: whole ? hit.instruments : null,
    matched: [...hit.matched],
  }
}

export function searchAnswer(answer: Answer, page: number, limit: number): SearchAnswer {
  const { version, total, hits } = answer
  return { version, total, page, pages: pagesOf(total, limit), hits: hits.map(hitAnswer) }
}

/** GeoJSON, https://www.rfc-editor.org/rfc/rfc7946: longitude first. */
export function featureAnswer(answer: Answer, page: number, limit: number): FeatureAnswer {
  const { version, total, hits } = answer
  return {
    type: 'FeatureCollection',
    version,
    total,
    page,
    pages: pagesOf(total, limit),
    features: hits.map((hit) => {
      const { subject, lng, lat, ...properties } = hitAnswer(hit)
      const geometry = { type: 'Point' as const, coordinates: [lng, lat] as [number, number] }
      return { type: 'Feature', id: subject, geometry, properties }
    }),
  }
}

export function clusterAnswer({ version, total, clusters }: Clusters): ClusterAnswer {
  return {
    version,
    total,
    clusters: clusters.map(({ lng, lat, organisations, items, box, one }) => ({
      lng: round(lng),
      lat: round(lat),
      organisations,
      items,
      box: {
        west: round(box.west),
        south: round(box.south),
        east: round(box.east),
        north: round(box.north),
      },
      one,
    })),
  }
}

function round(degrees: number): number {
  const scale = 10 ** DIGITS
  return Math.round(degrees * scale) / scale
}

/** True where one of the tags that a reader knows names this answer; proxies weaken them to W/. */
export function isKnown(known: string | undefined, tag: string): boolean {
  if (!known) return false
  return known
    .split(',')
    .some((one) => one.trim().replace(/^W\//, '') === tag || one.trim() === '*')
}

/** The tag of all answers of a state of the index under a county's categories. */
export function tagOf(version: string, accepted: readonly string[] | null): string {
  const under = accepted ? `-${accepted.toSorted().map(shortOf).join('')}` : ''
  return `"${version.replaceAll(/[^\w.-]/g, '')}${under}"`
}

/** A category in a tag, which is ASCII: its first character's code. */
function shortOf(category: string): string {
  return category.charCodeAt(0).toString(36)
}
