/** A thread of the simulation: plays the seeds it is given, one after another. */
import { parentPort, workerData } from 'node:worker_threads'

const { run } = await import(workerData.module)
// A thread's port is no window: it has no origin to name.
const say = parentPort.postMessage.bind(parentPort)

parentPort.on('message', (order) => void play(order))
say('ready')

async function play({ seed, steps, trace }) {
  const tell = trace ? (line) => process.stdout.write(`${line}\n`) : undefined
  say(await run(seed, steps, tell))
}
