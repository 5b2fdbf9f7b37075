/** 启航 and its registration as the tests send it, and the bureaus it may go to. */
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { commit, dbOf } from '../../src/platform/db.ts'
import { insertBureau } from '../../src/policy/client.ts'
import { bureaus } from '../../src/policy/tables.ts'
import {
  registration_reviews,
  registration_submissions,
  registrations,
} from '../../src/registration/tables.ts'
import { send } from '../support/routes.ts'
import type { SignedIn } from '../support/sign-in.ts'

export const PATH = '/enterprise/registration'
export const QUEUE = '/bureau/registrations'

export const QIHANG = {
  name: '杭州演示启航机器人有限公司',
  uscc: '91330106MA2DEM041C',
  legal_representative: '许启明',
  agent: '方若水',
  agent_phone: '13900000004',
  city: '330100',
  county: '330106',
}

/** Nobody has registered yet; Xihu, Hangzhou and the province have bureaus, Haishu has none. */
export async function startOver(): Promise<void> {
  const db = dbOf(env)
  await commit(db, [
    db.delete(registration_reviews),
    db.delete(registration_submissions),
    db.delete(registrations),
    db.delete(bureaus),
    insertBureau(db, { region: '330106', name: '西湖区科学技术局' }),
    insertBureau(db, { region: '330100', name: '杭州市科学技术局' }),
    insertBureau(db, { region: '330000', name: '浙江省科学技术厅' }),
  ])
}

/** Sends a form as its page would and follows nothing. */
export function post(
  who: SignedIn,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<Response> {
  return send('POST', path, { cookie: who.cookie, body: new URLSearchParams(fields) })
}

export async function read(who: SignedIn, path: string): Promise<string> {
  const answer = await send('GET', path, { cookie: who.cookie })
  return answer.text()
}

/** Opens the form and presses a button on it, with the hidden fields it came with. */
export async function press(
  who: SignedIn,
  button: 'save' | 'submit' | 'registry',
  typed: Readonly<Record<string, string>> = {},
  path: string = PATH,
): Promise<Response> {
  const opened = await read(who, path)
  return post(who, PATH, { ...QIHANG, ...hidden(opened), ...typed, do: button })
}

/** The hidden fields that name the version. */
export function hidden(html: string): { version: string; base: string } {
  return { version: valueOf(html, 'version'), base: valueOf(html, 'base') }
}

function valueOf(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
}

/** Submits and answers the version's id, as the address of the receipt names it. */
export async function submit(
  who: SignedIn,
  typed: Readonly<Record<string, string>> = {},
  path: string = PATH,
): Promise<string> {
  const answer = await press(who, 'submit', typed, path)
  const place = answer.headers.get('Location') ?? (await answer.text())
  const id = /versions\/([0-9a-f-]{36})\/receipt/.exec(place)?.[1]
  if (!id) throw new Error(`not submitted: ${answer.status} ${place}`)
  return id
}

/** The registry's answer, or its silence. */
export function registrySays(answer: object | 'down' | 'unknown'): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation(() =>
    answer === 'down'
      ? Promise.reject(new Error('connection refused'))
      : Promise.resolve(
          answer === 'unknown' ? new Response(null, { status: 404 }) : Response.json(answer),
        ),
  )
}

/** Presses one of the three verdicts on the review page. */
export function decide(who: SignedIn, id: string, verdict: string, reason = ''): Promise<Response> {
  return post(who, `${QUEUE}/${id}`, { verdict, reason })
}
