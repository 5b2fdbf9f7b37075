/**
 * One simulated Durable Object: its storage outlives its instances. A turn is one event and all
 * that it settles; it ends in a commit, after which messages leave, or in a crash, which loses it.
 */
import { Alarm } from './alarm.ts'
import type { Network, Reply } from './network.ts'
import { Storage } from './storage.ts'
import type { Value } from './storage.ts'
import type { Turn, World } from './world.ts'

/** A method of an instance, called by its name. */
type Instance = Record<string, (...args: unknown[]) => unknown>
export type ObjectClass = new (ctx: unknown, env: unknown) => unknown

/** A call that was answered in a turn, for the auditor. */
export type Answered = {
  method: string
  args: readonly unknown[]
  value: unknown
  /** Thrown, not answered. */
  threw: boolean
}

export class Host implements Turn {
  epoch = 0
  readonly storage = new Storage()
  private readonly alarm: Alarm
  /** What the call that began this turn was given first; undefined where a turn goes on. */
  delivered: unknown
  private instance: Instance | undefined
  private blocked: Promise<unknown> = Promise.resolve()
  private outbox: (() => void)[] = []
  private answered: Answered[] = []
  private flushed: (() => void)[] = []
  private readonly waiting = new Set<Reply>()

  constructor(
    readonly name: string,
    private readonly made: ObjectClass,
    private readonly network: Network,
    private readonly world: World,
  ) {
    this.alarm = new Alarm(world, (due, done, failed) => this.ring(due, done, failed))
  }

  /** Everything until the end of this event belongs to a turn of this object. */
  enter(): void {
    this.world.turn = this
  }

  /** Leaves once what was written before it is durable: the output gate. */
  send(message: () => void): void {
    this.outbox.push(message)
  }

  deliver(method: string, args: readonly unknown[], reply: Reply): void {
    this.enter()
    this.delivered = args[0]
    const { epoch } = this
    this.waiting.add(reply)
    const answer = (settle: () => void, value: unknown, threw: boolean) => {
      if (epoch !== this.epoch) return
      this.answered.push({ method, args, value, threw })
      this.send(() => {
        this.waiting.delete(reply)
        settle()
      })
    }
    this.invoke(method, args).then(
      (value) => answer(() => reply.resolve(value), value, false),
      (error: unknown) => answer(() => reply.reject(error), error, true),
    )
  }

  /** Puts the object away where nothing is under way in it; its memory is lost. */
  evict(): void {
    if (!this.instance || this.alarm.ringing || this.waiting.size > 0) return
    this.world.trace(`${this.name} is put away`)
    this.world.count('objects put away')
    this.reset()
  }

  endTurn(): void {
    const { crash_before, crash_after } = this.world.faults
    const answered = this.answered
    this.answered = []
    if (this.world.random.chance(crash_before)) {
      this.storage.endTurn('lose')
      this.delivered = undefined
      this.crash('before the commit')
      return
    }
    this.storage.endTurn('commit')
    this.alarm.commit()
    this.network.audit(this, answered)
    this.delivered = undefined
    if (this.world.random.chance(crash_after)) {
      this.crash('after the commit')
      return
    }
    const { outbox, flushed } = this
    this.outbox = []
    this.flushed = []
    for (const message of outbox) message()
    for (const flush of flushed) this.later(flush)
  }

  private crash(when: string): void {
    this.world.trace(`${this.name} crashes ${when}`)
    this.world.count(`crashes ${when}`)
    const waiting = [...this.waiting]
    this.reset()
    for (const reply of waiting) reply.reset()
    this.alarm.afterCrash()
  }

  private reset(): void {
    this.epoch += 1
    this.instance = undefined
    this.alarm.lose()
    this.outbox = []
    this.flushed = []
    this.waiting.clear()
  }

  private async invoke(method: string, args: readonly unknown[]): Promise<unknown> {
    const instance = (this.instance ??= this.construct())
    try {
      await this.blocked
    } catch (error) {
      // A constructor that fails leaves no object.
      this.instance = undefined
      throw error
    }
    const found = instance[method]
    if (!found) throw new Error(`${this.name} has no method ${method}`)
    return found.apply(instance, [...args])
  }

  private construct(): Instance {
    this.blocked = Promise.resolve()
    const { made: Made } = this
    return new Made(this.context(), this.network.envOf(this)) as Instance
  }

  /** What an instance gets as `ctx`; of no use once the instance has crashed. */
  private context(): unknown {
    const { epoch } = this
    const alive = () => {
      if (epoch !== this.epoch) throw new Error(`${this.name} was reset`)
    }
    const alive_storage = {
      sql: {
        exec: (query: string, ...values: Value[]) => {
          alive()
          this.failNowAndThen(query)
          return this.storage.exec(query, values)
        },
      },
      transactionSync: <T>(use: () => T) => {
        alive()
        return this.storage.transactionSync(use)
      },
      getAlarm: () => Promise.resolve(this.alarm.get()),
      setAlarm: (at: number | Date) => {
        alive()
        this.alarm.set(Number(at))
        return Promise.resolve()
      },
      deleteAlarm: () => {
        alive()
        this.alarm.set(null)
        return Promise.resolve()
      },
      sync: () => new Promise<void>((resolve) => this.flushed.push(resolve)),
    }
    return {
      id: { name: this.name, toString: () => this.name },
      storage: alive_storage,
      waitUntil: (promise: Promise<unknown>) => void promise.catch(() => undefined),
      blockConcurrencyWhile: <T>(use: () => Promise<T>) => {
        const blocking = use()
        this.blocked = blocking
        blocking.catch(() => undefined)
        return blocking.catch(() => new Promise<T>(() => undefined))
      },
      abort: () => undefined,
    }
  }

  /** A full disk refuses new rows; those that stand may still change. */
  private failNowAndThen(query: string): void {
    if (!query.startsWith('INSERT INTO') || !this.world.random.chance(this.world.faults.storage))
      return
    this.world.count('inserts that failed')
    throw Object.assign(new Error('database or disk is full'), { retryable: true })
  }

  /** Goes on in a later turn, unless the object has crashed by then. */
  private later(run: () => void): void {
    const { epoch } = this
    this.world.after(1, () => {
      if (epoch !== this.epoch) return
      this.enter()
      run()
    })
  }

  private ring(due: boolean, done: () => void, failed: () => void): void {
    this.enter()
    this.world.trace(`${this.name} alarm${due ? '' : ' once more'}`)
    const { epoch } = this
    const unlessGone = (end: () => void) => () => {
      if (epoch === this.epoch) end()
    }
    this.invoke('alarm', []).then(unlessGone(done), unlessGone(failed))
  }
}
