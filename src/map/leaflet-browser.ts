/* oxlint-disable eslint/no-underscore-dangle -- Leaflet's renderers are extended by such names. */
/**
 * All that is taken from Leaflet, so that another version is a change here. The build leaves out
 * the parts of Leaflet that are not named in test/demo/leaflet.mjs.
 */
import { DomUtil, Renderer } from 'leaflet'
import type { Bounds, Layer, Map } from 'leaflet'
import type { Rect } from './name-browser.ts'

export { Icon, Map as LeafletMap, Marker, TileLayer } from 'leaflet'
export type { LatLngBoundsExpression } from 'leaflet'

/** True for the click that ends a drag; the types leave this out. */
export function wasDragged(map: Map): boolean {
  return (map.dragging as unknown as { moved(): boolean }).moved()
}

/** What a renderer is made of; the types that come with Leaflet leave it out. */
type Drawn = Omit<Layer, 'addTo'> & {
  _container: HTMLCanvasElement
  _bounds: Bounds
  _map: Map & { _animatingZoom?: boolean }
  _update(): void
}

const Ground = Renderer as unknown as new (options: { padding: number }) => Drawn

/** What a canvas shows: `left` and `top` are its corner in pixels of the whole world at `zoom`. */
export type View = { zoom: number; left: number; top: number; width: number; height: number }

/** A canvas that lies a little over the map's edges and moves along while the map zooms. */
export abstract class Surface extends Ground {
  constructor() {
    super({ padding: 0.2 })
  }

  addTo(map: Map): this {
    map.addLayer(this as unknown as Layer)
    return this
  }

  /** Draws what the map shows now. */
  abstract draw(canvas: HTMLCanvasElement, view: View): void

  protected get zoom(): number {
    return this._map.getZoom()
  }

  /** A part of the map's frame in pixels of the whole world, to a tenth. */
  protected worldOf([left, top, right, bottom]: Rect): Rect {
    const corner = this._map.containerPointToLayerPoint([0, 0]).add(this._map.getPixelOrigin())
    const tenth = (px: number) => Math.round(px * 10) / 10
    return [
      tenth(left + corner.x),
      tenth(top + corner.y),
      tenth(right + corner.x),
      tenth(bottom + corner.y),
    ]
  }

  /** Draws once more, in colours that may have changed. */
  redraw(): void {
    const { min } = this._bounds
    if (!min) return
    const { x: width, y: height } = this._bounds.getSize()
    const corner = this._map.getPixelOrigin().add(min)
    const zoom = this._map.getZoom()
    this.draw(this._container, { zoom, left: corner.x, top: corner.y, width, height })
  }

  _initContainer(): void {
    this._container = document.createElement('canvas')
    this._container.setAttribute('aria-hidden', 'true')
  }

  _destroyContainer(): void {
    this._container.remove()
  }

  override _update(): void {
    if (this._map._animatingZoom && this._bounds) return
    super._update()
    if (this._bounds.min) DomUtil.setPosition(this._container, this._bounds.min)
    this.redraw()
  }
}
