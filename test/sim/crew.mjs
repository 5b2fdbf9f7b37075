/** Threads that share the seeds of one bundle between them. */
import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/**
 * Plays `count` seeds from `from` on and hands each result to `hear`; stops early where that
 * answers false. `trace` prints every line of the run.
 */
export async function play({ module, from, count, steps, trace = false }, hear) {
  const threads = Math.max(1, Math.min(availableParallelism(), count))
  let next = from
  let going = true
  const crew = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL('worker.mjs', import.meta.url), {
      workerData: { module: pathToFileURL(module).href },
    })
    const done = new Promise((resolve, reject) => {
      worker.on('error', reject)
      worker.on('message', (result) => {
        if (result !== 'ready' && hear(result) === false) going = false
        if (!going || next >= from + count) return resolve()
        worker.postMessage({ seed: next, steps, trace }, [])
        next += 1
      })
    })
    return { worker, done }
  })
  try {
    await Promise.all(crew.map(({ done }) => done))
  } finally {
    await Promise.all(crew.map(({ worker }) => worker.terminate()))
  }
}
