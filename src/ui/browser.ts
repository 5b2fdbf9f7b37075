/**
 * The script of every page: htmx for the forms that ask for it, and where focus goes after a swap.
 * Nothing depends on it.
 */
import 'htmx.org/dist/htmx.esm.js'

type Context = {
  text?: string
  select?: string
  target?: Element
  request?: { submitter?: HTMLElement | null }
}
type Swap = CustomEvent<{ ctx: Context }>
type Address = CustomEvent<{ response?: { status: number } }>

/** After #main came anew: the error summary, else the heading. A live row moves no focus. */
document.addEventListener('htmx:after:swap', (event) => {
  const { target, select } = (event as Swap).detail.ctx
  // A part that asks by itself came through: nothing is out of reach any more.
  if (select) say('')
  if (target?.id !== 'main') return
  const main = document.getElementById('main')
  const place = main?.querySelector<HTMLElement>('[autofocus]') ?? main?.querySelector('h1') ?? main
  if (!place) return
  place.tabIndex = -1
  place.focus({ preventScroll: true })
  window.scrollTo(0, 0)
  say('')
})

/** An answer that lacks what would be cut out of it replaces nothing: what stands there stays. */
document.addEventListener('htmx:before:swap', (event) => {
  const { text = '', select } = (event as Swap).detail.ctx
  if (select?.startsWith('#') && !text.includes(`id="${select.slice(1)}"`)) {
    event.preventDefault()
    sayOffline()
  }
})

/** A refused form keeps the address of its page, so that a reload asks for something there is. */
document.addEventListener('htmx:before:history:update', (event) => {
  if (((event as Address).detail.response?.status ?? 0) >= 400) event.preventDefault()
})

/** The button was disabled while the request ran and lost the focus: it gets it back. */
document.addEventListener('htmx:error', (event) => {
  sayOffline()
  const { submitter } = (event as Swap).detail.ctx?.request ?? {}
  setTimeout(() => submitter?.focus())
})

/** The words stand in the page, in its language. */
function sayOffline(): void {
  say(document.getElementById('announcement')?.dataset['offline'] ?? '')
}

function say(words: string): void {
  const place = document.getElementById('announcement')
  if (place) place.textContent = words
}

/** On a phone the menu is a strip: show the entry of this page. */
function showCurrent(): void {
  const menu = document.getElementById('menu')
  const current = menu?.querySelector<HTMLElement>('[aria-current]')
  if (menu && current) menu.scrollLeft = current.offsetLeft - menu.offsetLeft - 16
}

showCurrent()
document.addEventListener('htmx:after:swap', showCurrent)
