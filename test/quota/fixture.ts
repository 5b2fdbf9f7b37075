/** 西湖区 and 海曙区 with their policies, their enterprises registered, and pages as text. */
import { env } from 'cloudflare:workers'
import { commit, dbOf } from '../../src/platform/db.ts'
import { seedBureaus } from '../demo/seed-bureaus.ts'
import { register } from '../demo/seed-enterprises.ts'
import { send } from '../support/routes.ts'
import type { SignedIn } from '../support/sign-in.ts'

export async function openCounties(): Promise<void> {
  const db = dbOf(env)
  const at = Date.now() - 60_000
  await commit(db, seedBureaus(db, at))
  const when = { at, approved_at: at, bound: true }
  await register(env, { key: 'yunshan', reviewer: 'xihu-review', ...when })
  await register(env, { key: 'weiguang', reviewer: 'haishu-review', ...when })
}

/** A page's status and its text, tags and runs of blanks folded away; `html` is as sent. */
export type Page = { status: number; location: string | null; html: string; text: string }

export async function get(who: SignedIn | null, path: string): Promise<Page> {
  return pageOf(await send('GET', path, who ? { cookie: who.cookie } : {}))
}

export async function post(
  who: SignedIn,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<Page> {
  const body = new URLSearchParams(fields)
  return pageOf(await send('POST', path, { cookie: who.cookie, body }))
}

async function pageOf(response: Response): Promise<Page> {
  const html = await response.text()
  const text = html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', "'")
  return { status: response.status, location: response.headers.get('Location'), html, text }
}

/** The value of a hidden field. */
export function hidden({ html }: Page, name: string): string {
  const [, value] = new RegExp(`name="${name}" value="([^"]*)"`).exec(html) ?? []
  if (value === undefined) throw new Error(`the page has no field ${name}`)
  return value
}

/** The fields of the claim form as they were rendered, with an amount typed in. */
export async function claimForm(who: SignedIn, region: string, amount: string) {
  const shown = await get(who, '/enterprise/quota/claim')
  return { region, amount, key: hidden(shown, 'key'), year: hidden(shown, 'year') }
}

export async function claim(who: SignedIn, region: string, amount: string): Promise<Page> {
  return post(who, '/enterprise/quota/claim', await claimForm(who, region, amount))
}
