/** Live pages: hints reach every open socket of their channel, after sleep and absence too. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { describe, expect, test, vi } from 'vitest'
import { carriers } from '../../src/catalogue/tables.ts'
import { channelOf, cursorOf, dismiss, announce } from '../../src/live/client.ts'
import type { Channel } from '../../src/live/object.ts'
import {
  CLOSE_RENEW,
  HINTS_MAX,
  HINT_LIFE_MS,
  MIRROR_LAG_MS,
  REPLAY_MAX,
  SOCKET_LIFE_MS,
} from '../../src/live/rules.ts'
import type { Hint, LiveMessage } from '../../src/live/rules.ts'
import { dbOf } from '../../src/platform/db.ts'
import { PEOPLE } from '../support/cast.ts'
import { signInAs } from '../support/sign-in.ts'
import type { Who } from '../support/sign-in.ts'

const ZHIJIAN = '01900000-0000-7000-8000-00000000c001'
const HERE = 'http://voucher.test'

/** An open page: what it heard, and how it was closed. */
type Page = { socket: WebSocket; heard: LiveMessage[]; closed: number[] }

async function connect(who: Who, since: number, headers: Record<string, string> = {}) {
  const { cookie } = await signInAs(env, who)
  return exports.default.fetch(`${HERE}/account/live?since=${since}`, {
    headers: { Upgrade: 'websocket', Origin: HERE, Cookie: cookie, ...headers },
    redirect: 'manual',
  })
}

async function open(who: Who, since: number): Promise<Page> {
  const answer = await connect(who, since)
  if (!answer.webSocket) throw new Error(`no socket: ${answer.status}`)
  return listen(answer.webSocket)
}

