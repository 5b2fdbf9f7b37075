/** Clients that press on through every crash: the same key again until there is an answer. */
import { setTimeout as wait } from 'node:timers/promises'
import { Enterprise } from './enterprise.mjs'

const CLIENTS = 24
const SEND_MS_MAX = 10_000
/** Restarts included: a command that gets no answer for so long is a finding. */
const ANSWER_MS_MAX = 40_000
/** How often something acknowledged is asked for again, and must be answered the same. */
const REPLAYS = 0.1

/** Counties: one in which nobody set a budget, one with enough, and one that runs out. */
export const COUNTIES = [
  { region: '330106', budget_fen: null },
  { region: '330106', budget_fen: null },
  { region: '330203', budget_fen: 500_000_000 },
  { region: '330782', budget_fen: 1_500_000 },
]

/** How many are in use at a time. In the quiet mode most commands find their ledger at rest. */
const ENTERPRISES = { chatty: 40, quiet: 160 }

/**
 * In the quiet mode an enterprise is left alone for good as soon as one of its commands has got no
 * answer, and another takes its place: whatever was committed must reach D1 by itself.
 */
export class Load {
  over = false
  findings = []
  replays = 0
  retries = 0
  all = []
  #instance
  #quiet
  #used = []

  constructor(instance, mode) {
    this.#instance = instance
    this.#quiet = mode === 'quiet'
    for (let index = 0; index < ENTERPRISES[mode]; index += 1) this.#open(index)
  }

  get acknowledged() {
    return this.all.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0)
  }

  /** Runs until `over`, and then to the last answer. */
  run() {
    return Promise.all(Array.from({ length: CLIENTS }, () => this.#work()))
  }

  /** Asks again for what was acknowledged and compares to the byte. */
  async replay(enterprise, { envelope, text }) {
    const again = await this.#send(enterprise, envelope)
    if (again === undefined) return
    this.replays += 1
    if (again !== text)
      this.findings.push(`${enterprise.id}: ${envelope.key} answered ${text}, then ${again}`)
  }

  #open(index) {
    const enterprise = new Enterprise(COUNTIES[index % COUNTIES.length])
    this.#used[index] = enterprise
    this.all.push(enterprise)
  }

  async #work() {
    while (!this.over) {
      const index = Math.floor(Math.random() * this.#used.length)
      const enterprise = this.#used[index]
      const asked = enterprise.next()
      const text = await this.#sendUntilKnown(enterprise, asked.envelope)
      if (text !== undefined) enterprise.hear(asked, text)
      else if (this.#used[index] === enterprise) this.#open(index)
      if (text === undefined) continue
      const { acknowledged } = enterprise
      const one = acknowledged[Math.floor(Math.random() * acknowledged.length)]
      if (Math.random() < REPLAYS && !enterprise.silent) await this.replay(enterprise, one)
    }
  }

  /** Undefined where the enterprise has fallen silent. */
  async #sendUntilKnown(enterprise, envelope) {
    const until = performance.now() + ANSWER_MS_MAX
    while (!enterprise.silent) {
      const text = await this.#send(enterprise, envelope)
      if (text !== undefined) return text
      this.retries += 1
      if (this.#quiet) enterprise.silent = true
      if (performance.now() < until) continue
      this.findings.push(`${enterprise.id}: never answered ${JSON.stringify(envelope)}`)
      enterprise.silent = true
    }
    return undefined
  }

  /** The Outcome as it came; undefined where nobody knows whether it was done. */
  async #send(enterprise, envelope) {
    const url = await this.#instance.url()
    try {
      const answer = await fetch(new URL(`/post/${enterprise.id}`, url), {
        method: 'POST',
        body: JSON.stringify(envelope),
        signal: AbortSignal.timeout(SEND_MS_MAX),
      })
      const text = await answer.text()
      if (!answer.ok) {
        this.findings.push(`${enterprise.id}: ${answer.status} ${text.slice(0, 300)}`)
        await wait(50)
        return undefined
      }
      return JSON.parse(text).code === 'unavailable' ? undefined : text
    } catch {
      await wait(5)
      return undefined
    }
  }
}
