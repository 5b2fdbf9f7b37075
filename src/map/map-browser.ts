/**
 * The map as one thing: base, markers, box and tools, and what each move and search means for the
 * list and the address, so that all say the same.
 */
import type { Clusters, Kind, Point, Suggestion } from '../atlas/rules.ts'
import { json, withParts } from './answer-browser.ts'
import { BaseLayer } from './base-browser.ts'
import { OrganisationBox } from './box-browser.ts'
import { List, pointOf, searchForm } from './list-browser.ts'
import type { Labels } from './map-strings.ts'
import { Markers, markHere } from './marker-browser.ts'
import type { Base } from './shape-browser.ts'
import { addTiles } from './tile-browser.ts'
import { Tools } from './tool-browser.ts'
import { View, boxOf, extentOf } from './view-browser.ts'

/** A move is over when the map has rested so long. */
const MOVED_MS = 250
const NARROW = matchMedia('(max-width: 860px)')
const ENGLISH = document.documentElement.lang === 'en'

type Shown = { subject: string; name: string }

export class InnovationMap {
  private readonly labels: Labels
  private readonly view: View
  private readonly tools: Tools
  private readonly box: OrganisationBox
  private readonly list: List
  private readonly markers: Markers
  private base: BaseLayer | undefined
  private here: ReturnType<typeof markHere> | undefined
  private chosen: Shown | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private asked: AbortController | undefined
  /** The address of the markers that are shown. */
  private loaded = ''

  constructor(private readonly pane: HTMLElement) {
    const frame = pane.parentElement ?? pane
    const labels = JSON.parse(pane.dataset['labels'] ?? '{}') as Labels
    this.labels = labels
    this.view = new View(pane, pane.dataset['tiles'] === undefined)
    this.tools = new Tools(frame, {
      labels,
      zoom: (by) => this.view.zoom(by),
      located: (point) => void this.goNear(point),
    })
    this.box = new OrganisationBox(frame, {
      labels,
      shown: (content) => this.pinpoint(pointOf(content.querySelector('[data-lng]'))),
      closed: () => this.release(),
    })
    this.list = new List(pane, {
      changed: () => {
        this.changed()
        this.tools.tell(this.list.heading?.textContent ?? '')
      },
      failed: () => this.tools.say(labels.offline),
    })
    this.markers = new Markers({
      map: this.view.map,
      labels,
      english: ENGLISH,
      placeAt: ({ lng, lat }) => this.base?.placeAt(lng, lat) ?? '',
      frame: () => ({
        left: this.box.covers(pane).left,
        right: this.view.map.getSize().x,
        taken: this.tools.covers(pane),
      }),
      laid: (rects) => this.base?.avoid(rects),
      presses: {
        open: (subject, name, point) => this.open(subject, name, point),
        enter: ({ box }) => {
          const entered = this.view.enter(box)
          const next = entered ? pane : this.list.heading
          next?.focus({ preventScroll: entered })
        },
      },
    })
    this.view.restore(pane.dataset['view'] ?? '')
    this.view.onMove((own) => this.moved(own))
  }

  /** The base before the markers, because they are named after the place they stand in. */
  async start(): Promise<void> {
    const { basemap = '', tiles } = this.pane.dataset
    const [base, first] = await Promise.allSettled([
      json<Base>(basemap, {}),
      json<Clusters>(this.first(), {}),
    ])
    if (base.status === 'fulfilled')
      this.base = new BaseLayer(base.value, ENGLISH).addTo(this.view.map)
    if (first.status === 'fulfilled') this.markers.show(first.value, this.kind())
    if ([base, first].some(({ status }) => status === 'rejected'))
      this.tools.say(this.labels.offline)
    this.changed()
    if (tiles) {
      const { key } = JSON.parse(tiles) as { key: string }
      addTiles(this.view.map, key, () => {
        this.recolour()
        this.tools.say(this.labels.tiles)
      })
    }
    performance.mark('map-ready')
  }

  /** Draws anew where colours changed. */
  recolour(): void {
    this.base?.redraw()
  }

  /** A step in the history: back or forward. */
  async back(): Promise<void> {
    if (!this.list.isElsewhere) return
    if (await this.list.follow(new URL(location.href), 'none'))
      this.view.restore(this.pane.dataset['view'] ?? '')
  }

