/** The buttons on the map, 「我的位置」 among them, and the line that says what went wrong. */
import type { Point } from '../atlas/rules.ts'
import type { Labels } from './map-strings.ts'
import type { Rect } from './name-browser.ts'
import { button, element } from './sentence-browser.ts'

const LOCATE_MS = 10_000
const SAID_MS = 8_000
/** A search is shared by its address: a place in it is no more exact than about 100 m. */
const DIGITS = 3

type Hooks = {
  labels: Labels
  zoom: (by: 1 | -1) => void
  located: (point: Point) => void
}

export class Tools {
  private readonly tools = element('div', 'map-tools')
  private readonly said = element('p', 'map-said')
  private readonly told = element('p', 'hidden')
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    pane: HTMLElement,
    private readonly hooks: Hooks,
  ) {
    const { labels, zoom } = hooks
    const { tools } = this
    const steps = element('div', 'map-zoom')
    steps.append(
      tool('map-in', labels.zoom_in, '+', () => zoom(1)),
      tool('map-out', labels.zoom_out, '−', () => zoom(-1)),
    )
    tools.append(steps)
    if ('geolocation' in navigator) {
      const locate = button('map-tool map-locate', labels.my_place)
      locate.addEventListener('click', () => this.locate(locate))
      tools.append(locate)
    }
    for (const place of [this.said, this.told]) place.setAttribute('role', 'status')
    pane.append(tools, this.said, this.told)
  }

  /** What the buttons hide of the map, in pixels from its corner. */
  covers(pane: HTMLElement): Rect[] {
    const map = pane.getBoundingClientRect()
    return [...this.tools.children].map((part): Rect => {
      const { left, top, right, bottom } = part.getBoundingClientRect()
      return [left - map.left, top - map.top, right - map.left, bottom - map.top]
    })
  }

  /** Tells those who do not see the list what it holds now. */
  tell(sentence: string): void {
    this.told.textContent = sentence
  }

  /** Shows and announces a sentence for a while. */
  say(sentence: string, lasting = SAID_MS): void {
    clearTimeout(this.timer)
    this.said.textContent = sentence
    if (sentence !== '') this.timer = setTimeout(() => (this.said.textContent = ''), lasting)
  }

  private locate(locate: HTMLButtonElement): void {
    const { labels, located } = this.hooks
    locate.setAttribute('aria-busy', 'true')
    this.say(labels.locating, LOCATE_MS)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        locate.removeAttribute('aria-busy')
        this.say('')
        located({ lng: rounded(coords.longitude), lat: rounded(coords.latitude) })
      },
      ({ code, PERMISSION_DENIED }) => {
        locate.removeAttribute('aria-busy')
        this.say(code === PERMISSION_DENIED ? labels.refused : labels.nowhere)
      },
      { timeout: LOCATE_MS, maximumAge: 60_000 },
    )
  }
}

function tool(className: string, words: string, sign: string, pressed: () => void) {
  const made = button(`map-tool ${className}`, sign)
  made.setAttribute('aria-label', words)
  made.title = words
  made.addEventListener('click', pressed)
  return made
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(DIGITS))
}
