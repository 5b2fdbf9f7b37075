/**
 * The one alarm of an object, as the platform keeps it: set with the turn that asks for it, rung at
 * least once by the wall clock, tried again after a crash or a throw, and dropped after too many.
 */
import type { World } from './world.ts'

const RETRIES_MAX = 6
const LATE_MS_MAX = 60_000
const AFTER_CRASH_MS = 2000

export class Alarm {
  /** Epoch ms by the wall clock, as it was committed last. */
  at: number | null = null
  /** True while the alarm that was set is being answered. */
  ringing = false
  private wanted: number | null | undefined
  private tries = 0
  private token = 0

  constructor(
    private readonly world: World,
    /** Calls the object; `due` where it is the alarm that was set and not its echo. */
    private readonly answer: (due: boolean, done: () => void, failed: () => void) => void,
  ) {
    world.onJump(() => this.schedule(0))
  }

  get(): number | null {
    if (this.wanted !== undefined) return this.wanted
    return this.ringing ? null : this.at
  }

  set(at: number | null): void {
    this.wanted = at
  }

  commit(): void {
    if (this.wanted === undefined) return
    this.at = this.wanted
    this.wanted = undefined
    this.ringing = false
    this.tries = 0
    this.schedule(0)
  }

  /** What the object had asked for in the turn that is lost never was. */
  lose(): void {
    this.wanted = undefined
    this.ringing = false
  }

  afterCrash(): void {
    if (this.at !== null) this.schedule(AFTER_CRASH_MS)
  }

  /** Not before `at_least_ms` from now, and sometimes late. */
  private schedule(at_least_ms: number): void {
    this.token += 1
    if (this.at === null) return
    const { world, token } = this
    const late = world.random.chance(world.faults.alarm_twice / 5)
    const late_ms = late ? world.random.whole(0, LATE_MS_MAX) : 0
    world.after(Math.max(at_least_ms, this.at - world.wall()) + late_ms, () => {
      if (token === this.token) this.ring(true)
    })
  }

  private ring(due: boolean): void {
    if (this.ringing) return
    const { world } = this
    this.ringing = due
    world.count('alarms')
    const nothing = () => undefined
    this.answer(due, due ? () => this.done() : nothing, due ? () => this.failed() : nothing)
    if (!world.random.chance(world.faults.alarm_twice)) return
    world.count('alarms rung twice')
    world.after(world.random.whole(1, 3000), () => this.ring(false))
  }

  private done(): void {
    if (this.ringing && this.wanted === undefined) this.wanted = null
    this.ringing = false
  }

  /** Tried again after 2 s, 4 s …, and in the end never again. */
  private failed(): void {
    this.world.count('alarms that threw')
    if (!this.ringing) return
    this.ringing = false
    this.tries += 1
    if (this.tries > RETRIES_MAX) this.at = null
    else this.schedule(1000 * 2 ** this.tries)
  }
}
