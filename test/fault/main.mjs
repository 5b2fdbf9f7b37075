/**
 * `npm run faults -- --sequences 300`: histories of thirty commands through the real objects in
 * workerd, with faults at every binding, at length; the short form runs with all tests.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ROOT, underOwnNode } from '../demo/first.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
const { values } = parseArgs({ options: { sequences: { type: 'string', default: '300' } } })
const words = ['run', '--config', 'test/vitest.config.ts', '--project', 'workers', 'test/fault']
const child = spawn('vitest', words, {
  cwd: ROOT,
  env: { ...process.env, FAULT_SEQUENCES: String(Number(values.sequences)) },
  stdio: ['inherit', 'pipe', 'pipe'],
})
// The runtime reports each death that was staged here, with its stack.
const STAGED = /^stack: |the object died|^Sourcemap for|NOSENTRY SQLite alarm/
for (const [stream, out] of [
  [child.stdout, process.stdout],
  [child.stderr, process.stderr],
])
  createInterface({ input: stream }).on('line', (line) => {
    if (!STAGED.test(line)) out.write(`${line}\n`)
  })
const [code] = await once(child, 'close')
process.exitCode = code ?? 1
