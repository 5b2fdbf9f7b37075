/**
 * The list beside the map and the address above it: the same page is asked for again and its list
 * cut out. A search is a step in the history, a move of the map only changes where we are.
 */
import type { Point } from '../atlas/rules.ts'

/** What belongs to the map; forms and links have no say in it. */
const KEPT = ['near', 'sort', 'box']

type Step = 'push' | 'replace' | 'none'

export type Hooks = {
  /** The list and what the page says of the map are new. */
  changed: () => void
  failed: () => void
}

export class List {
  private asked: AbortController | undefined
  private followed = addressed(location)

  constructor(
    private readonly map: HTMLElement,
    private readonly hooks: Hooks,
  ) {}

  get element(): HTMLElement | null {
    return document.getElementById('results')
  }

  get isEmpty(): boolean {
    return !this.element?.querySelector('article')
  }

  /** Where the reading goes on after a press on the map. */
  get heading(): HTMLElement | null {
    const heading = this.element?.querySelector<HTMLElement>('h2') ?? this.element
    if (heading) heading.tabIndex = -1
    return heading
  }

  /** The page's address with these parts changed, an empty one left out; from its first page. */
  address(change: Readonly<Record<string, string>>): URL {
    const url = new URL(location.href)
    for (const name of ['page', 'lang']) url.searchParams.delete(name)
    for (const [name, value] of Object.entries(change)) {
      if (value === '') url.searchParams.delete(name)
      else url.searchParams.set(name, value)
    }
    return url
  }

  /** False after a step to another place in the same page, such as past the map. */
  get isElsewhere(): boolean {
    return addressed(location) !== this.followed
  }

  /** What a search form asks for: its visible fields anew, the map's own parts as they were. */
  formAddress(form: HTMLFormElement): URL {
    const change: Record<string, string> = {}
    for (const [name, value] of new FormData(form).entries()) {
      const field = form.elements.namedItem(name)
      const hidden = field instanceof HTMLInputElement && field.type === 'hidden'
      if (typeof value !== 'string' || (hidden && KEPT.includes(name))) continue
      // The first choice of a list is what holds without one.
      const first = field instanceof HTMLSelectElement && field.selectedIndex === 0
      change[name] = first ? '' : value
    }
    return this.address(change)
  }

  /** Where the lines of the list stand, in their order. */
  places(): Point[] {
    const lines = this.element?.querySelectorAll<HTMLElement>('[data-lng]') ?? []
    return [...lines].flatMap((line) => pointOf(line) ?? [])
  }

  /** Marks the lines of an organisation; null for none. */
  choose(subject: string | null): void {
    for (const line of this.element?.querySelectorAll<HTMLElement>('[data-organisation]') ?? [])
      line.classList.toggle('card-chosen', line.dataset['organisation'] === subject)
  }

  /** Follows an address; answers whether the list is there. An older answer never comes later. */
  async follow(url: URL, step: Step): Promise<boolean> {
    this.asked?.abort()
    const asked = new AbortController()
    this.asked = asked
    this.followed = addressed(url)
    if (step === 'push') history.pushState(null, '', url)
    if (step === 'replace') history.replaceState(history.state, '', url)
    this.element?.setAttribute('aria-busy', 'true')
    try {
      const answer = await fetch(url, { headers: { Accept: 'text/html' }, signal: asked.signal })
      if (!answer.ok) throw new Error(String(answer.status))
      const text = await answer.text()
      if (asked.signal.aborted) return false
      this.put(new DOMParser().parseFromString(text, 'text/html'), step)
      this.hooks.changed()
      return true
    } catch {
      if (!asked.signal.aborted) {
        this.element?.removeAttribute('aria-busy')
        this.hooks.failed()
      }
      return false
    }
  }

  private put(page: Document, step: Step): void {
    const fresh = page.getElementById('results')
    if (!fresh) throw new Error('no list')
    const used = this.element?.contains(document.activeElement) ? document.activeElement : null
    this.element?.replaceWith(fresh)
    process(fresh)
    if (used) this.goOn(used.id)
    this.announce()
    Object.assign(this.map.dataset, page.getElementById('map')?.dataset)
    document.title = page.title
    const form = searchForm()
    const other = searchForm(page)
    // A form that somebody is in, or that they left to move the map, keeps what was typed.
    if (form && other && step !== 'replace' && !form.contains(document.activeElement)) {
      form.replaceWith(other)
      process(other)
    }
  }

  /** The pressed link is gone: its like has the focus, and else the heading, as on a new page. */
  private goOn(id: string): void {
    const like = id === '' ? null : document.getElementById(id)
    if (like) return like.focus({ preventScroll: true })
    this.heading?.focus({ preventScroll: true })
    this.element?.scrollIntoView()
  }

  private announce(): void {
    const place = document.getElementById('announcement')
    if (place) place.textContent = this.element?.querySelector('h2')?.textContent ?? ''
  }
}

function addressed({ pathname, search }: URL | Location): string {
  return pathname + search
}

/** The point that an element stands for. */
export function pointOf(line: HTMLElement | null | undefined): Point | null {
  const [lng, lat] = [Number(line?.dataset['lng']), Number(line?.dataset['lat'])]
  return Number.isFinite(lng) && Number.isFinite(lat) ? { lng, lat } : null
}

export function searchForm(page: Document = document): HTMLFormElement | null {
  return page.querySelector<HTMLFormElement>('main form[role=search]')
}

/** htmx looks at what it did not bring itself. */
function process(part: Element): void {
  const { htmx } = window as { htmx?: { process?: (part: Element) => void } }
  htmx?.process?.(part)
}