  /** What a form asks for; another region leaves the view that was. */
  submit(form: HTMLFormElement): void {
    const url = this.list.formAddress(form)
    const before = new URL(location.href).searchParams.get('region')
    if (url.searchParams.get('region') !== before) url.searchParams.delete('box')
    void this.search(url)
  }

  /** Where nothing is in view, the whole of it is searched instead. */
  async search(url: URL): Promise<void> {
    this.box.close()
    if (!(await this.list.follow(url, 'push'))) return
    const inView = url.searchParams.has('box') && !this.list.isEmpty
    if (inView) return this.loadView()
    if (url.searchParams.has('box')) {
      const whole = this.list.address({ box: '' })
      if (!(await this.list.follow(whole, 'replace'))) return
    }
    const found = await this.load(this.first())
    const extent = boxOf(this.pane.dataset['view'] ?? '') ?? (found && extentOf(found.clusters))
    if (extent) this.view.fit(extent)
  }

  open(subject: string, name: string, point: Point | null, from?: HTMLElement): void {
    const { near = '' } = this.pane.dataset
    const query = new URLSearchParams({ box: '1', ...(near === '' ? {} : { near }) })
    const back = () => (from?.isConnected ? from : (this.markers.buttonOf(subject) ?? this.pane))
    this.chosen = { subject, name }
    this.list.choose(subject)
    void this.box.open(`/map/organisations/${subject}?${query.toString()}`, name, back)
    this.pinpoint(point)
  }

  taken({ organisation, text, kind }: Suggestion): void {
    const form = searchForm()
    if (organisation) return this.open(organisation, text, null, form?.elements[0] as HTMLElement)
    const field = form?.elements.namedItem('kind')
    if (field instanceof HTMLInputElement) field.value = kind === 'organisation' ? '' : kind
    if (form) this.submit(form)
  }

  hint(subject: string | null): void {
    this.markers.hint(subject)
  }

  /** Rings the open organisation's place, once it is known. */
  private pinpoint(point: Point | null): void {
    if (!this.chosen) return
    this.markers.choose(this.chosen.subject, this.chosen.name, point)
    if (point) this.view.reveal(point, this.box.covers(this.pane))
  }

  private release(): void {
    this.chosen = undefined
    this.markers.release()
    this.list.choose(null)
  }

  private moved(own: boolean): void {
    clearTimeout(this.timer)
    void this.loadView()
    if (!own) return
    this.timer = setTimeout(() => {
      const url = this.list.address({ box: this.view.text() })
      if (url.href !== location.href) void this.list.follow(url, 'replace')
    }, MOVED_MS)
  }

  private async loadView(): Promise<void> {
    const { clusters = '' } = this.pane.dataset
    await this.load(withParts(clusters, this.view.around()))
  }

  /** Shows the markers of an address; an older answer never comes over a newer one. */
  private async load(address: string): Promise<Clusters | undefined> {
    if (address === this.loaded) return undefined
    this.asked?.abort()
    const asked = new AbortController()
    this.asked = asked
    try {
      const found = await json<Clusters>(address, { credentials: 'omit', signal: asked.signal })
      if (asked.signal.aborted) return undefined
      this.loaded = address
      this.markers.show(found, this.kind())
      return found
    } catch {
      if (!asked.signal.aborted) this.tools.say(this.labels.offline)
      return undefined
    }
  }

  private async goNear(point: Point): Promise<void> {
    const near = `${String(point.lng)},${String(point.lat)}`
    const url = this.list.address({ near, sort: 'distance', box: '', region: '' })
    if (!(await this.list.follow(url, 'push'))) return
    this.view.fit(extentOf([point, ...this.list.places().slice(0, 5)]))
  }

  /** After the list came anew: where distances count from, what is open, which region is meant. */
  private changed(): void {
    this.here?.remove()
    const [lng, lat] = (this.pane.dataset['here'] ?? '').split(',').map(Number)
    if (lng !== undefined && lat !== undefined)
      this.here = markHere(this.view.map, { lng, lat }, this.labels.here)
    this.list.choose(this.chosen?.subject ?? null)
    this.base?.choose(this.pane.dataset['region'] ?? '')
  }

  private first(): string {
    const { first = '', firstNarrow = '' } = this.pane.dataset
    return NARROW.matches ? firstNarrow : first
  }

  private kind(): Kind {
    return (this.pane.dataset['kind'] ?? 'organisation') as Kind
  }
}
