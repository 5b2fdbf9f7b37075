/**
 * The tiles of 天地图 over our own base map: the map and its labels. They multiply with what is
 * under them, so that a tile that is blank, late or refused leaves the base map to be seen; when
 * several fail they go.
 */
import { TileLayer } from './leaflet-browser.ts'
import type { LeafletMap } from './leaflet-browser.ts'

const HOST = 'https://t{s}.tianditu.gov.cn'
const LAYERS = ['vec', 'cva']
const FAILED_MAX = 8

/** `gone` is called once when the tiles are given up. */
export function addTiles(map: LeafletMap, key: string, gone: () => void): void {
  let failed = 0
  const layers = LAYERS.map((name) => layerOf(name, key))
  const giveUp = () => {
    for (const layer of layers) layer.remove()
    map.getContainer().closest('.map-tiled')?.classList.remove('map-tiled')
    gone()
  }
  for (const layer of layers) {
    layer.on('tileload', () => (failed = 0))
    layer.on('tileerror', () => {
      failed += 1
      if (failed === FAILED_MAX) giveUp()
    })
    layer.addTo(map)
  }
}

function layerOf(name: string, key: string): TileLayer {
  const query = [
    'SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles',
    `LAYER=${name}&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${encodeURIComponent(key)}`,
  ]
  return new TileLayer(`${HOST}/${name}_w/wmts?${query.join('&')}`, {
    subdomains: '01234567',
    minZoom: 1,
    maxZoom: 18,
    maxNativeZoom: 18,
  })
}
