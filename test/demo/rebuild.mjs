/**
 * `npm run rebuild`: empties D1's mirror of the ledgers and makes it anew from them, enterprise by
 * enterprise, then proves everything. Works on the state of this machine; the instance must not be
 * running. A run that was cut is simply run again.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT, underOwnNode } from './first.mjs'

/** Rebuilds a folder of state; answers the rows before and after, and a proof for each ledger. */
export async function rebuild(state, vars) {
  const { buildWorker, startWorker } = await import('./runtime.mjs')
  const script = await buildWorker('test/demo/rebuild-worker.ts', join(ROOT, 'dist/rebuild'))
  const mf = await startWorker({ script, vars, state })
  const ask = async (path) => {
    const answer = await mf.dispatchFetch(`http://rebuild.invalid${path}`)
    if (!answer.ok) throw new Error(`The rebuild failed: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  try {
    const before = await ask('/counts')
    let rebuilt = 0
    for (let after = ''; after !== null;) {
      const page = await ask(`/?after=${encodeURIComponent(after)}`)
      rebuilt += page.rebuilt
      after = page.after
    }
    return { before, rebuilt, after: await ask('/counts'), proofs: await ask('/proofs') }
  } finally {
    await mf.dispose()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await underOwnNode(fileURLToPath(import.meta.url))
  const { migrate, secretsOf, STATE } = await import('./runtime.mjs')
  await migrate(STATE)
  const { before, rebuilt, after, proofs } = await rebuild(STATE, secretsOf())
  for (const [table, rows] of Object.entries(after))
    console.log(`${table}: ${before[table]} rows before, ${rows} now`)
  const broken = proofs.filter(({ problems }) => problems.length > 0)
  for (const { enterprise, problems } of broken) console.log(`✗ ${enterprise}: ${problems}`)
  console.log(`${rebuilt} enterprises rebuilt, ${proofs.length - broken.length} ledgers agree`)
  process.exitCode = broken.length > 0 ? 1 : 0
}
