/** The few smallest of many, by key, then by row, without sorting what is not wanted. */

export type Entry = { key: number; row: number }

/** A heap whose top is the worst that is kept. */
export class Best {
  readonly size: number
  /** The key that one has to be below, or equal to with an earlier row, to be kept. */
  worst: number
  #keys: number[] = []
  #rows: number[] = []
  worstRow = Infinity

  constructor(size: number) {
    this.size = size
    this.worst = size > 0 ? Infinity : -Infinity
  }

  offer(key: number, row: number): void {
    if (key < this.worst || (key === this.worst && row < this.worstRow)) this.#take(key, row)
  }

  /** What is kept, best first. */
  entries(): Entry[] {
    const entries = this.#keys.map((key, at) => ({ key, row: this.#rows[at] as number }))
    return entries.sort((one, other) => one.key - other.key || one.row - other.row)
  }

  #take(key: number, row: number): void {
    const full = this.#keys.length >= this.size
    if (full) this.#sink(key, row)
    else this.#rise(key, row)
    if (this.#keys.length < this.size) return
    this.worst = this.#keys[0] as number
    this.worstRow = this.#rows[0] as number
  }

  /** Adds at the end and moves it up past what is better. */
  #rise(key: number, row: number): void {
    let at = this.#keys.length
    this.#keys.push(key)
    this.#rows.push(row)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#isWorse(key, row, parent)) break
      this.#move(parent, at)
      at = parent
    }
    this.#keys[at] = key
    this.#rows[at] = row
  }

  /** Replaces the top and moves it down past what is worse. */
  #sink(key: number, row: number): void {
    const count = this.#keys.length
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= count) break
      const next = child + 1
      if (
        next < count &&
        this.#isWorse(this.#keys[next] as number, this.#rows[next] as number, child)
      )
        child = next
      if (this.#isWorse(key, row, child)) break
      this.#move(child, at)
      at = child
    }
    this.#keys[at] = key
    this.#rows[at] = row
  }

  #isWorse(key: number, row: number, at: number): boolean {
    const other = this.#keys[at] as number
    return key > other || (key === other && row > (this.#rows[at] as number))
  }

  #move(from: number, to: number): void {
    this.#keys[to] = this.#keys[from] as number
    this.#rows[to] = this.#rows[from] as number
  }
}
