/**
 * Messages between people, objects and D1. Each may be lost either way, arrive twice, late or out
 * of order; what leaves an object waits for its commit, and an answer to a crashed one goes astray.
 */
import { MirrorDatabase } from './d1.ts'
import { Host } from './host.ts'
import type { Answered, ObjectClass } from './host.ts'
import type { World } from './world.ts'

/** Where the answer to a call goes. `reset` is what the caller hears of a crash. */
export type Reply = {
  resolve(value: unknown): void
  reject(error: unknown): void
  reset(): void
}

/** Looks at an object right after each of its commits. */
export type Audit = (host: Host, answered: readonly Answered[]) => void

/** An error as the platform marks it. */
class PassingError extends Error {
  constructor(
    message: string,
    readonly marks: { retryable?: boolean; overloaded?: boolean; durableObjectReset?: boolean },
  ) {
    super(message)
    Object.assign(this, marks)
  }
}

const STALL_MS_MIN = 35_000
const STALL_MS_MAX = 80_000
const NOBODY: Reply = { resolve() {}, reject() {}, reset() {} }

export class Network {
  readonly hosts = new Map<string, Host>()
  readonly mirror: MirrorDatabase
  audit: Audit = () => undefined

  constructor(
    readonly world: World,
    /** By the name of the binding. */
    private readonly classes: Readonly<Record<string, ObjectClass>>,
    schema: string,
  ) {
    this.mirror = new MirrorDatabase(world, schema)
  }

  /** The bindings as an object has them, or for a caller that is none: everything may be called. */
  envOf(owner: Host | undefined): Record<string, unknown> {
    const names = Object.keys(this.classes)
    const objects = names.map((binding) => [binding, this.namespaceOf(binding, owner)])
    return {
      ...Object.fromEntries(objects),
      CHANNEL: channels(this.world),
      DB: this.mirror.bindingFor(owner),
    }
  }

  hostOf(binding: string, name: string): Host {
    const made = this.classes[binding]
    if (!made) throw new Error(`no class is bound to ${binding}`)
    const host = this.hosts.get(name) ?? new Host(name, made, this, this.world)
    this.hosts.set(name, host)
    return host
  }

  close(): void {
    this.mirror.database.close()
    for (const { storage } of this.hosts.values()) storage.database.close()
  }

  private namespaceOf(binding: string, owner: Host | undefined): unknown {
    const stubOf = (name: string) =>
      new Proxy(
        {},
        {
          get: (_target, method) =>
            method === 'then'
              ? undefined
              : (...args: unknown[]) => this.call(binding, name, owner, String(method), args),
        },
      )
    return { getByName: stubOf, idFromName: (name: string) => name, get: stubOf }
  }

  private call(
    binding: string,
    name: string,
    owner: Host | undefined,
    method: string,
    args: readonly unknown[],
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const reply = this.replyTo(owner, resolve, reject)
      const send = () => this.transmit(this.hostOf(binding, name), method, args, reply)
      if (owner) owner.send(send)
      else send()
    })
  }

  /** The way back; lost where the caller has crashed meanwhile. */
  private replyTo(
    owner: Host | undefined,
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
  ): Reply {
    const { world } = this
    const epoch = owner?.epoch
    const back = (settle: () => void) =>
      world.after(this.delay(), () => {
        if (owner?.epoch !== epoch) return
        owner?.enter()
        settle()
      })
    const lose = () => back(() => reject(lost()))
    const orLose = (settle: () => void) => {
      if (!world.random.chance(world.faults.loss)) return back(settle)
      world.count('answers lost')
      lose()
    }
    return {
      resolve: (value) => orLose(() => resolve(value)),
      reject: (error) => orLose(() => reject(error)),
      reset: () => back(() => reject(new PassingError('reset', { durableObjectReset: true }))),
    }
  }

  private transmit(host: Host, method: string, args: readonly unknown[], reply: Reply): void {
    const { world } = this
    const { loss, replay, overload, stall } = world.faults
    if (world.random.chance(overload)) {
      world.count('calls refused for overload')
      world.after(this.delay(), () =>
        reply.reject(new PassingError('too many requests queued', { overloaded: true })),
      )
      return
    }
    if (world.random.chance(loss)) {
      world.count('calls lost')
      world.after(this.delay(), () => reply.reject(lost()))
      return
    }
    const stalled = world.random.chance(stall)
    if (stalled) world.count('calls stalled')
    const delay_ms = stalled ? world.random.whole(STALL_MS_MIN, STALL_MS_MAX) : this.delay()
    this.arrive(delay_ms, host, method, args, reply)
    if (!world.random.chance(replay)) return
    world.count('calls replayed')
    this.arrive(this.delay() * world.random.pick([1, 10, 100]), host, method, args, NOBODY)
  }

  private arrive(
    delay_ms: number,
    host: Host,
    method: string,
    args: readonly unknown[],
    reply: Reply,
  ): void {
    this.world.after(delay_ms, () => {
      this.world.count('calls')
      this.world.trace(`${host.name} ${method} ${labelOf(args)}`)
      host.deliver(method, args, reply)
    })
  }

  private delay(): number {
    return this.world.random.whole(1, this.world.faults.delay_ms)
  }
}

function lost(): PassingError {
  return new PassingError('Network connection lost.', { retryable: true })
}

/** Enough of a call to read a trace by. */
function labelOf([first]: readonly unknown[]): string {
  const { key, command } = (first ?? {}) as { key?: string; command?: { kind: string } }
  return command ? `${command.kind} ${key}` : (key ?? JSON.stringify(first) ?? '').slice(0, 120)
}

/** Hints are worth nothing to the ledger: channels hear them, or do not, or never answer. */
function channels(world: World): unknown {
  const announce = () => {
    world.count('hints')
    if (!world.random.chance(world.faults.loss)) return Promise.resolve()
    return world.random.chance(0.5) ? Promise.reject(lost()) : new Promise(() => undefined)
  }
  return { getByName: () => ({ announce }) }
}
