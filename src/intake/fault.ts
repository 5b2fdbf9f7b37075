/** A file that cannot be read as a whole, thrown from deep inside its reader and told in words. */
import type { Facts } from '../kernel/outcome.ts'
import type { Fault } from './rules.ts'

export class FaultError extends Error {
  readonly fault: Fault

  constructor(code: Fault['code'], facts: Facts = {}) {
    super(code)
    this.fault = { code, facts }
  }
}
