/**
 * One life of the Worker under chaos, the leader of a process group of its own: workerd is in it.
 * Says its address to the parent and dies with it.
 */
import { startWorker } from '../demo/runtime.mjs'

process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'))
const worker = await startWorker(JSON.parse(process.argv[2]))
process.send((await worker.ready).href)
