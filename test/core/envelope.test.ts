/** What no ledger can read, field by field; what a key stands for; and one text for one value. */
import { describe, expect, test } from 'vitest'
import type { AnyActor } from '../../src/kernel/actor.ts'
import { askedOf, denyEnvelope } from '../../src/ledger/command-rules.ts'
import type { Command, Envelope } from '../../src/ledger/command-rules.ts'
import { bytesOf, canonicalJson } from '../../src/ledger/json-rules.ts'
import { CLOCK } from '../../src/kernel/actor.ts'
import { FREE, NO_CAPS, TODAY, XIHU, claim, issue, lin, wang, wu } from '../ledger/fixture.ts'

const WORD = 'w'.repeat(255)
const LONG = `${WORD}w`
const cap = { fen_max: 0, set_by: XIHU }
const subject = { voucher: 'v' }
const sent = { redemption: 'r' }

/** Commands as they may come, at the edge of what is allowed. */
const COMMANDS: Command[] = [
  claim(1),
  claim(1, { claim: WORD, caps: { total: cap, single: cap, holding: cap } }),
  claim(1, { caps: { ...NO_CAPS, budget: cap } }),
  { kind: 'hand_back', region: XIHU, year: 2026, amount_fen: 1 },
  { kind: 'hand_back', region: XIHU, year: 2026, amount_fen: 1, caps: { budget: FREE } },
  issue(1),
  issue(1, { payee: 'carrier', form: null }),
  { kind: 'confirm', ...subject },
  { kind: 'refuse', ...subject, reason: '' },
  { kind: 'void', ...subject },
  { kind: 'expire', ...subject },
  { kind: 'terminate', ...subject, reason: '重复' },
  { kind: 'terminate', ...subject, reason: '重复', acting_for: XIHU },
  { kind: 'submit', ...subject, ...sent },
  { kind: 'withdraw', ...sent },
  { kind: 'return', ...sent, reason: '缺', acting_for: XIHU },
  { kind: 'approve', ...sent, paid_fen: 1, reason: null },
  { kind: 'approve', ...sent, paid_fen: 1, reason: '少付', acting_for: XIHU },
  { kind: 'reject', ...sent, reason: '缺', acting_for: XIHU },
]

/** What each kind of field refuses. */
const WORDS = ['', LONG, 1, null, undefined, {}]
const PROSE = [1, null, undefined, []]
const WHOLE = ['1', 0.5, Number.NaN, 2 ** 53, null, undefined]
const CAP = [
  null,
  [],
  {},
  { ...cap, fen_max: -1 },
  { ...cap, fen_max: '1' },
  { ...cap, set_by: '' },
]
const caps = (bad: unknown) => [
  { ...NO_CAPS, total: bad },
  { ...NO_CAPS, single: bad },
  { ...NO_CAPS, holding: bad },
  { ...NO_CAPS, budget: bad },
]
const BAD: Record<string, unknown[]> = {
  claim: WORDS,
  region: WORDS,
  voucher: WORDS,
  number: WORDS,
  carrier: WORDS,
  redemption: WORDS,
  acting_for: ['', LONG, 1, null],
  amount_fen: WHOLE,
  paid_fen: WHOLE,
  year: WHOLE,
  payee: ['', 'bureau', null, undefined],
  form: [undefined, Number.NaN, new Map(), { at: new Date(0) }, 10n],
  gift: [1, null],
}

function tell(command: unknown, more: object = {}) {
  const envelope: object = { key: 'k', actor: lin, at: TODAY, ...more, command }
  return denyEnvelope(envelope as Envelope)
}

function badValues(field: string, { kind }: Command): unknown[] {
  if (field === 'reason') return kind === 'approve' ? [1, undefined, []] : PROSE
  if (field !== 'caps') return BAD[field] ?? []
  if (kind === 'hand_back') return [null, [], {}, ...CAP.map((budget) => ({ budget }))]
  return [null, undefined, [], {}, ...CAP.flatMap(caps)]
}

describe.each(COMMANDS)('$kind', (command) => {
  test('is read as it comes', () => {
    expect(tell(command)).toBeUndefined()
  })

  test.each([...Object.keys(command).slice(1), 'gift'])('with a wrong %s is refused', (field) => {
    const values = badValues(field, command)
    expect(values.length).toBeGreaterThan(0)
    const answers = values.map((value) => tell({ ...command, [field]: value }))
    expect(answers).toEqual(values.map(() => malformed(field)))
  })
})

