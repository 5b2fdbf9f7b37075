/**
 * The seeded event loop: virtual time, a wall clock that may jump, and one event after another.
 * Between two events every promise that can settle has settled, so a run repeats to the letter.
 */
import { createHash } from 'node:crypto'
import type { Faults } from './faults.ts'
import { Random } from './random.ts'

/** What a check found wrong: the run ends. `check` names it in the table of mutants. */
export class Violation extends Error {
  constructor(
    readonly check: string,
    message: string,
  ) {
    super(message)
  }
}

type Event = { at: number; order: number; run: () => void }
/** Whoever an event concerns: told when everything of the event has settled. */
export type Turn = { endTurn(): void }

const LINES_KEPT = 80

export class World {
  /** Virtual ms since the run began: never goes back. */
  now = 0
  /** What the wall clock shows beyond that. */
  offset_ms: number
  readonly random: Random
  turn: Turn | undefined
  events_run = 0
  readonly counts: Record<string, number> = {}
  readonly lines: string[] = []
  private readonly heap: Event[] = []
  private order = 0
  private readonly hash = createHash('sha256')
  private failure: Violation | undefined
  private readonly jumped: (() => void)[] = []

  constructor(
    readonly seed: number,
    starts_at: number,
    public faults: Faults,
    private readonly tell: ((line: string) => void) | undefined,
  ) {
    this.random = new Random(seed)
    this.offset_ms = starts_at
  }

  /** What a wall clock shows, epoch ms. */
  wall(): number {
    return this.now + this.offset_ms
  }

  /** Runs something after a while of virtual time. */
  after(delay_ms: number, run: () => void): void {
    this.order += 1
    this.push({ at: this.now + Math.max(0, Math.round(delay_ms)), order: this.order, run })
  }

  count(name: string, more = 1): void {
    this.counts[name] = (this.counts[name] ?? 0) + more
  }

  trace(line: string): void {
    const whole = `${this.now} ${line}`
    this.hash.update(whole)
    this.lines.push(whole)
    if (this.lines.length > LINES_KEPT * 2) this.lines.splice(0, LINES_KEPT)
    this.tell?.(whole)
  }

  digest(): string {
    return this.hash.copy().digest('hex')
  }

  onJump(listener: () => void): void {
    this.jumped.push(listener)
  }

  /** Moves the wall clock, and with it every alarm. */
  jump(by_ms: number): void {
    this.offset_ms += by_ms
    this.trace(`clock jumps by ${by_ms} to ${new Date(this.wall()).toISOString()}`)
    for (const listener of this.jumped) listener()
  }

  /** Notes the first thing that is wrong; the loop stops at the end of the event. */
  fail(check: string, message: string): void {
    this.failure ??= new Violation(check, message)
  }

  check(holds: boolean, check: string, message: () => string): void {
    if (!holds) this.fail(check, message())
  }

  /** Runs events until this virtual time, or until there is none left. */
  async runUntil(until: number): Promise<void> {
    for (let next = this.heap[0]; next && next.at <= until; next = this.heap[0]) {
      this.pop()
      this.now = next.at
      await this.runOne(next.run)
    }
    this.now = Math.max(this.now, until)
  }

  /** Runs something as one event: first it, then all that it settles. */
  async runOne(run: () => void): Promise<void> {
    this.events_run += 1
    run()
    await new Promise(settled)
    const { turn } = this
    this.turn = undefined
    turn?.endTurn()
    if (this.failure) throw this.failure
  }

  private push(event: Event): void {
    const { heap } = this
    let at = heap.push(event) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent]
      if (!above || !isBefore(event, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = event
  }

  private pop(): void {
    const { heap } = this
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let at = 0
    for (;;) {
      const left = heap[at * 2 + 1]
      if (!left) break
      const right = heap[at * 2 + 2]
      const [child, from] =
        right && isBefore(right, left)
          ? ([right, at * 2 + 2] as const)
          : ([left, at * 2 + 1] as const)
      if (!isBefore(child, last)) break
      heap[at] = child
      at = from
    }
    heap[at] = last
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.at === other.at ? one.order < other.order : one.at < other.at
}

/** The real loop's own turn: by then all microtasks have run. */
const settled = globalThis.setImmediate
