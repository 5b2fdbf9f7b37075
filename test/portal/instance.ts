/** The built Worker and the portal on free ports, for tests of what they share. */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, buildWorker, freePort, startWorker } from '../demo/runtime.mjs'
import cast from '../demo/cast.json' with { type: 'json' }
import { startPortal } from './portal.mjs'

const SECRETS = {
  SESSION_KEY: 'a test session key of more than thirty-two characters',
  OIDC_LEGAL_SECRET: 'legal-secret-of-the-tests',
  OIDC_STAFF_SECRET: 'staff-secret-of-the-tests',
  SMS_TOKEN: 'sms-token-of-the-tests',
  REGISTRY_TOKEN: 'registry-token-of-the-tests',
}

export type Instance = {
  origin: string
  portal: string
  secrets: typeof SECRETS
  /** Rows of one D1 query. */
  rows: (query: string) => Promise<Record<string, unknown>[]>
  stopPortal: () => Promise<void>
  /** The portal as after a restart: it has forgotten who was signed in. */
  startPortal: () => Promise<void>
  stop: () => Promise<void>
}

export async function startInstance(): Promise<Instance> {
  const folder = await mkdtemp(join(tmpdir(), 'voucher-portal-'))
  const [port, portalPort] = [await freePort(), await freePort()]
  const origin = `http://127.0.0.1:${port}`
  const issuer = `http://127.0.0.1:${portalPort}`
  const clients = [
    { kind: 'legal', id: 'voucher-legal', secret: SECRETS.OIDC_LEGAL_SECRET, origin },
    { kind: 'staff', id: 'voucher-staff', secret: SECRETS.OIDC_STAFF_SECRET, origin },
  ]
  const tokens = { sms: SECRETS.SMS_TOKEN, registry: SECRETS.REGISTRY_TOKEN }
  const start = () => startPortal({ port: portalPort, clients, cast, tokens })
  let portal = await start()
  const vars = { ...SECRETS, ORIGIN: origin, OIDC_ISSUER: issuer, DEMO: '0' }
  const worker = await startWorker({
    script: await buildWorker('src/index.ts', join(folder, 'worker')),
    vars: { ...vars, SMS_URL: `${issuer}/sms`, REGISTRY_URL: `${issuer}/registry` },
    state: join(folder, 'state'),
    port,
  })
  const db = await worker.getD1Database('DB')
  for (const statement of await migrations()) await db.prepare(statement).run()
  return {
    origin,
    portal: issuer,
    secrets: SECRETS,
    rows: async (query) => (await db.prepare(query).all()).results,
    stopPortal: () => portal.close(),
    startPortal: async () => {
      portal = await start()
    },
    stop: async () => {
      await worker.dispose()
      await portal.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function migrations(): Promise<string[]> {
  const folder = join(ROOT, 'migrations/d1')
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted()
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.flatMap((text) => text.split('--> statement-breakpoint')).filter((one) => one.trim())
}
