/**
 * Starts the portal from the environment: PORTAL_PORT (8788), the product's address as ORIGIN or by
 * PORT (8787), and the secrets that the product holds under the same names.
 */
import { readFile } from 'node:fs/promises'
import { startPortal } from './portal.mjs'

const { env } = process
const origin = env.ORIGIN ?? `http://127.0.0.1:${env.PORT ?? 8787}`
const cast = JSON.parse(await readFile(new URL('../demo/cast.json', import.meta.url), 'utf8'))

const portal = await startPortal({
  port: Number(env.PORTAL_PORT ?? 8788),
  cast,
  clients: [
    {
      kind: 'legal',
      id: env.OIDC_LEGAL_CLIENT ?? 'voucher-legal',
      secret: secret('OIDC_LEGAL_SECRET'),
      origin,
    },
    {
      kind: 'staff',
      id: env.OIDC_STAFF_CLIENT ?? 'voucher-staff',
      secret: secret('OIDC_STAFF_SECRET'),
      origin,
    },
  ],
  tokens: { sms: secret('SMS_TOKEN'), registry: secret('REGISTRY_TOKEN') },
})
console.log(`portal ready ${portal.url}`)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => void portal.close().then(() => process.exit(0)))
}

/** @param {string} name */
function secret(name) {
  const value = env[name]
  if (value) return value
  console.error(`portal: the environment must hold ${name}`)
  process.exit(1)
}
