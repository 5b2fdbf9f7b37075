/**
 * A browser reduced to what signing in needs: cookies of one host whatever the port, redirects one
 * by one, forms found by their button. It runs no scripts.
 */

export type Page = { status: number; url: URL; text: string; headers: Headers }

const HOPS_MAX = 12

export class Visitor {
  cookies = new Map<string, { value: string; path: string; flags: string }>()
  /** Every address of the last walk, in order. */
  hops: string[] = []

  /** One request, no redirect followed. */
  async step(address: string | URL, init: RequestInit = {}): Promise<Page> {
    const url = new URL(address)
    const headers = new Headers(init.headers)
    headers.set('Cookie', this.header(url.pathname))
    headers.set('Accept', 'text/html')
    if (init.method === 'POST') headers.set('Sec-Fetch-Site', 'same-origin')
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) this.keep(line, url)
    return { status: answer.status, url, text: await answer.text(), headers: answer.headers }
  }

  /** As a person does: to the page where the redirects end. */
  async open(address: string | URL, init: RequestInit = {}): Promise<Page> {
    this.hops = []
    let page = await this.step(address, init)
    while (page.headers.has('Location')) {
      this.hops.push(page.url.href)
      if (this.hops.length > HOPS_MAX)
        throw new Error(`too many redirects: ${this.hops.join('\n')}`)
      page = await this.step(new URL(page.headers.get('Location') ?? '', page.url))
    }
    this.hops.push(page.url.href)
    return page
  }

  /** Follows redirects until the next address begins with this; that one is not asked. */
  async openUntil(stop: string, address: string | URL, init: RequestInit = {}): Promise<string> {
    let page = await this.step(address, init)
    for (let hop = 0; hop < HOPS_MAX && page.headers.has('Location'); hop += 1) {
      const next = new URL(page.headers.get('Location') ?? '', page.url)
      if (next.href.startsWith(stop)) return next.href
      page = await this.step(next)
    }
    throw new Error(`never came to ${stop}: ${page.status} ${page.url.href}`)
  }

  /** Fills in the form with this button and presses it. */
  press(page: Page, button: string, fields: Record<string, string> = {}): Promise<Page> {
    return this.open(...formOf(page, button, fields))
  }

  private header(path: string): string {
    return [...this.cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
  }

  private keep(line: string, url: URL): void {
    const [pair = '', ...flags] = line.split('; ')
    const end = pair.indexOf('=')
    const name = pair.slice(0, end)
    const value = pair.slice(end + 1)
    const path = /path=([^;]+)/i.exec(line)?.[1] ?? url.pathname
    const gone = /max-age=0/i.test(line) || /expires=thu, 01 jan 1970/i.test(line)
    if (gone) this.cookies.delete(name)
    else this.cookies.set(name, { value, path, flags: flags.join('; ') })
  }
}

/** The request that pressing this button sends. */
export function formOf(
  page: Page,
  button: string,
  fields: Record<string, string> = {},
): [URL, RequestInit] {
  const forms = page.text.match(/<form[\s\S]*?<\/form>/g) ?? []
  const form = forms.find((one) => new RegExp(`<button[^>]*>\\s*${button}\\s*</button>`).test(one))
  if (!form) throw new Error(`no button ${button} on ${page.url.href}: ${page.text.slice(0, 3000)}`)
  const body = new URLSearchParams()
  for (const [input] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    body.set(/name="([^"]*)"/.exec(input)?.[1] ?? '', /value="([^"]*)"/.exec(input)?.[1] ?? '')
  }
  const pressed = new RegExp(`<button([^>]*)>\\s*${button}\\s*</button>`).exec(form)?.[1] ?? ''
  const name = /name="([^"]*)"/.exec(pressed)?.[1]
  if (name) body.set(name, /value="([^"]*)"/.exec(pressed)?.[1] ?? '')
  for (const [key, value] of Object.entries(fields)) body.set(key, value)
  const action = /action="([^"]*)"/.exec(form)?.[1] ?? page.url.href
  return [new URL(action, page.url), { method: 'POST', body }]
}
