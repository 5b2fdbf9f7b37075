/**
 * The script of 「创新地图」: presses and typing in the page become steps of the map. Everything it
 * does can be done in the list without it.
 */
import { pointOf, searchForm } from './list-browser.ts'
import { InnovationMap } from './map-browser.ts'
import type { Labels } from './map-strings.ts'
import { Words } from './word-browser.ts'

const ORGANISATION = /^\/map\/organisations\/([0-9a-f-]{36})$/

const pane = document.getElementById('map')
if (pane) begin(pane)

function begin(pane: HTMLElement): void {
  const map = new InnovationMap(pane)
  const labels = JSON.parse(pane.dataset['labels'] ?? '{}') as Labels
  // Ahead of everything else that listens: a press is followed once.
  document.addEventListener('click', (event) => press(map, event), true)
  document.addEventListener('submit', (event) => submit(map, event), true)
  for (const event of ['mouseover', 'focusin'])
    document.addEventListener(event, ({ target }) => map.hint(subjectOf(target)))
  document.addEventListener('focusin', ({ target }) => suggestIn(target, map, labels))
  addEventListener('popstate', () => void map.back())
  for (const scheme of ['(prefers-color-scheme: dark)', 'print'])
    matchMedia(scheme).addEventListener('change', () => map.recolour())
  suggestIn(searchForm()?.querySelector('[name=word]') ?? null, map, labels)
  void map.start()
}

/** Links of the list to searches and to organisations stay on this page. */
function press(map: InnovationMap, event: MouseEvent): void {
  const { target } = event
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('#results a') : null
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey
  if (!link || !plain || link.target !== '' || link.origin !== location.origin) return
  const [, subject] = ORGANISATION.exec(link.pathname) ?? []
  // One line of the page is meant, not the organisation.
  if (link.hash !== '') return
  if (!subject && link.pathname !== location.pathname) return
  event.preventDefault()
  event.stopPropagation()
  if (!subject) return void map.search(new URL(link.href))
  const line = link.closest<HTMLElement>('[data-organisation]')
  map.open(subject, link.textContent.trim(), pointOf(line), link)
}

function submit(map: InnovationMap, event: SubmitEvent): void {
  const form = searchForm()
  if (!form || event.target !== form) return
  event.preventDefault()
  event.stopPropagation()
  map.submit(form)
}

function subjectOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null
  const line = target.closest<HTMLElement>('#results [data-organisation]')
  return line?.dataset['organisation'] ?? null
}

/** 「关键词」 suggests from the first time it is entered, also when it came anew. */
function suggestIn(target: EventTarget | null, map: InnovationMap, labels: Labels): void {
  if (!(target instanceof HTMLInputElement) || target.name !== 'word') return
  if (target.getAttribute('role') === 'combobox' || target.form !== searchForm()) return
  new Words(target, { labels, taken: (suggestion) => map.taken(suggestion) }).listen()
}
