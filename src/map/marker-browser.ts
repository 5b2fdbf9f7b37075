/**
 * The markers: a number where organisations stand close together, a dot with its name where one
 * stands alone. Every one is a button, in reading order, and keeps its focus when others come.
 */
import type { Cluster, Clusters, Kind, Point } from '../atlas/rules.ts'
import { isWithin, spread } from './crowd-browser.ts'
import { Icon, Marker, wasDragged } from './leaflet-browser.ts'
import type { LeafletMap } from './leaflet-browser.ts'
import type { Labels } from './map-strings.ts'
import { arrangeNames } from './name-browser.ts'
import type { Frame, Named, Place, Rect } from './name-browser.ts'
import { button, element } from './sentence-browser.ts'
import { markerWords } from './sentence-rules.ts'

/** Names stand beside the dots while fewer markers than this are in view. */
const NAMES_MAX = 40
/** Rows of reading order, in degrees of latitude. */
const ROW = 0.25

type Shown = { marker: Marker; button: HTMLElement; point: Point; said: string }

/** What a press on a marker does. */
export type Presses = {
  open: (subject: string, name: string, point: Point, from: HTMLElement) => void
  enter: (cluster: Cluster) => void
}

type Setting = {
  map: LeafletMap
  labels: Labels
  english: boolean
  /** The place a point lies in, as words. */
  placeAt: (point: Point) => string
  /** What of the map is to be seen. */
  frame: () => Frame
  /** What markers and their names take of it. */
  laid: (rects: readonly Rect[]) => void
  presses: Presses
}

export class Markers {
  private readonly shown = new Map<string, Shown>()
  private chosen: { key: string; own: Shown | null } | null = null

  constructor(private readonly setting: Setting) {
    setting.map.on('moveend resize', () => this.reach())
  }

  /** Puts these in place of those that were there; what stays is not touched. */
  show({ clusters }: Clusters, kind: Kind): void {
    const order = spread(clusters, this.setting.map).sort(
      (a, b) => rowOf(b) - rowOf(a) || a.lng - b.lng,
    )
    const keys = new Set(order.map(keyOf))
    for (const [key, { marker }] of this.shown) {
      if (keys.has(key)) continue
      marker.remove()
      this.shown.delete(key)
    }
    for (const cluster of order) this.put(cluster, kind)
    this.inOrder(order)
    this.reach()
    if (this.chosen) this.mark(this.chosen.key)
  }

  /** Rings the organisation's marker; one that is inside a number gets a marker of its own. */
  choose(subject: string, name: string, point: Point | null): void {
    this.release()
    const own = this.shown.has(subject) || !point ? null : this.pin(subject, name, point)
    this.chosen = { key: subject, own }
    this.mark(subject)
    this.reach()
  }

  release(): void {
    if (!this.chosen) return
    this.shown.get(this.chosen.key)?.button.classList.remove('spot-chosen')
    this.chosen.own?.marker.remove()
    this.chosen = null
    this.reach()
  }

  /** Lights a marker up while its line in the list is looked at; null for none. */
  hint(subject: string | null): void {
    for (const [key, { button }] of this.shown)
      button.classList.toggle('spot-hinted', key === subject)
  }

  /** The button of an organisation, to give the focus back to. */
  buttonOf(subject: string): HTMLElement | undefined {
    return this.shown.get(subject)?.button ?? this.chosen?.own?.button
  }

  private put(cluster: Cluster, kind: Kind): void {
    const { labels, placeAt } = this.setting
    const said = markerWords(labels, kind, cluster, cluster.one ? '' : placeAt(cluster))
    const old = this.shown.get(keyOf(cluster))
    if (old?.said === said) return
    old?.marker.remove()
    const { one, lng, lat } = cluster
    const made = buttonFor(cluster, kind, this.setting.english)
    made.setAttribute('aria-label', said)
    made.addEventListener('click', ({ detail }) => {
      // A press by keyboard counts no clicks, and is no end of a drag.
      if (detail > 0 && wasDragged(this.setting.map)) return
      if (one) this.setting.presses.open(one.subject, one.name, { lng, lat }, made)
      else this.setting.presses.enter(cluster)
    })
    const marker = markerOf(made, cluster).addTo(this.setting.map)
    this.shown.set(keyOf(cluster), { marker, button: made, point: { lng, lat }, said })
  }

  private pin(subject: string, name: string, point: Point): Shown {
    const button = element('button', 'spot spot-one')
    button.setAttribute('type', 'button')
    button.setAttribute('aria-label', name)
    button.append(element('span', 'spot-dot'), element('span', 'spot-name', name))
    button.addEventListener('click', () => this.setting.presses.open(subject, name, point, button))
    const marker = markerOf(button, point).addTo(this.setting.map)
    return { marker, button, point, said: name }
  }

