/**
 * The base map on one canvas: land, counties, their borders and their names, out of the prepared
 * topology. Outlines are projected once; a move only draws them again. Knows where a point lies.
 */
import { feature, mesh } from 'topojson-client'
import { Surface } from './leaflet-browser.ts'
import type { View } from './leaflet-browser.ts'

/** code → [name, English name, longitude, latitude of the label]; cities end in 00. */
type Places = Readonly<Record<string, readonly [string, string, number, number]>>
type Owner = { code: string; parent: string }
type Topology = Parameters<typeof mesh>[0]
type Outline = NonNullable<Parameters<typeof mesh>[1]>
type Outlines = Outline & { geometries: Outline[] }
export type Base = Topology & {
  objects: { counties: Outlines; land?: Outline }
  places: Places
}

/** Left, upper, right and lower edge. */
type Extent = readonly [number, number, number, number]
type County = { code: string; path: Path2D; box: Extent }
type Line = readonly (readonly number[])[]
type Spot = { code: string; x: number; y: number; text: string }

/** Outlines are kept in CSS pixels at this zoom, around this place, so that floats stay exact. */
const ZOOM = 8
const WORLD = 256 * 2 ** ZOOM
const MIDDLE = { x: worldX(120.5), y: worldY(29.2) }
const MIST = 60
/** From here the counties' borders and names are drawn for reading. */
const COUNTY_ZOOM = 9.5

export class BaseLayer extends Surface {
  private readonly counties: readonly County[]
  private readonly extent: Extent
  private readonly shapes: Readonly<Record<'land' | 'province' | 'city' | 'county', Path2D>>
  private readonly spots: readonly Spot[]
  private readonly english: boolean
  private readonly pen = document.createElement('canvas').getContext('2d')
  private colours: CSSStyleDeclaration | undefined
  private outline: Path2D | undefined

  constructor(
    private readonly base: Base,
    english: boolean,
  ) {
    super()
    this.english = english
    this.counties = countiesOf(base)
    this.shapes = shapesOf(base, this.counties)
    const { land, counties } = base.objects
    this.extent = extentOf(partsOf(base, land ?? counties))
    this.spots = Object.entries(base.places).map(([code, [zh, en, lng, lat]]) => ({
      code,
      x: worldX(lng) - MIDDLE.x,
      y: worldY(lat) - MIDDLE.y,
      text: english ? en : zh,
    }))
  }

  /** 杭州西湖区 of a point; '' outside the province. */
  placeAt(lng: number, lat: number): string {
    const [x, y] = [worldX(lng) - MIDDLE.x, worldY(lat) - MIDDLE.y]
    const found = this.counties.find(
      ({ box: [west, north, east, south], path }) =>
        x >= west && x <= east && y >= north && y <= south && this.pen?.isPointInPath(path, x, y),
    )
    if (!found) return ''
    const named = (code: string) => this.spots.find((spot) => spot.code === code)?.text ?? ''
    const city = named(`${found.code.slice(0, 4)}00`)
    return this.english ? `${named(found.code)}, ${city}` : `${city}${named(found.code)}`
  }

  /** Outlines a city or county; '' for none. */
  choose(region: string): void {
    const city = region.endsWith('00')
    const inside = (one: Outline) => (city ? ownerOf(one)?.parent : ownerOf(one)?.code) === region
    this.outline =
      region === ''
        ? undefined
        : borderOf(this.base, (a, b) => (a === b ? inside(a) : inside(a) !== inside(b)))
    this.redraw()
  }

