/**
 * Keeps the marked parts of a page current: hears hints over a WebSocket, fetches the row or block
 * each speaks of and puts it in place by its id, so that a hint heard twice does no harm. Never
 * moves the focus, never touches a field that is being filled in.
 */
import { CLOSE_RENEW, type Hint, type LiveMessage } from './rules.ts'

const QUIET_MS = 25_000
const ANSWER_MS = 3_000
const SLEPT_MS = 10_000
const HIDDEN_MS = 300_000
const TYPED = 'input:not([type=checkbox],[type=radio]), select, textarea'
const PLACES = 'a[href], button, input, select, textarea, summary'

type Part = Element | null

let socket: WebSocket | undefined
let cursor = Math.min(...marks().map((mark) => Number(mark.dataset['cursor'])))
let tries = 0
/** Instants, epoch ms: the last word heard, the ping without an answer (0: none), the last tick. */
let heard = Date.now()
let asked = 0
let ticked = Date.now()
let seen = Date.now()
let work: Promise<void> = Promise.resolve()

function marks(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-live]')]
}

function open(): void {
  if (socket || !Number.isFinite(cursor)) return
  const base = location.origin.replace('http', 'ws')
  const next = new WebSocket(`${base}/account/live?since=${String(cursor)}`)
  socket = next
  heard = Date.now()
  asked = 0
  next.onopen = () => (tries = 0)
  next.onmessage = (event: MessageEvent<string>) => {
    heard = Date.now()
    asked = 0
    if (event.data !== 'pong') take(JSON.parse(event.data) as LiveMessage)
  }
  next.onclose = (event) => {
    if (socket !== next) return
    socket = undefined
    const wait = event.code === CLOSE_RENEW ? 0 : Math.min(5_000, 250 * 2 ** tries++)
    setTimeout(open, wait * (0.5 + Math.random() / 2))
  }
}

function leave(): void {
  const old = socket
  socket = undefined
  old?.close()
}

/** Every second: notices that the computer slept, that nobody answers, that nobody looks. */
function tick(): void {
  const now = Date.now()
  const slept = now - ticked > SLEPT_MS
  ticked = now
  if (document.hidden) return now - seen > HIDDEN_MS ? leave() : undefined
  seen = now
  const dead = asked > 0 && now - asked > ANSWER_MS
  if (slept || dead) leave()
  if (slept || dead || (!socket && tries === 0)) return open()
  if (asked > 0 || now - heard < QUIET_MS || socket?.readyState !== WebSocket.OPEN) return
  asked = now
  socket.send('ping')
}

/** One after the other, in the order told: a late answer never overwrites a newer one. */
function take(message: LiveMessage): void {
  cursor = 'reset' in message ? message.cursor : Math.max(cursor, message.cursor)
  queue('hint' in message ? message.hint : undefined)
}

function queue(hint?: Hint, left = 3): void {
  work = work
    .then(() => follow(hint))
    .catch(() => void (left > 0 && setTimeout(() => queue(hint, left - 1), 2_000)))
}

/** Without a hint too much was missed, and every part of the page is read anew. */
async function follow(hint?: Hint): Promise<void> {
  for (const mark of marks()) {
    if (hint && mark.dataset['topic'] !== hint.topic) continue
    const rows = mark.dataset['live'] === 'rows'
    const changed = !rows
      ? await block(mark, hint)
      : hint
        ? await row(mark, hint)
        : await list(mark)
    if (changed) say(mark)
  }
}

async function row(mark: HTMLElement, hint: Hint): Promise<boolean> {
  const address = (mark.dataset['row'] ?? '')
    .replace('{enterprise}', encodeURIComponent(hint.enterprise))
    .replace('{id}', encodeURIComponent(hint.id))
  const answer = await get(address)
  const id = `row-${hint.id}`
  const old = document.getElementById(id)
  if (answer.status === 204) {
    if (old && !isBusy(old, hint)) old.remove()
    return false
  }
  const fresh = answer.ok ? parsed(await answer.text()).getElementById(id) : null
  const into = document.querySelector(mark.dataset['into'] ?? '')
  if (fresh && (old || into)) return put(hint, old, fresh, into)
  return fresh ? list(mark, hint) : false
}

/** The whole list, out of this very page; the page's main part where the list was not there. */
async function list(mark: HTMLElement, hint?: Hint): Promise<boolean> {
  const answer = await get(location.href)
  const page = parsed(await answer.text())
  const into = mark.dataset['into'] ?? ''
  const found = document.querySelector(into) && page.querySelector(into) ? into : '#main'
  return put(hint, document.querySelector(found), page.querySelector(found), null)
}

async function block(mark: HTMLElement, hint?: Hint): Promise<boolean> {
  const answer = await get(mark.dataset['get'] ?? '')
  const fresh = mark.cloneNode() as HTMLElement
  fresh.append(parsed(await answer.text()))
  return put(hint, mark, fresh, null)
}

/** Puts `fresh` in place of `old`, or on top of `into`; true where something is to be seen. */
function put(hint: Hint | undefined, old: Part, fresh: Part, into: Part): boolean {
  if (!fresh || (old && old.isEqualNode(fresh))) return false
  if (old && isBusy(old, hint)) return false
  for (const box of old?.querySelectorAll<HTMLInputElement>('input:checked') ?? []) {
    const same = [...fresh.querySelectorAll<HTMLInputElement>(`input[type=${box.type}]`)]
    for (const one of same) if (one.name === box.name && one.value === box.value) one.checked = true
  }
  const held = old?.contains(document.activeElement) ? document.activeElement : null
  const at = held && old ? [...old.querySelectorAll(PLACES)].indexOf(held) : -1
  if (old) old.replaceWith(fresh)
  else into?.prepend(fresh)
  fresh.querySelectorAll<HTMLElement>(PLACES)[at]?.focus({ preventScroll: true })
  const { htmx } = window as { htmx?: { process?: (part: Element) => void } }
  htmx?.process?.(fresh)
  return true
}

/** True while somebody types in a part of the page; the hint comes again once they have left it. */
function isBusy(part: Element, hint?: Hint): boolean {
  const busy = part.contains(document.activeElement?.closest(TYPED) ?? null)
  if (busy) part.addEventListener('focusout', () => queue(hint), { once: true })
  return busy
}

async function get(address: string): Promise<Response> {
  const answer = await fetch(address, { headers: { Accept: 'text/html' }, redirect: 'error' })
  if (answer.status >= 500) throw new Error(String(answer.status))
  return answer
}

function parsed(html: string): DocumentFragment {
  const template = document.createElement('template')
  template.innerHTML = html
  return template.content
}

let saying: ReturnType<typeof setTimeout> | undefined

/** Once for all that came together, politely, in the page's one status region. */
function say(mark: HTMLElement): void {
  clearTimeout(saying)
  saying = setTimeout(() => {
    const region = document.querySelector('[role=status]')
    if (region) region.textContent = mark.dataset['said'] ?? ''
  }, 300)
}

/** Somebody is back, or the network is: no waiting now. */
function wake(): void {
  tries = 0
  tick()
}
for (const event of ['online', 'pageshow', 'focus']) addEventListener(event, wake)
for (const event of ['visibilitychange', 'resume']) document.addEventListener(event, wake)
document.addEventListener('htmx:after:swap', () => {
  if (!Number.isFinite(cursor))
    cursor = Math.min(...marks().map((m) => Number(m.dataset['cursor'])))
  open()
})
setInterval(tick, 1000)
open()
