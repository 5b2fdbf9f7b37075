/**
 * `npm run deploy`: builds, brings the remote D1 to the current schema, and deploys. Schema first:
 * migrations only add, so the version that still runs does not mind them.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { underOwnNode } from './first.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
const { build } = await import('./build.mjs')
const { definitions } = await import('./static.mjs')
await build()
const steps = [
  ['d1', 'migrations', 'apply', 'DB', '--remote'],
  ['deploy', ...definitions()],
]
for (const words of steps) {
  const { status } = spawnSync('wrangler', words, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
