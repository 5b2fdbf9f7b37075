/**
 * Packs a word index (see index-rules) over texts that come one by one: what is made of each goes
 * into columns at once, because a hundred thousand as objects are more than an isolate holds.
 */
import { Growing, packNumbers } from './column-rules.ts'
import type { Column } from './column-rules.ts'
import { hanRuns } from './word-rules.ts'
import type { Chain } from './word-rules.ts'

/** A text to index: folded, and the chains of its letters, digits and sounds. */
export type Entry = { folded: string; chains: readonly Chain[] }

/** Above every number of texts; with a pair of units in front it still is a whole number. */
const TEXTS_MAX = 2 ** 21

export function packIndex(entries: Iterable<Entry>): Column[] {
  const [texts, pairs, chains] = [new PackedTexts(), new Pairs(), new Chains()]
  let at = 0
  for (const entry of entries) {
    texts.add(entry.folded)
    pairs.add(entry.folded, at)
    for (const chain of entry.chains) chains.add(chain, at)
    at++
  }
  return [...texts.columns(), ...pairs.columns(), ...chains.columns()]
}

/** As text-rules packTexts does. */
class PackedTexts {
  readonly #starts = new Growing(Uint32Array)
  readonly #units = new Growing(Uint16Array)

  constructor() {
    this.#starts.add(0)
  }

  add(text: string): void {
    addUnits(this.#units, text)
    this.#starts.add(this.#units.length)
  }

  columns(): Column[] {
    return [this.#starts.column(), this.#units.column()]
  }
}

function addUnits(units: Growing<Uint16Array>, text: string): void {
  for (let at = 0; at < text.length; at++) units.add(text.charCodeAt(at))
}

/** Pairs with the texts that hold them, each as one number, which is sorted in place. */
class Pairs {
  readonly #found = new Growing(Float64Array)

  add(folded: string, at: number): void {
    for (const run of hanRuns(folded)) {
      for (let unit = 0; unit < run.length; unit++) {
        const next = unit + 1 < run.length ? run.charCodeAt(unit + 1) : 0
        this.#found.add((run.charCodeAt(unit) * 65_536 + next) * TEXTS_MAX + at)
      }
    }
  }

  columns(): Column[] {
    const [pairs, starts, lists] = [
      new Growing(Uint32Array),
      new Growing(Uint32Array),
      new Growing(Uint8Array),
    ]
    let [last, pair, before] = [-1, -1, 0]
    for (const one of this.#found.column().sort()) {
      if (one === last) continue
      last = one
      const at = one % TEXTS_MAX
      if ((one - at) / TEXTS_MAX !== pair) {
        pair = (one - at) / TEXTS_MAX
        before = 0
        pairs.add(pair)
        starts.add(lists.length)
      }
      addStep(lists, at - before)
      before = at
    }
    starts.add(lists.length)
    return [pairs.column(), starts.column(), lists.column()]
  }
}

/** Ascending numbers as differences, seven bits a byte. */
function addStep(bytes: Growing<Uint8Array>, difference: number): void {
  let step = difference
  for (; step > 127; step >>>= 7) bytes.add((step & 127) | 128)
  bytes.add(step)
}

class Chains {
  readonly #units = new Growing(Uint16Array)
  readonly #places = new Growing(Uint32Array)
  readonly #owners = new Growing(Uint32Array)

  add(chain: Chain, owner: number): void {
    for (const part of chain) {
      this.#places.add(this.#units.length)
      this.#owners.add(owner)
      addUnits(this.#units, part)
    }
    this.#units.add(0)
  }

  columns(): Column[] {
    const [units, places, owners] = [
      this.#units.column(),
      this.#places.column(),
      this.#owners.column(),
    ]
    const order = Uint32Array.from(places.keys()).sort(
      (one, other) =>
        compareUnits(units, places[one] as number, places[other] as number) ||
        (owners[one] as number) - (owners[other] as number) ||
        one - other,
    )
    return [
      order.map((at) => places[at] as number),
      packNumbers(order.map((at) => owners[at] as number)),
      units,
    ]
  }
}

/** Up to where a chain ends: nothing sorts before that. */
function compareUnits(units: Uint16Array, one: number, other: number): number {
  for (let at = 0; ; at++) {
    const left = units[one + at] as number
    const right = units[other + at] as number
    if (left !== right) return left - right
    if (left === 0) return 0
  }
}
