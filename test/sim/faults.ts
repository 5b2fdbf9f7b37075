/** What may go wrong in a run, and how often. Every run draws its own mixture from its seed. */
import type { Random } from './random.ts'

export type Faults = {
  /** Of messages lost, each way on its own. */
  loss: number
  /** Of messages that arrive once more, later. */
  replay: number
  /** How long a message is on its way at most, ms. */
  delay_ms: number
  /** Of an object's turns that end in a crash: before the commit, or right after it. */
  crash_before: number
  crash_after: number
  /** Of new rows that an object's storage refuses, as on a full disk. */
  storage: number
  /** Of calls refused for too much at once, and of those answered only after a minute. */
  overload: number
  stall: number
  /** Of D1 batches that fail without, or in spite of, having been written. */
  d1_before: number
  d1_after: number
  /** Of D1 batches that take up to eighty seconds. */
  d1_slow: number
  /** Of alarms that ring once more. */
  alarm_twice: number
  /** Of steps at which D1 goes away for a while, or the clock jumps. */
  d1_outage: number
  jump: number
  /** Of steps at which an object is put away. */
  evict: number
}

export const NO_FAULTS: Faults = {
  loss: 0,
  replay: 0,
  delay_ms: 20,
  crash_before: 0,
  crash_after: 0,
  storage: 0,
  overload: 0,
  stall: 0,
  d1_before: 0,
  d1_after: 0,
  d1_slow: 0,
  alarm_twice: 0,
  d1_outage: 0,
  jump: 0,
  evict: 0,
}

/** Each kind of fault is absent, rare or at its worst: mixtures find what averages hide. */
export function drawFaults(random: Random): Faults {
  const upTo = (most: number) => random.pick([0, most / 10, most / 2, most]) * random.draw()
  return {
    loss: upTo(0.3),
    replay: upTo(0.5),
    delay_ms: random.pick([5, 50, 500, 5000]),
    crash_before: upTo(0.06),
    crash_after: upTo(0.06),
    storage: upTo(0.02),
    overload: upTo(0.05),
    stall: upTo(0.02),
    d1_before: upTo(0.4),
    d1_after: upTo(0.4),
    d1_slow: upTo(0.1),
    alarm_twice: upTo(0.5),
    d1_outage: upTo(0.01),
    jump: upTo(0.04),
    evict: upTo(0.1),
  }
}
