/**
 * What product code finds in place of the runtime's globals while it is simulated: timers and
 * clock of the world that runs, its chance, and a console that keeps only how often it was used.
 */
import type { World } from './world.ts'

/** Who set a timer: an object that has crashed since hears nothing of it. */
export type Owner = { readonly epoch: number; enter(): void }

let world: World | undefined

export function enterWorld(next: World | undefined): void {
  world = next
}

function here(): World {
  if (!world) throw new Error('no world is running')
  return world
}

export function simNow(): number {
  return here().wall()
}

export function simRandom(): number {
  return here().random.draw()
}

let timers = 0
const running = new Set<number>()

function setTimer(run: () => void, delay_ms = 0): number {
  const id = (timers += 1)
  const owner = here().turn as Owner | undefined
  const epoch = owner?.epoch
  running.add(id)
  here().after(delay_ms, () => {
    if (!running.delete(id) || owner?.epoch !== epoch) return
    owner?.enter()
    run()
  })
  return id
}

function clearTimer(id: number): void {
  running.delete(id)
}

export { setTimer as setTimeout, clearTimer as clearTimeout }

export const scheduler = { wait }

function wait(delay_ms: number, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimer(resolve, delay_ms)
    signal?.addEventListener('abort', () => {
      clearTimer(timer)
      reject(new Error('aborted'))
    })
  })
}

const silent = (name: string) => () => world?.count(name)

export const console = {
  log: silent('lines logged'),
  info: silent('lines logged'),
  warn: silent('warnings logged'),
  error: silent('errors logged'),
}
