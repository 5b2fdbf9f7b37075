/**
 * The base map on one canvas: land, counties, their borders and their names, out of the prepared
 * topology. Outlines are projected once; a move only draws them again. Knows where a point lies.
 */
import { placeLabels } from './label-browser.ts'
import { Surface } from './leaflet-browser.ts'
import type { View } from './leaflet-browser.ts'
import type { Rect } from './name-browser.ts'
import { MIDDLE, ZOOM, worldX, worldY } from './shape-browser.ts'
import { borderOf, countiesOf, extentOf, ownerOf, partsOf, shapesOf } from './shape-browser.ts'
import type { Base, County, Outline } from './shape-browser.ts'

type Spot = { code: string; x: number; y: number; text: string }

const MIST = 60
/** From here the counties' borders and names are drawn for reading. */
const COUNTY_ZOOM = 9.5

export class BaseLayer extends Surface {
  private readonly counties: readonly County[]
  private readonly extent: Rect
  private readonly shapes: Readonly<Record<'land' | 'province' | 'city' | 'county', Path2D>>
  private readonly spots: readonly Spot[]
  private readonly english: boolean
  private readonly pen = document.createElement('canvas').getContext('2d')
  private colours: CSSStyleDeclaration | undefined
  private outline: Path2D | undefined
  /** What lies on the map, in pixels of the world at this zoom. */
  private taken: { zoom: number; rects: readonly Rect[] } = { zoom: -1, rects: [] }

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

  /** Names keep clear of these, given in pixels of the map's frame. */
  avoid(rects: readonly Rect[]): void {
    const taken = { zoom: this.zoom, rects: rects.map((rect) => this.worldOf(rect)) }
    const same = JSON.stringify(taken) === JSON.stringify(this.taken)
    this.taken = taken
    if (!same) this.redraw()
  }

  override draw(canvas: HTMLCanvasElement, view: View): void {
    const { zoom, left, top, width, height } = view
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
    this.flood(context, width, height)
    this.write(context, view)
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

  /** The sea under all that is painted: where nothing is, a white tile would be seen as it is. */
  private flood(context: CanvasRenderingContext2D, width: number, height: number): void {
    context.globalCompositeOperation = 'destination-over'
    context.fillStyle = this.colour('sea')
    context.fillRect(0, 0, width, height)
    context.globalCompositeOperation = 'source-over'
  }

  /** Names of the cities from afar, of the counties from near. */
  private write(context: CanvasRenderingContext2D, { zoom, left, top }: View): void {
    const near = zoom >= COUNTY_ZOOM
    const family = this.colours?.fontFamily ?? 'sans-serif'
    const large = document.documentElement.dataset['size'] === 'large' ? 1.25 : 1
    const size = (near ? 13 : 14) * large
    context.font = `${String(size)}px ${family}`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.lineJoin = 'round'
    context.lineWidth = 3
    context.strokeStyle = this.colour('halo')
    context.fillStyle = this.colour('name')
    const scale = 2 ** (zoom - ZOOM)
    const labels = this.spots
      .filter(({ code }) => code.endsWith('00') !== near)
      .map(({ text, x, y }) => ({
        text,
        x: (MIDDLE.x + x) * scale - left,
        y: (MIDDLE.y + y) * scale - top,
      }))
    const taken = (this.taken.zoom === zoom ? this.taken.rects : []).map(
      ([west, north, east, south]): Rect => [west - left, north - top, east - left, south - top],
    )
    const widthOf = (text: string) => context.measureText(text).width
    for (const { text, x, y } of placeLabels(labels, size * 1.3, widthOf, taken)) {
      context.strokeText(text, x, y)
      context.fillText(text, x, y)
    }
  }
}
