/**
 * The outlines of the prepared topology as paths to draw: land, counties and their borders, once
 * projected to Web Mercator.
 */
import { feature, mesh } from 'topojson-client'
import type { Rect } from './name-browser.ts'

/** code → [name, English name, longitude, latitude of the label]; cities end in 00. */
type Places = Readonly<Record<string, readonly [string, string, number, number]>>
type Owner = { code: string; parent: string }
type Topology = Parameters<typeof mesh>[0]
export type Outline = NonNullable<Parameters<typeof mesh>[1]>
type Outlines = Outline & { geometries: Outline[] }
export type Base = Topology & {
  objects: { counties: Outlines; land?: Outline }
  places: Places
}

export type County = { code: string; path: Path2D; box: Rect }
type Line = readonly (readonly number[])[]

/** Outlines are kept in CSS pixels at this zoom, around this place, so that floats stay exact. */
export const ZOOM = 8
const WORLD = 256 * 2 ** ZOOM
export const MIDDLE = { x: worldX(120.5), y: worldY(29.2) }
/** Web Mercator, in CSS pixels at ZOOM. */
export function worldX(lng: number): number {
  return ((lng + 180) / 360) * WORLD
}

export function worldY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180)
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD
}

export function countiesOf(base: Base): County[] {
  return base.objects.counties.geometries.map((county) => {
    const lines = partsOf(base, county)
    return { code: ownerOf(county)?.code ?? '', path: pathOf(lines), box: extentOf(lines) }
  })
}

export function extentOf(lines: readonly Line[]): Rect {
  let [left, upper, right, lower] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lng = 0, lat = 0] of lines.flat()) {
    const [x, y] = [worldX(lng) - MIDDLE.x, worldY(lat) - MIDDLE.y]
    left = Math.min(left, x)
    right = Math.max(right, x)
    upper = Math.min(upper, y)
    lower = Math.max(lower, y)
  }
  return [left, upper, right, lower]
}

export function ownerOf(geometry: Outline): Owner | undefined {
  return geometry.properties as Owner | undefined
}

/** The lines between counties, or a county and itself at the outer edge, that are kept. */
export function borderOf(base: Base, kept: (a: Outline, b: Outline) => boolean): Path2D {
  return pathOf(mesh(base, base.objects.counties, kept).coordinates)
}

export function shapesOf(base: Base, counties: readonly County[]) {
  const { land } = base.objects
  const parent = (one: Outline) => ownerOf(one)?.parent
  const around = new Path2D()
  if (!land) for (const { path } of counties) around.addPath(path)
  return {
    land: land ? pathOf(partsOf(base, land)) : around,
    county: borderOf(base, (a, b) => a !== b && parent(a) === parent(b)),
    city: borderOf(base, (a, b) => a !== b && parent(a) !== parent(b)),
    province: borderOf(base, (a, b) => a === b),
  }
}

export function partsOf(base: Base, object: Outline): Line[] {
  const found: GeoJSON.GeoJsonObject = feature(base, object)
  const parts = 'features' in found ? (found as GeoJSON.FeatureCollection).features : [found]
  return (parts as GeoJSON.Feature[]).flatMap(({ geometry }) => linesOf(geometry))
}

function linesOf(geometry: GeoJSON.Geometry): Line[] {
  if (geometry.type === 'Polygon') return geometry.coordinates
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : []
}

function pathOf(lines: readonly Line[]): Path2D {
  const path = new Path2D()
  for (const line of lines)
    for (const [at, [lng = 0, lat = 0]] of line.entries()) {
      const [x, y] = [worldX(lng) - MIDDLE.x, worldY(lat) - MIDDLE.y]
      if (at === 0) path.moveTo(x, y)
      else path.lineTo(x, y)
    }
  return path
}
