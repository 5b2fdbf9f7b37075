/**
 * What part of the world the map shows, and who moved it: only the reader's own moves narrow the
 * search, those that follow from a search or a press in the list do not.
 */
import type { Box, Point } from '../atlas/rules.ts'
import { LeafletMap } from './leaflet-browser.ts'

const PROVINCE: Box = { west: 118.02, south: 27.14, east: 122.84, north: 31.19 }
/** How far beyond the province one may look, in degrees. */
const AROUND = 0.7
const ZOOM_MAX = 16
/** A single place is shown with its surroundings. */
const PLACE_ZOOM = 12
const CALM = matchMedia('(prefers-reduced-motion: reduce)').matches

export class View {
  readonly map: LeafletMap
  private touched = false

  constructor(pane: HTMLElement, smooth: boolean) {
    const { west, south, east, north } = PROVINCE
    this.map = new LeafletMap(pane, {
      attributionControl: false,
      zoomControl: false,
      zoomAnimation: !CALM,
      markerZoomAnimation: !CALM,
      fadeAnimation: false,
      inertia: !CALM,
      zoomSnap: smooth ? 0.25 : 1,
      wheelPxPerZoomLevel: 100,
      minZoom: 6,
      maxZoom: ZOOM_MAX,
      maxBounds: [
        [south - AROUND, west - AROUND],
        [north + AROUND, east + AROUND],
      ],
      maxBoundsViscosity: 0.8,
    })
    for (const touch of ['pointerdown', 'touchstart', 'wheel', 'dblclick', 'keydown'])
      pane.addEventListener(touch, () => (this.touched = true), { passive: true })
  }

  /** Shows this much, without narrowing the search to it; null shows the province. */
  fit(box: Box | null, animate = true): void {
    const { west, south, east, north } = box ?? PROVINCE
    this.quietly(() =>
      this.map.fitBounds(
        [
          [south, west],
          [north, east],
        ],
        { maxZoom: PLACE_ZOOM, padding: [24, 24], animate: animate && !CALM },
      ),
    )
  }

  /** Shows exactly a view that was shared. */
  restore(text: string): void {
    const box = boxOf(text)
    if (!box) return this.fit(null, false)
    const { west, south, east, north } = box
    const corners: [[number, number], [number, number]] = [
      [south, west],
      [north, east],
    ]
    this.quietly(() => this.map.fitBounds(corners, { animate: false }))
  }

  /** Brings a place into what is to be seen beside `covered` pixels at the left and below. */
  reveal({ lng, lat }: Point, covered: { left: number; bottom: number }): void {
    const at = this.map.latLngToContainerPoint([lat, lng])
    const { x, y } = this.map.getSize()
    const margin = 40
    const inside = at.x > covered.left + margin && at.x < x - margin && at.y > margin
    if (inside && at.y < y - covered.bottom - margin) return
    const zoom = Math.max(this.map.getZoom(), inside ? 0 : 10)
    const centre = this.map.project([lat, lng], zoom).add([-covered.left / 2, covered.bottom / 2])
    this.quietly(() => this.map.setView(this.map.unproject(centre, zoom), zoom, { animate: !CALM }))
  }

  /** Goes closer, as the reader's own move. */
  enter(box: Box): boolean {
    const flat = box.east - box.west < 0.0005 && box.north - box.south < 0.0005
    if (flat && this.map.getZoom() >= ZOOM_MAX) return false
    const corners: [[number, number], [number, number]] = [
      [box.south, box.west],
      [box.north, box.east],
    ]
    const wanted = Math.max(this.map.getZoom() + 1, this.map.getBoundsZoom(corners) - 0.5)
    const centre: [number, number] = [(box.south + box.north) / 2, (box.west + box.east) / 2]
    this.touched = true
    this.map.setView(centre, Math.min(ZOOM_MAX, wanted), { animate: !CALM })
    return true
  }

  /** Calls back after every move; `own` where the reader moved, and not the window or we. */
  onMove(moved: (own: boolean) => void): void {
    this.map.on('moveend', () => {
      const own = this.touched
      this.touched = false
      moved(own)
    })
  }

  zoom(by: 1 | -1): void {
    this.touched = true
    this.map.setZoom(this.map.getZoom() + by, { animate: !CALM })
  }

  /** The view as the address holds it; '' where the whole province is in view. */
  text(): string {
    const bounds = this.map.getBounds()
    const { west, south, east, north } = PROVINCE
    const whole = bounds.contains([
      [south, west],
      [north, east],
    ])
    return whole ? '' : bounds.toBBoxString().split(',').map(rounded).join(',')
  }

  /** The view and some more on a grid, so that small moves ask for what is already here. */
  around(): { box: string; zoom: string } {
    const zoom = Math.floor(this.map.getZoom())
    const cell = 360 / 2 ** zoom
    const bounds = this.map.getBounds()
    const out = (degrees: number, sign: 1 | -1) =>
      (sign * Math.ceil((sign * degrees) / cell + 0.25) * cell).toFixed(4)
    const box = [
      out(bounds.getWest(), -1),
      out(bounds.getSouth(), -1),
      out(bounds.getEast(), 1),
      out(bounds.getNorth(), 1),
    ]
    return { box: box.map(rounded).join(','), zoom: String(zoom) }
  }

  private quietly(move: () => void): void {
    this.touched = false
    this.map.stop()
    move()
  }
}

/** The smallest box around points and boxes; null of none. */
export function extentOf(parts: readonly (Point | { box: Box })[]): Box | null {
  const boxes = parts.map((part) =>
    'box' in part ? part.box : { west: part.lng, south: part.lat, east: part.lng, north: part.lat },
  )
  if (boxes.length === 0) return null
  return {
    west: Math.min(...boxes.map(({ west }) => west)),
    south: Math.min(...boxes.map(({ south }) => south)),
    east: Math.max(...boxes.map(({ east }) => east)),
    north: Math.max(...boxes.map(({ north }) => north)),
  }
}

/** `west,south,east,north`, of one that holds four numbers. */
export function boxOf(text: string): Box | null {
  const [west, south, east, north] = text.split(',').map(Number)
  if (west === undefined || south === undefined || east === undefined || north === undefined)
    return null
  return { west, south, east, north }
}

function rounded(degrees: string): string {
  return String(Number(Number(degrees).toFixed(4)))
}
