/**
 * Markers that would lie on each other on the screen become one: a finger could hit neither, and
 * cells of the index do not know how many pixels apart their middles come to lie.
 */
import type { Cluster, Point } from '../atlas/rules.ts'

/** A marker's target: nearer than this, two lie on each other. */
const APART_PX = 44

/** Half of the smallest target that a finger finds. */
const EDGE_PX = 12

type Pixel = { x: number; y: number }

/** Of a map: how near it is, how near it can be, and where a point lies on the screen. */
type Screen = {
  getZoom(): number
  getMaxZoom(): number
  latLngToLayerPoint(point: [lat: number, lng: number]): Pixel
}

/** At the nearest zoom there is nothing more to enter: there each stands for itself. */
export function spread(clusters: readonly Cluster[], map: Screen): Cluster[] {
  if (map.getZoom() >= map.getMaxZoom()) return [...clusters]
  return joinClose(clusters, ({ lng, lat }) => map.latLngToLayerPoint([lat, lng]))
}

/** The same clusters, close ones joined: numbers added, boxes around both, the middle between. */
export function joinClose(
  clusters: readonly Cluster[],
  pixelOf: (point: Point) => Pixel,
): Cluster[] {
  const kept: { cluster: Cluster; pixel: Pixel }[] = []
  for (const cluster of clusters) {
    const pixel = pixelOf(cluster)
    const near = kept.find((one) => apart(one.pixel, pixel) < APART_PX)
    if (!near) {
      kept.push({ cluster, pixel })
      continue
    }
    near.cluster = joined(near.cluster, cluster)
    near.pixel = pixelOf(near.cluster)
  }
  const all = kept.map(({ cluster }) => cluster)
  // A joined one has moved, and may have come close to another.
  return all.length < clusters.length ? joinClose(all, pixelOf) : all
}

function apart(one: Pixel, other: Pixel): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}

function joined(one: Cluster, other: Cluster): Cluster {
  const organisations = one.organisations + other.organisations
  const middle = (part: 'lng' | 'lat') =>
    (one[part] * one.organisations + other[part] * other.organisations) / organisations
  return {
    lng: middle('lng'),
    lat: middle('lat'),
    organisations,
    items: one.items + other.items,
    box: {
      west: Math.min(one.box.west, other.box.west),
      south: Math.min(one.box.south, other.box.south),
      east: Math.max(one.box.east, other.box.east),
      north: Math.max(one.box.north, other.box.north),
    },
    one: null,
  }
}

/** Wholly in view: half a dot at the edge is too little to hit. */
export function isWithin(size: Pixel, { x, y }: Pixel): boolean {
  return x >= EDGE_PX && y >= EDGE_PX && x <= size.x - EDGE_PX && y <= size.y - EDGE_PX
}