function listen(socket: WebSocket): Page {
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

async function admitZhijian(): Promise<string> {
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

function stubOf(channel: string) {
  return (env.CHANNEL as DurableObjectNamespace<Channel>).getByName(channel)
}

/** Where the channel stands this moment; a page's own cursor lies a little further back. */
async function cursorAt(channel: string): Promise<number> {
  await cursorOf(env, channel)
  return runInDurableObject(stubOf(channel), (_object: Channel, state) => {
    const query = 'SELECT coalesce(max(cursor), 0) AS last FROM hints'
    return state.storage.sql.exec<{ last: number }>(query).one().last
  })
}

function hintOf(id: string): Hint {
  return { topic: 'voucher', enterprise: 'enterprise-of-lin', id }
}

const ids = (page: Page) => page.heard.map((one) => ('hint' in one ? one.hint.id : 'reset'))
const until = (check: () => void) => vi.waitFor(check, { timeout: 2000, interval: 5 })

describe('the desk of a carrier', () => {
  test('hears of a voucher in every open window', async () => {
    const channel = await admitZhijian()
    const cursor = await cursorAt(channel)
    const pages = [await open('wu', cursor), await open('wu', cursor)]
    await announce(env, [channel], hintOf('first'))
    for (const page of pages) {
      await until(() => expect(page.heard).toEqual([{ cursor: cursor + 1, hint: hintOf('first') }]))
    }
  })

  test('hears of it after the channel hibernated, within a second', async () => {
    const channel = await admitZhijian()
    const page = await open('wu', await cursorAt(channel))
    await evictDurableObject(stubOf(channel))
    const begun = performance.now()
    await announce(env, [channel], hintOf('after sleep'))
    await until(() => expect(ids(page)).toEqual(['after sleep']))
    expect(performance.now() - begun).toBeLessThan(1000)
  })

  test('hears what it missed while it was closed, each thing once and in order', async () => {
    const channel = await admitZhijian()
    const cursor = await cursorAt(channel)
    for (const id of ['one', 'two', 'one']) await announce(env, [channel], hintOf(id))
    const page = await open('wu', cursor)
    await until(() => expect(ids(page)).toEqual(['two', 'one']))
    const again = await open('wu', cursor + 3)
    await announce(env, [channel], hintOf('three'))
    await until(() => expect(ids(again)).toEqual(['three']))
    expect(page.heard.at(-1)).toEqual({ cursor: cursor + 4, hint: hintOf('three') })
  })

  test('hears again what its list, which trails the ledger, may not have shown', async () => {
    const channel = await admitZhijian()
    await passTime(channel, MIRROR_LAG_MS + 1000)
    const before = await cursorAt(channel)
    await announce(env, [channel], hintOf('just before the page was made'))
    expect(await cursorOf(env, channel)).toBe(before)
    expect(ids(await heardBy('wu', before))).toEqual(['just before the page was made'])
    await passTime(channel, MIRROR_LAG_MS + 1000)
    expect(await cursorOf(env, channel)).toBe(before + 1)
  })

  test('answers a ping without a word to anybody else', async () => {
    const channel = await admitZhijian()
    const answer = await connect('wu', await cursorAt(channel))
    const said: string[] = []
    answer.webSocket?.addEventListener('message', (event) => {
      said.push(String(event.data))
    })
    answer.webSocket?.accept()
    answer.webSocket?.send('ping')
    await until(() => expect(said).toEqual(['pong']))
  })
})

describe('a page that missed too much reads its list anew', () => {
  test('because more than fifty things changed', async () => {
    const channel = await admitZhijian()
    const cursor = await cursorAt(channel)
    for (let at = 0; at <= REPLAY_MAX; at += 1) await announce(env, [channel], hintOf(`n${at}`))
    const page = await open('wu', cursor)
    const last = cursor + REPLAY_MAX + 1
    await until(() => expect(page.heard).toEqual([{ cursor: last, reset: true }]))
  })

  test('because its cursor is from before what is kept', async () => {
    const channel = await admitZhijian()
    const cursor = await cursorAt(channel)
    await runInDurableObject(stubOf(channel), (object: Channel) => {
      for (let at = 0; at <= HINTS_MAX; at += 1) object.announce(hintOf('the same'))
    })
    expect(ids(await heardBy('wu', cursor))).toEqual(['reset'])
    expect(ids(await heardBy('wu', cursor + 1))).toEqual(['the same'])
  })

  test('because its cursor is from another life of the channel', async () => {
    const channel = await admitZhijian()
    expect(ids(await heardBy('wu', (await cursorAt(channel)) + 1000))).toEqual(['reset'])
  })

  test('because nobody listened for eight days and nothing was kept', async () => {
    const channel = await admitZhijian()
    const cursor = await cursorAt(channel)
    const page = await open('wu', cursor)
    await passTime(channel, HINT_LIFE_MS + 2 * 86_400_000)
    await announce(env, [channel], hintOf('unheard'))
    await until(() => expect(page.closed).toEqual([CLOSE_RENEW]))
    expect(page.heard).toEqual([])
    expect(ids(await heardBy('wu', cursor))).toEqual(['reset'])
  })
})

describe('who may listen', () => {
  test('each actor hears the one channel that is theirs', async () => {
    const person = { account: 'a', name: 'n' }
    expect(channelOf({ role: 'enterprise', enterprise: 'e', ...person })).toBe('enterprise:e')
    expect(channelOf({ role: 'carrier', carrier: 'c', ...person })).toBe('carrier:c')
    expect(channelOf({ role: 'bureau', region: '330106', staff: [], ...person })).toBe(
      'bureau:330106',
    )
  })

  test('another channel cannot be asked for', async () => {
    const channel = await admitZhijian()
    const lin = await signInAs(env, 'lin')
    const own = await cursorAt(`enterprise:${lin.enterprise}`)
    const tried = `${own}&channel=${channel}&account=wu`
    const answer = await connect('lin', tried as unknown as number)
    const page = listen(answer.webSocket as WebSocket)
    await announce(env, [channel], hintOf('for the carrier'))
    await announce(env, [`enterprise:${lin.enterprise}`], hintOf('for Lin'))
    await until(() => expect(ids(page)).toEqual(['for Lin']))
  })

  test('the city and the province hear what their county hears', async () => {
    const page = await open('hangzhou-review', await cursorAt('bureau:330100'))
    const other = await open('haishu-review', await cursorAt('bureau:330203'))
    await announce(env, ['bureau:330106'], hintOf('of Xihu'))
    await until(() => expect(ids(page)).toEqual(['of Xihu']))
    expect(other.heard).toEqual([])
  })

  test.each([
    ['a stranger is sent to sign in', { Cookie: '' }, 303],
    ['a page of another site is refused', { Origin: 'https://elsewhere.example' }, 403],
    ['a request that is no upgrade is refused', { Upgrade: '' }, 426],
  ])('%s', async (_, headers, status) => {
    await admitZhijian()
    expect((await connect('wu', 0, headers)).status).toBe(status)
  })

  test('a request without an origin is refused', async () => {
    const { cookie } = await signInAs(env, 'lin')
    const answer = await exports.default.fetch(`${HERE}/account/live?since=0`, {
      headers: { Upgrade: 'websocket', Cookie: cookie },
    })
    expect(answer.status).toBe(403)
  })

  test('a cursor that is no number is refused', async () => {
    const answer = await connect('lin', 'x' as unknown as number)
    expect(answer.status).toBe(400)
  })
})

describe('a session that ends', () => {
  test('closes its sockets when it is dismissed', async () => {
    const channel = await admitZhijian()
    const page = await open('wu', await cursorAt(channel))
    const { account } = await signInAs(env, 'wu')
    await dismiss(env, channel, 'somebody else')
    await dismiss(env, channel, account)
    await until(() => expect(page.closed).toEqual([CLOSE_RENEW]))
  })

  test('hears nothing more once its socket is a quarter of an hour old', async () => {
    const channel = await admitZhijian()
    const cursor = await cursorAt(channel)
    const page = await open('wu', cursor)
    await passTime(channel, SOCKET_LIFE_MS + 1000)
    await announce(env, [channel], hintOf('too late'))
    await until(() => expect(page.closed).toEqual([CLOSE_RENEW]))
    expect(page.heard).toEqual([])
    expect(ids(await heardBy('wu', cursor))).toEqual(['too late'])
  })
})

test('an announcement never fails its caller', async () => {
  const broken = { getByName: () => ({ announce: () => Promise.reject(new Error('gone')) }) }
  const nowhere = { CHANNEL: broken as unknown as DurableObjectNamespace }
  await expect(announce(nowhere, ['carrier:x'], hintOf('x'))).resolves.toBeUndefined()
  expect(await cursorOf(nowhere, 'carrier:x')).toBe(0)
})

/** What a page that comes with this cursor hears first. */
async function heardBy(who: Who, since: number): Promise<Page> {
  const page = await open(who, since)
  await until(() => expect(page.heard.length).toBeGreaterThan(0))
  return page
}

/** Makes everything a channel remembers older than it is. */
async function passTime(channel: string, ms: number): Promise<void> {
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
