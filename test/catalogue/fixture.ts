/** The cast's carriers with their bureaus, and the people who look after them. */
import { env } from 'cloudflare:workers'
import { commit, dbOf } from '../../src/platform/db.ts'
import { insertBureau } from '../../src/policy/client.ts'
import { carrierIdOf, seedCast } from '../demo/seed-catalogue.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'

export const db = dbOf(env)
export const ZHIJIAN = carrierIdOf('zhijian')

const NAMES = {
  wu: 'wu',
  sun: 'sun',
  xihu: 'xihu-review',
  haishu: 'haishu-review',
  province: 'province-admin',
  auditor: 'province-audit',
} as const
export type People = Record<keyof typeof NAMES, SignedIn>

/** Bureaus in 西湖区 and of the province; 海曙区 and 温州 have none of their own. */
export async function setUp(): Promise<People> {
  await commit(db, seedCast(db, Date.UTC(2026, 0, 1)))
  await commit(db, [
    insertBureau(db, { region: '330106', name: '杭州市西湖区科技局' }),
    insertBureau(db, { region: '330000', name: '浙江省科技厅' }),
  ])
  const signed = Object.entries(NAMES).map(async ([key, who]) => [key, await signInAs(env, who)])
  return Object.fromEntries(await Promise.all(signed)) as People
}

/** What a form sends; a field may be sent several times. */
export type Fields = Readonly<Record<string, string | File | readonly string[]>>

export function post(path: string, fields: Fields, { cookie }: SignedIn): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields))
    for (const one of Array.isArray(value) ? value : [value]) body.append(name, one as string)
  return send('POST', path, { cookie, body })
}

export async function html(path: string, { cookie }: SignedIn): Promise<string> {
  return (await send('GET', path, { cookie })).text()
}

/** What a form was rendered from. */
export function seenIn(page: string): string {
  return /name="seen" value="([^"]*)"/.exec(page)?.[1] ?? ''
}
