/**
 * The box of one organisation over the map: its data and 「立即预约」 as the server writes them.
 * Takes the focus when it opens and gives it back when it closes, by its button or by Escape.
 */
import type { Labels } from './map-strings.ts'
import { button, element } from './sentence-browser.ts'

type Hooks = {
  labels: Labels
  /** The server's words are there. */
  shown: (content: HTMLElement) => void
  closed: () => void
}

export class OrganisationBox {
  private readonly box = element('div', 'map-box')
  private readonly content = element('div', 'map-box-content')
  private asked: AbortController | undefined
  private back: (() => HTMLElement | undefined) | undefined

  constructor(
    pane: HTMLElement,
    private readonly hooks: Hooks,
  ) {
    this.box.hidden = true
    this.box.tabIndex = -1
    this.box.setAttribute('role', 'dialog')
    const close = button('map-box-close', '×')
    close.setAttribute('aria-label', hooks.labels.close)
    close.addEventListener('click', () => this.close())
    this.box.append(close, this.content)
    pane.append(this.box)
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !this.box.hidden) this.close()
    })
  }

  /** What the box hides of the map, in pixels: its left side, or its lower edge on a phone. */
  covers(pane: HTMLElement): { left: number; bottom: number } {
    const [own, map] = [this.box.getBoundingClientRect(), pane.getBoundingClientRect()]
    if (this.box.hidden) return { left: 0, bottom: 0 }
    if (own.width > map.width * 0.8) return { left: 0, bottom: Math.max(0, map.bottom - own.top) }
    return { left: own.right - map.left, bottom: 0 }
  }

  /** `back` says who gets the focus when the box closes. */
  async open(address: string, name: string, back: () => HTMLElement | undefined): Promise<void> {
    this.asked?.abort()
    const asked = new AbortController()
    this.asked = asked
    this.back = back
    this.box.setAttribute('aria-label', name)
    this.put(element('p', 'map-box-name', name), element('p', 'hint', this.hooks.labels.loading))
    this.box.hidden = false
    this.box.scrollTop = 0
    this.box.focus({ preventScroll: true })
    try {
      const answer = await fetch(address, {
        headers: { Accept: 'text/html', 'HX-Request': 'true' },
        signal: asked.signal,
      })
      if (!answer.ok) throw new Error(String(answer.status))
      this.put(fragmentOf(await answer.text()))
      this.box.scrollIntoView({ block: 'nearest' })
      this.hooks.shown(this.content)
    } catch {
      if (asked.signal.aborted) return
      this.put(element('p', 'map-box-name', name), element('p', '', this.hooks.labels.offline))
    }
  }

  close(): void {
    this.asked?.abort()
    if (this.box.hidden) return
    const held = this.box.contains(document.activeElement)
    this.box.hidden = true
    if (held) this.back?.()?.focus({ preventScroll: true })
    this.hooks.closed()
  }

  private put(...nodes: Node[]): void {
    this.content.textContent = ''
    this.content.append(...nodes)
  }
}

/** A fragment as it is; of a whole page its main part. */
function fragmentOf(html: string): Node {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const part = document.createDocumentFragment()
  part.append(...(page.getElementById('main') ?? page.body).childNodes)
  return part
}
