/**
 * `npm run prove`: every book sums to zero, every event chain verifies, and D1 holds what the
 * ledgers do. Reads the state of this machine; the instance must not be running.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT, underOwnNode } from './first.mjs'

/** Starts the prover on a folder of state and answers one proof for each enterprise. */
export async function prove(state, vars) {
  const { buildWorker, startWorker } = await import('./runtime.mjs')
  const script = await buildWorker('test/demo/prove-worker.ts', join(ROOT, 'dist/prove'))
  const mf = await startWorker({ script, vars, state })
  try {
    const answer = await mf.dispatchFetch('http://prove.invalid/')
    if (!answer.ok) throw new Error(`The proof failed: ${answer.status} ${await answer.text()}`)
    return await answer.json()
  } finally {
    await mf.dispose()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await underOwnNode(fileURLToPath(import.meta.url))
  const { secretsOf, STATE } = await import('./runtime.mjs')
  const proofs = await prove(STATE, secretsOf())
  for (const { enterprise, seq, hash, problems } of proofs) {
    console.log(`${problems.length === 0 ? '✓' : '✗'} ${enterprise} ${seq} events, head ${hash}`)
    for (const problem of problems) console.log(`    ${problem}`)
  }
  const broken = proofs.filter(({ problems }) => problems.length > 0).length
  console.log(`${proofs.length - broken} ledgers sound, ${broken} broken`)
  process.exitCode = broken > 0 ? 1 : 0
}
