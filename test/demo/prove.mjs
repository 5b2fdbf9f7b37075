/**
 * `npm run prove`: every book sums to zero, every event chain verifies, D1 holds what the ledgers
 * do, and what was archived of them at night is as it was written. Reads the state of this machine;
 * the instance must not be running.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT, underOwnNode } from './first.mjs'

/** Starts the prover on a folder of state and answers one proof for each enterprise. */
export async function prove(state, vars) {
  return (await proveAll(state, vars)).ledgers
}

/** The same with the proof of the archives beside it. */
async function proveAll(state, vars) {
  const { buildWorker, startWorker } = await import('./runtime.mjs')
  const script = await buildWorker('test/demo/prove-worker.ts', join(ROOT, 'dist/prove'))
  const mf = await startWorker({ script, vars, state })
  const ask = async (path) => {
    const answer = await mf.dispatchFetch(`http://prove.invalid${path}`)
    if (!answer.ok) throw new Error(`The proof failed: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  try {
    return { ledgers: await ask('/'), archives: await ask('/archives') }
  } finally {
    await mf.dispose()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await underOwnNode(fileURLToPath(import.meta.url))
  const { migrate, secretsOf, STATE } = await import('./runtime.mjs')
  await migrate(STATE)
  const { ledgers, archives } = await proveAll(STATE, secretsOf())
  for (const { enterprise, seq, hash, problems } of ledgers) {
    console.log(`${problems.length === 0 ? '✓' : '✗'} ${enterprise} ${seq} events, head ${hash}`)
    for (const problem of problems) console.log(`    ${problem}`)
  }
  const broken = ledgers.filter(({ problems }) => problems.length > 0).length
  console.log(`${ledgers.length - broken} ledgers sound, ${broken} broken`)
  for (const problem of archives.problems) console.log(`✗ ${problem}`)
  console.log(`${archives.archives} archives and ${archives.roots} nights read anew`)
  process.exitCode = broken + archives.problems.length > 0 ? 1 : 0
}
