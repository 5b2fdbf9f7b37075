/**
 * Stands for `leaflet` in the map's bundle: the parts that src/map uses. Leaflet 1 cannot be
 * shaken, and whole it weighs 17 KB more on a phone's line.
 */
import * as DomUtil from 'leaflet/src/dom/DomUtil.js'
import 'leaflet/src/map/handler/Map.DoubleClickZoom.js'
import 'leaflet/src/map/handler/Map.Drag.js'
import 'leaflet/src/map/handler/Map.Keyboard.js'
import 'leaflet/src/map/handler/Map.ScrollWheelZoom.js'
import 'leaflet/src/map/handler/Map.TouchZoom.js'

export { Icon } from 'leaflet/src/layer/marker/Icon.js'
export { Marker } from 'leaflet/src/layer/marker/Marker.js'
export { TileLayer } from 'leaflet/src/layer/tile/TileLayer.js'
export { Renderer } from 'leaflet/src/layer/vector/Renderer.js'
export { Map } from 'leaflet/src/map/Map.js'
export { DomUtil }
