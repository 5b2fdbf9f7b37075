/** Live pages: hints reach every open socket of their channel, after sleep and absence too. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { announce, cursorOf, recentHints } from '../../src/live/client.ts'
import type { Channel } from '../../src/live/object.ts'
import {
  CLOSE_RENEW,
  HINTS_MAX,
  HINT_LIFE_MS,
  MIRROR_LAG_MS,
  REPLAY_MAX,
} from '../../src/live/rules.ts'
import {
  admitZhijian,
  connect,
  cursorAt,
  heardBy,
  HERE,
  hintOf,
  ids,
  listen,
  open,
  passTime,
  stubOf,
  until,
} from './fixture.ts'

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

  test('hears what was said a moment before anybody had ever come', async () => {
    await admitZhijian()
    const channel = 'bureau:331199'
    await announce(env, [channel], hintOf('submitted just now'))
    const at = Date.now() - MIRROR_LAG_MS
    expect(await recentHints(env, channel, at)).toEqual([hintOf('submitted just now')])
    const cursor = await cursorOf(env, channel)
    expect(await recentHints(env, channel, at)).toEqual([hintOf('submitted just now')])
    await announce(env, [channel], hintOf('then'))
    const upgraded = await stubOf(channel).fetch(`${HERE}/?since=${cursor}`, {
      headers: { Upgrade: 'websocket' },
    })
    if (!upgraded.webSocket) throw new Error('no socket')
    const page = listen(upgraded.webSocket)
    await until(() => expect(ids(page)).toEqual(['submitted just now', 'then']))
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
