/**
 * `npm start`: everything a fresh clone needs, then the demonstration on http://127.0.0.1:8787 with
 * the portal on 8788. PORT and PORTAL_PORT move them; `--reset` begins with fresh data.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { underOwnNode } from './first.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
const { buildAll, readyState, startInstance, varsFor } = await import('./instance.mjs')
const { expectFree, startClock } = await import('./runtime.mjs')

await start().catch(({ message }) => {
  console.error(message)
  process.exit(1)
})

async function start() {
  const port = Number(process.env.PORT ?? 8787)
  const portalPort = Number(process.env.PORTAL_PORT ?? port + 1)
  await expectFree({ PORT: port, PORTAL_PORT: portalPort })
  const vars = varsFor({ port, portalPort })
  const reset = process.argv.includes('--reset')
  const [script] = await Promise.all([buildAll(), readyState(vars, { reset })])
  const { portal, worker, stop } = await startInstance({ script, port, portalPort, vars })
  startClock(worker)
  const end = () => void stop().finally(() => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
  console.log(`Ready: ${vars.ORIGIN} · portal ${portal.url} · ${accounts()}`)
}

/** Who may sign in, by the door they use. */
function accounts() {
  const file = new URL('cast.json', import.meta.url)
  const { enterprises, carriers, bureaus } = JSON.parse(readFileSync(file, 'utf8'))
  const names = (list) => list.map(({ account }) => account).join(' ')
  const staff = names(bureaus.flatMap((bureau) => bureau.staff))
  return `企业 ${names(enterprises)} · 载体 ${names(carriers)} · 工作人员 ${staff} · 密码 Demo-2026`
}
