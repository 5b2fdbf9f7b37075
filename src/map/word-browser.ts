/**
 * Suggestions under 「关键词」: a combobox with a list, by keyboard and pointer. Asks only when the
 * typing rests, never while an input method composes, and never brings an older answer later.
 */
import type { Suggestion } from '../atlas/rules.ts'
import type { Labels } from './map-strings.ts'
import { element } from './sentence-browser.ts'
import { filled } from './sentence-rules.ts'

const ADDRESS = '/api/map/suggest'
const REST_MS = 160

type Hooks = {
  labels: Labels
  /** A suggestion was taken; its text already stands in the field. */
  taken: (suggestion: Suggestion) => void
}

export class Words {
  private readonly list = element('ul', 'word-options')
  private readonly said = element('p', 'hidden')
  private options: readonly Suggestion[] = []
  private active = -1
  private timer: ReturnType<typeof setTimeout> | undefined
  private asked: AbortController | undefined

  constructor(
    private readonly field: HTMLInputElement,
    private readonly hooks: Hooks,
  ) {
    this.list.id = 'word-options'
    this.list.hidden = true
    this.list.setAttribute('role', 'listbox')
    this.list.setAttribute('aria-label', hooks.labels.suggestions)
    this.said.setAttribute('role', 'status')
    this.dressField()
    field.after(this.list, this.said)
    field.parentElement?.classList.add('word-field')
  }

  /** From now on the field suggests. */
  listen(): void {
    const { field } = this
    field.addEventListener('input', (event) => {
      if (!(event instanceof InputEvent && event.isComposing)) this.typed()
    })
    field.addEventListener('compositionstart', () => this.stop())
    field.addEventListener('compositionend', () => this.typed())
    field.addEventListener('keydown', (event) => this.key(event))
    field.addEventListener('blur', () => this.close())
    // The field keeps the focus; the press that follows still arrives.
    this.list.addEventListener('mousedown', (event) => event.preventDefault())
    this.list.addEventListener('click', ({ target }) => {
      const option = target instanceof Element ? target.closest('li') : null
      if (option) this.take([...this.list.children].indexOf(option))
    })
  }

  /** What is on its way is not shown any more. */
  close(): void {
    this.stop()
    this.list.hidden = true
    this.options = []
    this.point(-1)
    this.field.setAttribute('aria-expanded', 'false')
    this.said.textContent = ''
  }

  private dressField(): void {
    const marks = {
      role: 'combobox',
      autocomplete: 'off',
      'aria-autocomplete': 'list',
      'aria-controls': this.list.id,
      'aria-expanded': 'false',
    }
    for (const [name, value] of Object.entries(marks)) this.field.setAttribute(name, value)
  }

  private stop(): void {
    clearTimeout(this.timer)
    this.asked?.abort()
  }

  private typed(): void {
    this.stop()
    this.timer = setTimeout(() => void this.ask(), REST_MS)
  }

  private async ask(): Promise<void> {
    const word = this.field.value.trim()
    if (word === '') return this.close()
    const asked = new AbortController()
    this.asked = asked
    try {
      const query = new URLSearchParams({ word })
      const answer = await fetch(`${ADDRESS}?${query.toString()}`, {
        credentials: 'omit',
        signal: asked.signal,
      })
      if (!answer.ok) return this.close()
      const found = (await answer.json()) as { suggestions: readonly Suggestion[] }
      if (!asked.signal.aborted) this.show(found.suggestions, word)
    } catch {
      // Without suggestions the field is what it was; older ones answered another word.
      if (!asked.signal.aborted) this.close()
    }
  }

  private show(options: readonly Suggestion[], word: string): void {
    const { labels } = this.hooks
    this.options = options
    this.list.textContent = ''
    this.list.append(...options.map((option, at) => this.lineFor(option, at, word)))
    this.list.hidden = options.length === 0
    this.field.setAttribute('aria-expanded', String(options.length > 0))
    this.said.textContent =
      options.length > 0 ? filled(labels.suggested, { n: options.length }) : labels.unsuggested
    this.point(-1)
  }

  private lineFor(
    { kind, text, count, organisation }: Suggestion,
    at: number,
    word: string,
  ): HTMLElement {
    const line = element('li', 'word-option')
    line.id = `word-option-${String(at)}`
    line.setAttribute('role', 'option')
    const name = element('span', 'word-text')
    const start = text.toLowerCase().indexOf(word.toLowerCase())
    const end = start + word.length
    if (start < 0) name.textContent = text
    else name.append(text.slice(0, start), marked(text.slice(start, end)), text.slice(end))
    const many = organisation || count < 2 ? '' : ` ${String(count)}`
    line.append(name, element('span', 'word-kind', `${this.hooks.labels.kinds[kind]}${many}`))
    return line
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing || this.list.hidden) return
    const { length } = this.options
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: this.active + 1 >= length ? -1 : this.active + 1,
      ArrowUp: this.active < 0 ? length - 1 : this.active - 1,
    }
    const to = moves[event.key]
    if (to !== undefined) this.point(to)
    else if (event.key === 'Escape') this.close()
    else if (event.key === 'Enter' && this.active >= 0) this.take(this.active)
    else return
    event.preventDefault()
  }

  private point(at: number): void {
    this.active = at
    for (const [index, line] of [...this.list.children].entries())
      line.setAttribute('aria-selected', String(index === at))
    const line = this.list.children[at]
    if (line) this.field.setAttribute('aria-activedescendant', line.id)
    else this.field.removeAttribute('aria-activedescendant')
    line?.scrollIntoView({ block: 'nearest' })
  }

  private take(at: number): void {
    const option = this.options[at]
    if (!option) return
    this.field.value = option.text
    this.close()
    this.hooks.taken(option)
  }
}

function marked(text: string): HTMLElement {
  return element('mark', '', text)
}
