/**
 * `npm run faults -- --sequences 300`: histories of thirty commands through the real objects in
 * workerd, with faults at every binding, at length; the short form runs with all tests.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ROOT, underOwnNode } from '../demo/first.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
const { values } = parseArgs({ options: { sequences: { type: 'string', default: '300' } } })
const words = ['run', '--config', 'test/vitest.config.ts', '--project', 'workers', 'test/fault']
const { status } = spawnSync('vitest', words, {
  cwd: ROOT,
  env: { ...process.env, FAULT_SEQUENCES: String(Number(values.sequences)) },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
