/** The product's adapters for text messages and the registry, against the portal and bad ones. */
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { fetchRegistryEntry } from '../../src/platform/registry.ts'
import { sendSms } from '../../src/platform/sms.ts'
import cast from '../demo/cast.json' with { type: 'json' }
import { startPortal } from './portal.mjs'

const TOKENS = { sms: 'sms-token', registry: 'registry-token' }
const YUNSHAN = '91330106MA2DEM017U'
const WEIGUANG = '91330203MA2DEM025G'
const ENTRY = {
  uscc: YUNSHAN,
  name: '杭州演示云杉传感科技有限公司',
  legal_representative: '沈云舟',
  address: '西湖区文三路 800 号演示大厦 12 层',
  county: '330106',
  established: '2019-03-18',
  industry: '仪器仪表制造业',
  registered_capital_fen: 500_000_000,
  status: '存续',
}

let portal: Awaited<ReturnType<typeof startPortal>>
const servers: Server[] = []

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  portal = await startPortal({ port: 0, clients: [], cast, tokens: TOKENS })
})
afterAll(async () => {
  for (const server of servers) server.closeAllConnections()
  await portal.close()
})

/** A server that answers everything in its own way; answers its address. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const registry = (url: string, uscc = YUNSHAN, token = TOKENS.registry) =>
  fetchRegistryEntry({ REGISTRY_URL: `${url}/registry`, REGISTRY_TOKEN: token }, uscc)
const sms = (url: string, token = TOKENS.sms) =>
  sendSms({ SMS_URL: `${url}/sms`, SMS_TOKEN: token }, '13900000001', '您的创新券已确认')

const BAD: readonly [how: string, answer: RequestListener][] = [
  ['an error', (_req, res) => res.writeHead(500).end()],
  ['no JSON', (_req, res) => res.writeHead(200).end('<html>')],
  ['another shape', (_req, res) => res.end(JSON.stringify({ ...ENTRY, county: '西湖' }))],
  ['another legal person', (_req, res) => res.end(JSON.stringify({ ...ENTRY, uscc: WEIGUANG }))],
]

describe('the registry', () => {
  test('tells what a legal person is registered with', async () => {
    const found = await registry(portal.url)
    expect(found).toMatchObject({ ok: true, value: ENTRY })
  })

  test.each([...cast.enterprises, ...cast.carriers])(
    'knows $name',
    async ({ uscc, name, county }) => {
      expect(await registry(portal.url, uscc)).toMatchObject({ ok: true, value: { name, county } })
    },
  )

  test.each([
    ['a code nobody has', '91330106MA2DEM050A'],
    ['no credit code at all', '../../sms'],
  ])('does not know %s', async (_what, uscc) => {
    expect(await registry(portal.url, uscc)).toMatchObject({ ok: false, code: 'not_in_registry' })
  })

  test.each(BAD)('that answers with %s counts as out of reach', async (_how, answer) => {
    const url = await serve(answer)
    expect(await registry(url)).toMatchObject({ ok: false, code: 'registry_unavailable' })
  })

  test('that sends us elsewhere is not followed there', async () => {
    const elsewhere = await serve((_req, res) => res.end(JSON.stringify(ENTRY)))
    const url = await serve((_req, res) => res.writeHead(302, { Location: elsewhere }).end())
    expect(await registry(url)).toMatchObject({ ok: false, code: 'registry_unavailable' })
  })

  test('that refuses our token, or is not there, counts as out of reach', async () => {
    const refused = { ok: false, code: 'registry_unavailable' }
    expect(await registry(portal.url, YUNSHAN, 'wrong')).toMatchObject(refused)
    expect(await registry('http://127.0.0.1:9')).toMatchObject(refused)
  })
})

describe('a text message', () => {
  test('arrives in the inbox, newest first', async () => {
    expect(await sms(portal.url)).toEqual({ ok: true, value: true })
    const inbox = await fetch(`${portal.url}/sms`, { headers: { Accept: 'application/json' } })
    expect(await inbox.json()).toMatchObject([{ phone: '13900000001', text: '您的创新券已确认' }])
    expect(await (await fetch(`${portal.url}/sms`)).text()).toContain('您的创新券已确认')
  })

  test('is refused without the token, and by a gateway that is away or redirects', async () => {
    const refused = { ok: false, code: 'sms_unavailable' }
    expect(await sms(portal.url, 'wrong')).toMatchObject(refused)
    expect(await sms('http://127.0.0.1:9')).toMatchObject(refused)
    const elsewhere = await serve((_req, res) => res.writeHead(202).end())
    const away = await serve((_req, res) => res.writeHead(307, { Location: elsewhere }).end())
    expect(await sms(away)).toMatchObject(refused)
  })
})

test('neither waits longer than five seconds', async () => {
  const silent = await serve(() => {})
  const began = Date.now()
  const [entry, message] = await Promise.all([registry(silent), sms(silent)])
  expect([entry.ok, message.ok]).toEqual([false, false])
  expect(Date.now() - began).toBeLessThan(7_000)
})
