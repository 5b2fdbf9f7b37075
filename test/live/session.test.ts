/** Who may listen, to what, and for how long. */
import { env, exports } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { announce, channelOf, cursorOf, dismiss } from '../../src/live/client.ts'
import { CLOSE_RENEW, SOCKET_LIFE_MS } from '../../src/live/rules.ts'
import { signInAs } from '../support/sign-in.ts'
import {
  HERE,
  admitZhijian,
  connect,
  cursorAt,
  heardBy,
  hintOf,
  ids,
  listen,
  open,
  passTime,
  until,
} from './fixture.ts'

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

  test('closes its sockets when its holder signs out', async () => {
    const channel = await admitZhijian()
    const page = await open('wu', await cursorAt(channel))
    const { cookie } = await signInAs(env, 'wu')
    const headers = { Cookie: cookie, Origin: HERE }
    const init: RequestInit = { method: 'POST', headers, redirect: 'manual' }
    expect((await exports.default.fetch(`${HERE}/logout`, init)).status).toBe(303)
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