  private mark(key: string): void {
    const own = this.chosen?.own
    const button = this.shown.get(key)?.button
    button?.classList.add('spot-chosen')
    own?.button.classList.add('spot-chosen')
    if (own) own.button.hidden = button !== undefined
  }

  /** North to south, west to east; left alone while somebody steps through them. */
  private inOrder(order: readonly Cluster[]): void {
    const pane = this.setting.map.getPane('markerPane')
    if (!pane || pane.contains(document.activeElement)) return
    pane.append(...order.flatMap((one) => this.shown.get(keyOf(one))?.button ?? []))
  }

  /** Only what is in view is stepped to and counted; the ringed one's name stays in it. */
  private reach(): void {
    const { map } = this.setting
    const size = map.getSize()
    let seen = 0
    for (const { button, point } of this.shown.values()) {
      const inside = isWithin(size, map.latLngToContainerPoint(point))
      button.tabIndex = inside ? 0 : -1
      button.style.visibility = inside ? '' : 'hidden'
      if (inside) seen += 1
    }
    const named = seen < NAMES_MAX
    map.getContainer().classList.toggle('map-named', named)
    this.arrange(named)
  }

  /** The ringed one's name chooses first; names that are not shown keep nothing from its place. */
  private arrange(named: boolean): void {
    const { map, frame, laid } = this.setting
    const chosen = this.shown.get(this.chosen?.key ?? '') ?? this.chosen?.own
    const others = [...this.shown.values()].filter((one) => one !== chosen)
    const all = [...(chosen ? [chosen] : []), ...others]
    // All is read before anything is written: the browser lays out once.
    const names = all.map(({ button }) => button.querySelector<HTMLElement>('.spot-name'))
    const measured = all.map(({ button, point }, at): Named => {
      const [dot, name] = [button.querySelector<HTMLElement>('.spot-dot'), names[at]]
      return {
        at: map.latLngToContainerPoint(point),
        half: (dot?.offsetWidth ?? 0) / 2,
        size: name ? { width: name.offsetWidth, height: name.offsetHeight } : null,
      }
    })
    const { places, taken } = arrangeNames(measured, frame())
    for (const [at, name] of names.entries()) if (name) stand(name, places[at])
    laid(named ? taken : taken.slice(0, all.length))
  }
}

function stand(name: HTMLElement, place: Place | undefined): void {
  name.classList.toggle('spot-name-turned', place?.side === 'left')
  name.classList.toggle('spot-name-below', place?.side === 'below')
  name.classList.toggle('spot-name-above', place?.side === 'above')
  name.classList.toggle('spot-name-waits', place?.waits === true)
}

/** Marks where the reader is. */
export function markHere(map: LeafletMap, point: Point, words: string): Marker {
  const dot = element('span', 'spot-here')
  dot.setAttribute('role', 'img')
  dot.setAttribute('aria-label', words)
  return markerOf(dot, point).addTo(map)
}

function buttonFor({ one, organisations, items }: Cluster, kind: Kind, english: boolean) {
  const made = button(one ? 'spot spot-one' : 'spot spot-many')
  const number = kind === 'organisation' ? organisations : items
  const bare = one && kind === 'organisation'
  const dot = element('span', 'spot-dot', bare ? '' : short(number, english))
  dot.dataset['digits'] = String(Math.min(4, String(number).length))
  // In the order of the label, which says the number with its unit behind the name.
  if (one) made.append(element('span', 'spot-name', one.name))
  made.append(dot)
  return made
}

function short(number: number, english: boolean): string {
  if (number < 10_000) return String(number)
  const [unit, sign] = english ? [1_000, 'k'] : [10_000, '万']
  return `${String(Number((number / unit).toFixed(number < 100_000 ? 1 : 0)))}${sign}`
}

function markerOf(content: HTMLElement, { lng, lat }: Point): Marker {
  return new Marker([lat, lng], {
    icon: new Ready(content),
    keyboard: false,
    interactive: false,
  })
}

/** An icon that is the element itself. */
class Ready extends Icon {
  private readonly content: HTMLElement

  constructor(content: HTMLElement) {
    super({ iconUrl: '' })
    this.content = content
  }

  override createIcon(): HTMLElement {
    return this.content
  }

  override createShadow(): HTMLElement {
    return null as unknown as HTMLElement
  }
}

function keyOf({ one, lng, lat }: Cluster): string {
  return one?.subject ?? `${lng.toFixed(4)},${lat.toFixed(4)}`
}

function rowOf({ lat }: Point): number {
  return Math.round(lat / ROW)
}
