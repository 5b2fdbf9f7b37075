/** oidc-provider's storage in memory: everything is forgotten when the portal stops. */

/** @typedef {Map<string, { payload: any, expires_at: number }>} Entries */

const ENTRIES_MAX = 20_000

/** One per model, as oidc-provider asks for it. */
export class Store {
  /** @param {Entries} entries shared by all models of one portal @param {string} model */
  constructor(entries, model) {
    this.entries = entries
    this.model = model
  }

  /** @param {string} id @param {any} payload @param {number} expiresIn seconds */
  async upsert(id, payload, expiresIn) {
    if (this.entries.size >= ENTRIES_MAX)
      this.entries.delete(this.entries.keys().next().value ?? '')
    const expires_at = expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY
    this.entries.set(this.#key(id), { payload, expires_at })
  }

  /** @param {string} id */
  async find(id) {
    const entry = this.entries.get(this.#key(id))
    return entry && entry.expires_at > Date.now() ? entry.payload : undefined
  }

  /** @param {string} uid */
  async findByUid(uid) {
    return this.#first((payload) => payload.uid === uid)
  }

  /** @param {string} userCode */
  async findByUserCode(userCode) {
    return this.#first((payload) => payload.userCode === userCode)
  }

  /** Marks a code as used, so that it is honoured once. @param {string} id */
  async consume(id) {
    const payload = await this.find(id)
    if (payload) payload.consumed = Math.floor(Date.now() / 1000)
  }

  /** @param {string} id */
  async destroy(id) {
    this.entries.delete(this.#key(id))
  }

  /** @param {string} grantId */
  async revokeByGrantId(grantId) {
    for (const [key, { payload }] of this.entries) {
      if (payload.grantId === grantId) this.entries.delete(key)
    }
  }

  /** @param {string} id */
  #key(id) {
    return `${this.model}:${id}`
  }

  /** @param {(payload: any) => boolean} fits */
  #first(fits) {
    for (const [key, { payload, expires_at }] of this.entries) {
      if (key.startsWith(`${this.model}:`) && expires_at > Date.now() && fits(payload)) {
        return payload
      }
    }
    return undefined
  }
}