  override draw(canvas: HTMLCanvasElement, { zoom, left, top, width, height }: View): void {
    const context = canvas.getContext('2d')
    if (!context) return
    const ratio = Math.min(2, window.devicePixelRatio || 1)
    canvas.width = width * ratio
    canvas.height = height * ratio
    canvas.style.width = `${String(width)}px`
    canvas.style.height = `${String(height)}px`
    this.colours = getComputedStyle(canvas)
    const scale = 2 ** (zoom - ZOOM)
    const x = MIDDLE.x * scale - left
    const y = MIDDLE.y * scale - top
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y)
    this.paint(context, scale, zoom)
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    this.write(context, zoom, (spot) => [spot.x * scale + x, spot.y * scale + y])
  }

  private colour(name: string): string {
    return this.colours?.getPropertyValue(`--map-${name}`).trim() ?? ''
  }

  private paint(context: CanvasRenderingContext2D, scale: number, zoom: number): void {
    const { land, province, city, county } = this.shapes
    context.lineJoin = 'round'
    context.fillStyle = this.colour('beyond')
    context.fill(land)
    this.fade(context)
    context.fillStyle = this.colour('land')
    for (const { path } of this.counties) context.fill(path)
    const line = (path: Path2D, name: string, width: number) => {
      context.strokeStyle = this.colour(name)
      context.lineWidth = width / scale
      context.stroke(path)
    }
    line(county, 'county', zoom < COUNTY_ZOOM ? 0.6 : 1)
    line(city, 'city', zoom < COUNTY_ZOOM ? 1 : 1.6)
    line(province, 'province', 1.2)
    if (this.outline) line(this.outline, 'chosen', 2)
  }

  /** What lies around ends in mist, not at the edge of the file. */
  private fade(context: CanvasRenderingContext2D): void {
    const [west, north, east, south] = this.extent
    const edges = [
      [west, 0, west + MIST, 0],
      [east, 0, east - MIST, 0],
      [0, north, 0, north + MIST],
      [0, south, 0, south - MIST],
    ] as const
    context.globalCompositeOperation = 'destination-out'
    for (const [x1, y1, x2, y2] of edges) {
      const mist = context.createLinearGradient(x1, y1, x2, y2)
      mist.addColorStop(0, 'rgb(0 0 0 / 1)')
      mist.addColorStop(1, 'rgb(0 0 0 / 0)')
      context.fillStyle = mist
      context.fillRect(west - 1, north - 1, east - west + 2, south - north + 2)
    }
    context.globalCompositeOperation = 'source-over'
  }

  /** Names of the cities from afar, of the counties from near. */
  private write(
    context: CanvasRenderingContext2D,
    zoom: number,
    placeOf: (spot: Spot) => [number, number],
  ): void {
    const near = zoom >= COUNTY_ZOOM
    const family = this.colours?.fontFamily ?? 'sans-serif'
    const large = document.documentElement.dataset['size'] === 'large' ? 1.25 : 1
    context.font = `${String((near ? 13 : 14) * large)}px ${family}`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.lineJoin = 'round'
    context.lineWidth = 3
    context.strokeStyle = this.colour('halo')
    context.fillStyle = this.colour('name')
    for (const spot of this.spots) {
      if (spot.code.endsWith('00') === near) continue
      const [x, y] = placeOf(spot)
      context.strokeText(spot.text, x, y)
      context.fillText(spot.text, x, y)
    }
  }
}

/** Web Mercator, in CSS pixels at ZOOM. */
function worldX(lng: number): number {
  return ((lng + 180) / 360) * WORLD
}

function worldY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180)
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD
}

function countiesOf(base: Base): County[] {
  return base.objects.counties.geometries.map((county) => {
    const lines = partsOf(base, county)
    return { code: ownerOf(county)?.code ?? '', path: pathOf(lines), box: extentOf(lines) }
  })
}

function extentOf(lines: readonly Line[]): Extent {
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

function ownerOf(geometry: Outline): Owner | undefined {
  return geometry.properties as Owner | undefined
}

/** The lines between counties, or a county and itself at the outer edge, that are kept. */
function borderOf(base: Base, kept: (a: Outline, b: Outline) => boolean): Path2D {
  return pathOf(mesh(base, base.objects.counties, kept).coordinates)
}

function shapesOf(base: Base, counties: readonly County[]) {
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

function partsOf(base: Base, object: Outline): Line[] {
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