describe('an envelope', () => {
  test.each<[string, object, string]>([
    ['an empty key', { key: '' }, 'key'],
    ['an endless key', { key: LONG }, 'key'],
    ['a time before 1970', { at: -1 }, 'at'],
    ['a time in parts of a millisecond', { at: 0.5 }, 'at'],
    ['a time after the year 9999', { at: 253_402_214_400_000 }, 'at'],
    ['nobody', { actor: null }, 'actor'],
    ['an actor of no role', { actor: { ...lin, role: 'god' } }, 'actor'],
    ['a role out of the prototype', { actor: { ...lin, role: 'toString' } }, 'actor'],
    ['an actor that is no JSON', { actor: { ...lin, since: new Date(0) } }, 'actor'],
    ['an enterprise without an account', { actor: { ...lin, account: '' } }, 'actor'],
    ['an enterprise without a name', { actor: { ...lin, name: null } }, 'actor'],
    ['an agent of no enterprise', { actor: { ...lin, enterprise: '' } }, 'actor'],
    ['a carrier without an account', { actor: { ...wu, account: '' } }, 'actor'],
    ['a carrier without a name', { actor: { ...wu, name: null } }, 'actor'],
    ['an agent of no carrier', { actor: { ...wu, carrier: '' } }, 'actor'],
    ['staff without an account', { actor: { ...wang, account: '' } }, 'actor'],
    ['staff without a name', { actor: { ...wang, name: null } }, 'actor'],
    ['staff of no region', { actor: { ...wang, region: '' } }, 'actor'],
    ['staff whose roles are no list', { actor: { ...wang, staff: 'review' } }, 'actor'],
    ['a clock with a name of its own', { actor: { ...CLOCK, account: 'lin' } }, 'actor'],
    ['a clock without a name', { actor: { ...CLOCK, name: null } }, 'actor'],
  ])('of %s is refused', (_what, change, field) => {
    expect(tell(claim(1), change)).toEqual(malformed(field))
  })

  test.each([
    ['the first instant', { at: 0 }],
    ['the last instant', { at: 253_402_214_399_999 }],
    ['the longest key', { key: WORD }],
    ['time itself', { actor: CLOCK }],
    ['a bureau', { actor: wang }],
    ['a carrier', { actor: wu }],
  ])('of %s is read', (_what, change) => {
    expect(tell(claim(1), change)).toBeUndefined()
  })

  test.each<[unknown, string | null]>([
    [null, null],
    [[], null],
    ['claim', null],
    [{}, 'undefined'],
    [{ kind: 'gift' }, 'gift'],
    [{ kind: 'toString' }, 'toString'],
    [{ kind: ['claim'] }, 'claim'],
  ])('with the command %o is refused', (command, kind) => {
    expect(tell(command)).toEqual({ ok: false, code: 'unknown_command', facts: { kind } })
  })

  test('of 64 KB of UTF-8, actor and all, is read, and of one byte more is not', () => {
    const bytes = bytesOf(canonicalJson(issue(1, { voucher: 'v', form: '' })))
    const room = 65_536 - bytes - bytesOf(canonicalJson(lin))
    const form = (length: number) => `${'创'.repeat(20_000)}${'x'.repeat(length - 60_000)}`
    expect(tell(issue(1, { voucher: 'v', form: form(room) }))).toBeUndefined()
    expect(tell(issue(1, { voucher: 'v', form: form(room + 1) }))).toEqual({
      ok: false,
      code: 'too_large',
      facts: { bytes: 65_537, limit_bytes: 65_536 },
    })
  })
})

function malformed(field: string) {
  return { ok: false, code: 'malformed', facts: { field } }
}

describe('what was asked', () => {
  const asked = (actor: AnyActor, command: Command = claim(1, { claim: 'c' })) =>
    askedOf(actor, command)

  test('is the role, account and organisation with the command, and not the name', () => {
    const command = { kind: 'void', voucher: 'v' } as const
    const text = (...who: string[]) => canonicalJson({ who, asked: command })
    expect(asked(lin, command)).toBe(text('enterprise', 'yunshan', lin.enterprise))
    expect(asked(wu, command)).toBe(text('carrier', 'zhijian', wu.carrier))
    expect(asked(wang, command)).toBe(text('bureau', 'xihu-review', XIHU))
    expect(asked(CLOCK, command)).toBe(text('clock', 'clock', ''))
    expect(asked({ ...lin, name: '林' }, command)).toBe(asked(lin, command))
  })

  test('leaves out what the service adds: caps of the moment and a voucher’s number', () => {
    const caps = { ...NO_CAPS, total: cap }
    expect(asked(lin, claim(1, { claim: 'c', caps }))).toBe(asked(lin))
    expect(asked(lin, claim(2, { claim: 'c' }))).not.toBe(asked(lin))
    const made = issue(1, { voucher: 'v' })
    expect(asked(lin, { ...made, number: 'another' })).toBe(asked(lin, made))
  })
})

describe('one text for one value', () => {
  test.each<[unknown, string]>([
    [{ b: 1, a: [true, null, '创"'], c: undefined }, '{"a":[true,null,"创\\""],"b":1}'],
    [{ z: { y: 1, x: 2 } }, '{"z":{"x":2,"y":1}}'],
    [[], '[]'],
    [{}, '{}'],
    [-0.5, '-0.5'],
    ['', '""'],
    [false, 'false'],
  ])('%o', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  test.each([
    [undefined, 'Undefined'],
    [Number.NaN, 'Number'],
    [Infinity, 'Number'],
    [10n, 'BigInt'],
    [new Date(0), 'Date'],
    [new Map(), 'Map'],
    [() => 1, 'Function'],
  ])('%o is none', (value, name) => {
    expect(() => canonicalJson(value)).toThrow(`JSON cannot hold [object ${name}]`)
    expect(() => canonicalJson([value])).toThrow(TypeError)
  })

  test('bytes are those of UTF-8', () => {
    expect([bytesOf(''), bytesOf('a'), bytesOf('创'), bytesOf('😀')]).toEqual([0, 1, 3, 4])
  })
})
