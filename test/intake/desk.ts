/** People at the pages of imports: they upload, look, and press. */
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import { SERVICE_HEAD, serviceRows, settle } from './fixture.ts'
import type { Sheet } from './fixture.ts'

export async function ask(who: string, method: 'GET' | 'POST', path: string, body?: FormData) {
  const { cookie } = await signInAs(env, who)
  const answer = await send(method, path, { cookie, ...(body ? { body } : {}) })
  return { status: answer.status, to: answer.headers.get('Location') ?? '', answer }
}

export function formOf(fields: Readonly<Record<string, string | File>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

/** Uploads and lets the job read; answers the path of the import. */
export async function upload(
  who: string,
  desk: string,
  kind: string,
  content: Blob,
  name = '服务.csv',
) {
  const id = newId()
  const file = new File([content], name)
  const sent = await ask(who, 'POST', `/${desk}/imports`, formOf({ kind, key: id, file }))
  expect([sent.status, sent.to]).toEqual([303, `/${desk}/imports/${id}`])
  await settle(id)
  return { id, path: sent.to }
}

export async function textOf(who: string, path: string): Promise<string> {
  return (await ask(who, 'GET', path)).answer.text()
}

export const fresh = (mark: string, rows = 2): Sheet => [
  SERVICE_HEAD,
  ...serviceRows(rows).map(([name, ...rest]) => [`${name} ${mark}`, ...rest]),
]
