/**
 * Where the map is drawn: an empty box with what the browser needs to know, and under it the notes
 * that a map owes. The list beside it (`#results`) says the same without the map.
 */
import { findRegion } from '../kernel/region.ts'
import type { Bindings, Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { asset } from '../ui/asset.ts'
import { strings } from './map-strings.ts'
import { boxText, interfaceOf, nearOf } from './rules.ts'
import type { Box, Search } from './rules.ts'

/** Below this the map lies above the list and is about half as wide. */
const NARROW = '(max-width: 860px)'
const BASEMAP = 'zj.topo.json'

type MapProps = { c: Ctx; asked: Search }

/**
 * Stands in the page with `script={['map']}` and `head={<MapHead …/>}`, in a
 * `<div class="map-split">` before `<section id="results">`. The browser finds the search by
 * `main form[role=search]`, and lines of the list by `data-organisation`, `data-lng`, `data-lat`;
 * the box of an organisation bears `data-lng` and `data-lat` too. Links of the list to searches and
 * to organisations are followed in place.
 */
export function MapPane({ c, asked }: MapProps) {
  const t = words(c, strings)
  const tiles = tilesOf(c.env)
  const { near } = asked
  const from = nearOf(asked)
  const view = viewOf(asked)
  return (
    <section class={tiles ? 'map-pane map-tiled' : 'map-pane'} aria-label={t.map}>
      <a class="govuk-skip-link map-skip" href="#results">
        {t.skip}
      </a>
      <div
        id="map"
        role="group"
        class="map"
        aria-label={t.how}
        data-basemap={asset(BASEMAP)}
        data-clusters={clustersOf(asked)}
        data-first={firstOf(asked, 760)}
        data-first-narrow={firstOf(asked, 380)}
        data-kind={asked.kind}
        data-view={view ? boxText(view) : ''}
        data-region={asked.region ?? ''}
        data-near={from ? (from.region ?? `${from.lng},${from.lat}`) : ''}
        data-here={near && !near.region ? `${near.lng},${near.lat}` : ''}
        data-tiles={tiles ? JSON.stringify(tiles) : undefined}
        data-labels={JSON.stringify(t.labels)}
      ></div>
      <noscript>
        <p class="map-noscript">{t.script}</p>
      </noscript>
      <p class="map-note">
        <span>{t.schematic}</span>
        <span>{c.env.MAP_ATTRIBUTION ?? t.osm}</span>
        {tiles ? <span>{t.tianditu}</span> : null}
        {c.env.MAP_APPROVAL_NO ? <span>{t.approval(c.env.MAP_APPROVAL_NO)}</span> : null}
      </p>
    </section>
  )
}

/** Lets the base map and the first markers travel beside the script that draws them. */
export function MapHead({ asked }: { asked: Search }) {
  return (
    <>
      <link rel="preload" as="fetch" crossorigin="anonymous" href={asset(BASEMAP)} />
      <link
        rel="preload"
        as="fetch"
        crossorigin="anonymous"
        href={firstOf(asked, 760)}
        media={`not all and ${NARROW}`}
      />
      <link
        rel="preload"
        as="fetch"
        crossorigin="anonymous"
        href={firstOf(asked, 380)}
        media={NARROW}
      />
    </>
  )
}

/** Markers have no order; equal ones have equal addresses. */
function clustersOf(asked: Search): string {
  return interfaceOf({ ...asked, sort: 'relevance', near: null }, 'clusters')
}

/** The address of the first markers, on a map of about this width in CSS pixels. */
function firstOf(asked: Search, width: number): string {
  const address = clustersOf(asked)
  const view = viewOf(asked) ?? provinceBox()
  const degrees = Math.max(view.east - view.west, 0.001)
  const zoom = Math.floor(Math.log2((width * 360) / (256 * degrees)))
  const query = new URLSearchParams({ zoom: String(Math.min(16, Math.max(6, zoom))) })
  if (asked.box) query.set('box', boxText(asked.box))
  return `${address}${address.includes('?') ? '&' : '?'}${query.toString()}`
}

/** What the map shows at first: the view that was shared, else the region that is searched. */
function viewOf({ box, region }: Search): Box | null {
  return box ?? (region ? boxOf(region) : null)
}

function provinceBox(): Box {
  return boxOf('330000') ?? { west: 118, south: 27.1, east: 122.9, north: 31.2 }
}

function boxOf(code: string): Box | null {
  const bbox = findRegion(code)?.bbox
  return bbox ? { west: bbox[0], south: bbox[1], east: bbox[2], north: bbox[3] } : null
}

/** Tiles only where the operator chose them and has a key for them. */
function tilesOf({ MAP_TILES, TIANDITU_KEY }: Bindings): { key: string } | null {
  return MAP_TILES === 'tianditu' && TIANDITU_KEY ? { key: TIANDITU_KEY } : null
}
