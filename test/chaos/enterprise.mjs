/**
 * One enterprise as its clients know it: what they have asked of its ledger, what was acknowledged,
 * and what may be asked next. Knows nothing of the product but its commands.
 */
import { randomUUID } from 'node:crypto'

/** This year in Asia/Shanghai, as the budgets count it. */
export const YEAR = Number(
  new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' }).format(),
)
const FREE = { fen_max: null, set_by: null }
const CARRIER = '018f0000-0000-7000-8000-000000000011'
const REASON = '与合同不符'
const NEXT = {
  unconfirmed: ['confirm', 'confirm', 'confirm', 'refuse', 'void'],
  confirmed: ['submit', 'submit', 'submit', 'terminate'],
  in_review: ['approve', 'approve', 'return', 'withdraw', 'reject'],
}
const ACTORS = {
  wu: { role: 'carrier', account: 'zhijian', name: '吴检', carrier: CARRIER },
  wang: { role: 'bureau', account: 'review', name: '王评', staff: ['review'] },
}
const BY = { confirm: 'wu', refuse: 'wu', terminate: 'wang', approve: 'wang', return: 'wang' }

export class Enterprise {
  id = randomUUID()
  /** True when it must never be spoken to again. */
  silent = false
  /** By the name of what it would do: the answer's text, or null while nobody knows. */
  asked = new Map()
  /** Envelope and answer of what was acknowledged, for asking again. */
  acknowledged = []
  #vouchers = new Map()
  #handBacks = 0

  /** `budget_fen` null asks no region. */
  constructor({ region, budget_fen }) {
    this.region = region
    const budget = { fen_max: budget_fen, set_by: region }
    this.caps = { total: FREE, single: FREE, holding: FREE, ...(budget_fen && { budget }) }
  }

  /** The next envelope to send, its name noted down first. */
  next() {
    const command = this.#choose(Math.random())
    const name = nameOf(command.kind, command)
    this.asked.set(name, null)
    return { name, envelope: this.#sealed(command) }
  }

  /** Keeps an answer that came; `text` is the Outcome as it was sent. */
  hear({ name, envelope }, text) {
    this.asked.set(name, text)
    this.acknowledged.push({ envelope, text })
    const { value } = JSON.parse(text)
    if (value?.voucher?.state in NEXT) this.#vouchers.set(value.voucher.id, value.voucher)
  }

  #sealed(command) {
    const who = BY[command.kind] ?? (command.kind === 'reject' ? 'wang' : 'lin')
    const own = { role: 'enterprise', account: this.id, name: '林知远', enterprise: this.id }
    const actor = who === 'lin' ? own : { ...ACTORS[who], ...(who === 'wang' && this.#bureau()) }
    return { key: randomUUID(), actor, at: Date.now(), command }
  }

  #bureau() {
    return { region: this.region }
  }

  #choose(dice) {
    const { region, caps } = this
    if (dice < 0.25 || this.acknowledged.length === 0) {
      const amount_fen = 1 + Math.floor(Math.random() * 10_000)
      return { kind: 'claim', claim: randomUUID(), region, amount_fen, caps }
    }
    if (dice < 0.33) {
      // Each hand-back has an amount of its own, by which its event is known again.
      const amount_fen = (this.#handBacks += 1)
      const budget = caps.budget && { caps: { budget: caps.budget } }
      return { kind: 'hand_back', region, year: YEAR, amount_fen, ...budget }
    }
    // Taken out until the answer is there: one at a time moves a voucher.
    const [voucher] = this.#vouchers.values()
    if (dice < 0.6 || !voucher) return this.#issue()
    this.#vouchers.delete(voucher.id)
    return this.#move(voucher)
  }

  #issue() {
    const voucher = randomUUID()
    const amount_fen = 1 + Math.floor(Math.random() * 3_000)
    const made = { number: `NO-${voucher}`, region: this.region, carrier: CARRIER }
    return { kind: 'issue', voucher, ...made, amount_fen, payee: 'enterprise', form: {} }
  }

  #move({ id, state, redemption, amount_fen }) {
    const kinds = NEXT[state]
    const kind = kinds[Math.floor(Math.random() * kinds.length)]
    if (kind === 'submit') return { kind, voucher: id, redemption: randomUUID() }
    if (kind === 'withdraw') return { kind, redemption }
    if (kind === 'approve') {
      const paid_fen = 1 + Math.floor(Math.random() * amount_fen)
      return { kind, redemption, paid_fen, reason: REASON }
    }
    if (state === 'in_review') return { kind, redemption, reason: REASON }
    return kind === 'confirm' || kind === 'void'
      ? { kind, voucher: id }
      : { kind, voucher: id, reason: REASON }
  }
}

/** What a command does, or an event did: no two of one enterprise share a name. */
export function nameOf(kind, { claim, redemption, voucher, amount_fen }) {
  if (kind === 'hand_back') return `hand_back ${amount_fen}`
  return `${kind} ${claim ?? redemption ?? voucher}`
}
