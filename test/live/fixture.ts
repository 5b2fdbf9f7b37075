/** Open pages of the cast: sockets through the Worker's own door, and time that passes. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { expect, vi } from 'vitest'
import { carriers } from '../../src/catalogue/tables.ts'
import { cursorOf } from '../../src/live/client.ts'
import type { Channel } from '../../src/live/object.ts'
import type { Hint, LiveMessage } from '../../src/live/rules.ts'
import { dbOf } from '../../src/platform/db.ts'
import { PEOPLE } from '../support/cast.ts'
import { signInAs } from '../support/sign-in.ts'
import type { Who } from '../support/sign-in.ts'

export const ZHIJIAN = '01900000-0000-7000-8000-00000000c001'
export const HERE = 'http://voucher.test'

/** An open page: what it heard, and how it was closed. */
export type Page = { socket: WebSocket; heard: LiveMessage[]; closed: number[] }

export async function connect(who: Who, since: number, headers: Record<string, string> = {}) {
  const { cookie } = await signInAs(env, who)
  return exports.default.fetch(`${HERE}/account/live?since=${since}`, {
    headers: { Upgrade: 'websocket', Origin: HERE, Cookie: cookie, ...headers },
    redirect: 'manual',
  })
}

export async function open(who: Who, since: number): Promise<Page> {
  const answer = await connect(who, since)
  if (!answer.webSocket) throw new Error(`no socket: ${answer.status}`)
  return listen(answer.webSocket)
}

export function listen(socket: WebSocket): Page {
  const page: Page = { socket, heard: [], closed: [] }
  socket.addEventListener('message', (event) => {
    page.heard.push(JSON.parse(String(event.data)) as LiveMessage)
  })
  socket.addEventListener('close', (event) => {
    page.closed.push(event.code)
  })
  socket.accept()
  return page
}

export async function admitZhijian(): Promise<string> {
  const { wu } = PEOPLE
  const row = {
    name: wu.unit,
    uscc: wu.uscc,
    county: '330106',
    address: '文三路',
    lng: 120,
    lat: 30,
  }
  const contact = { contact: wu.name, phone: '0571', legal_representative: '孟代表', intro: '' }
  await dbOf(env)
    .insert(carriers)
    .values({ id: ZHIJIAN, ...row, ...contact, admitted_at: 0 })
    .onConflictDoNothing()
  return `carrier:${ZHIJIAN}`
}

export function stubOf(channel: string) {
  return (env.CHANNEL as DurableObjectNamespace<Channel>).getByName(channel)
}

/** Where the channel stands this moment; a page's own cursor lies a little further back. */
export async function cursorAt(channel: string): Promise<number> {
  await cursorOf(env, channel)
  return runInDurableObject(stubOf(channel), (_object: Channel, state) => {
    const query = 'SELECT coalesce(max(cursor), 0) AS last FROM hints'
    return state.storage.sql.exec<{ last: number }>(query).one().last
  })
}

export function hintOf(id: string): Hint {
  return { topic: 'voucher', enterprise: 'enterprise-of-lin', id }
}

export const ids = (page: Page) => page.heard.map((one) => ('hint' in one ? one.hint.id : 'reset'))
export const until = (check: () => void) => vi.waitFor(check, { timeout: 2000, interval: 5 })

/** What a page that comes with this cursor hears first. */
export async function heardBy(who: Who, since: number): Promise<Page> {
  const page = await open(who, since)
  await until(() => expect(page.heard.length).toBeGreaterThan(0))
  return page
}

/** Makes everything a channel remembers older than it is. */
export async function passTime(channel: string, ms: number): Promise<void> {
  await runInDurableObject(stubOf(channel), (_object: Channel, state) => {
    state.storage.sql.exec('UPDATE hints SET at = at - ?', ms)
    state.storage.sql.exec('UPDATE audience SET until = until - ?', ms)
    for (const socket of state.getWebSockets()) {
      const { until: end } = socket.deserializeAttachment() as { until: number }
      socket.serializeAttachment({ until: end - ms })
    }
  })
  await evictDurableObject(stubOf(channel))
}
