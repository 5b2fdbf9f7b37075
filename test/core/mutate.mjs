/**
 * `npm run mutate`: every mutant Stryker makes of the pure core, against its tests. Fails under a
 * score of 85; the report of each mutant lies in dist/mutation.json.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ROOT, underOwnNode } from '../demo/first.mjs'

await underOwnNode(fileURLToPath(import.meta.url))
// The model runs again for most of the mutants: a short form of it is enough beside the tables.
const env = { ...process.env, MODEL_SEQUENCES: '200' }
const words = ['run', 'test/core/stryker.config.json', ...process.argv.slice(2)]
const { status } = spawnSync('stryker', words, { cwd: ROOT, env, stdio: 'inherit' })
process.exitCode = status ?? 1
