/** Seeded chance: the same seed draws the same numbers on every machine. Never a real clock. */

export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(seed: number) {
    this.a = seed | 0
    this.b = Math.trunc(seed / 0x1_0000_0000) ^ 0x9e3779b9
    this.c = 0x243f6a88
    for (let round = 0; round < 16; round += 1) this.draw()
  }

  /** At least 0 and below 1. */
  draw(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum
    return (sum >>> 0) / 4_294_967_296
  }

  chance(likely: number): boolean {
    return likely > 0 && this.draw() < likely
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.draw() * (high - low + 1))
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    const one = list[Math.floor(this.draw() * list.length)]
    if (one === undefined) throw new Error('nothing to pick from')
    return one
  }

  /** One of the names, each as likely as its weight among all. */
  weigh<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const entries = Object.entries(weights) as [Name, number][]
    let left = this.draw() * entries.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [name, weight] of entries) {
      left -= weight
      if (left < 0) return name
    }
    return entries[0]?.[0] ?? ('' as Name)
  }
}
