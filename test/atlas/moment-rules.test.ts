/** Which shards and changes are one moment, and that a name stands for one answer only. */
import { expect, test } from 'vitest'
import { agesOf, isEnough, isEven, isFit, momentOf } from '../../src/atlas/moment-rules.ts'
import { versionOf } from '../../src/atlas/moment-rules.ts'
import type { Freshness } from '../../src/atlas/moment-rules.ts'

const NONE = { organisations: [], items: [] }

function changes(since: number, revision: number, whole = true): Freshness {
  return { since, revision, whole, fresh: NONE }
}

test.each([
  ['all are of one revision', [{ revision: 7 }, { revision: 7 }], 7, 7, true],
  ['one is newer', [{ revision: 7 }, { revision: 9 }], 7, 9, false],
  ['one may hold a later change', [{ revision: 7, later: 8 }, { revision: 7 }], 7, 8, false],
  ['the later change is in all', [{ revision: 7, later: 8 }, { revision: 8 }], 7, 8, false],
  ['the later change is an old one', [{ revision: 9, later: 8 }, { revision: 9 }], 9, 9, true],
])('shards of which %s', (_what, shards, built, newest, even) => {
  expect(agesOf(shards)).toEqual({ built, newest })
  expect(isEven({ built, newest })).toBe(even)
})

test.each([
  // Shards of 10 to 12: changes must begin at 10 or before and reach 12.
  [10, 12, true],
  [8, 12, true],
  [10, 15, true],
  [10, 11, false],
  [11, 12, false],
  [4, 10, false],
])('changes after %i up to %i lie over shards of 10 to 12: %s', (since, revision, fit) => {
  expect(isFit({ since, revision }, { built: 10, newest: 12 })).toBe(fit)
})

test('what even shards hold already is laid over none', () => {
  expect(isFit({ since: 8, revision: 10 }, { built: 10, newest: 10 })).toBe(false)
})

test.each([
  [changes(10, 14), 14, true],
  [changes(10, 13), 14, false],
  [changes(8, 14), 14, true],
  // What was cut off is read again once fewer are missing.
  [changes(10, 14, false), 14, true],
  [changes(8, 14, false), 14, false],
])('%j is enough where changes up to %i are known of: %s', (fresh, touched, enough) => {
  expect(isEnough(fresh, { built: 10, newest: 12 }, touched)).toBe(enough)
})

test('the same moment has one name, whatever it is read from', () => {
  const name = momentOf(12)
  expect(versionOf({ built: 12, newest: 12 }, 'a', undefined)).toBe(name)
  expect(versionOf({ built: 10, newest: 12 }, 'b', changes(10, 12))).toBe(name)
  expect(versionOf({ built: 10, newest: 10 }, 'c', changes(8, 12))).toBe(name)
})

test('what is between moments is named by all it is made of', () => {
  const uneven = { built: 10, newest: 12 }
  const names = [
    momentOf(10),
    momentOf(12),
    versionOf(uneven, 'a', undefined),
    versionOf(uneven, 'b', undefined),
    versionOf(uneven, 'a', changes(10, 12, false)),
    versionOf(uneven, 'b', changes(10, 12, false)),
    versionOf(uneven, 'a', changes(9, 12, false)),
    versionOf(uneven, 'a', changes(10, 13, false)),
  ]
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[\w.-]+$/)
})
