/** The small words: twins of languages, tables of moves, outcomes and ids. */
import { describe, expect, test } from 'vitest'
import { isId, namedId, newId } from '../../src/kernel/id.ts'
import { follow } from '../../src/kernel/moves.ts'
import type { Moves } from '../../src/kernel/moves.ts'
import { accept, refuse } from '../../src/kernel/outcome.ts'
import { twin } from '../../src/kernel/text.ts'

test('a twin holds both languages under the same keys', () => {
  const strings = twin(
    { title: '额度', left: (yuan: string) => `还剩 ${yuan}`, states: { open: '开' } },
    { title: 'Quota', left: (yuan) => `${yuan} left`, states: { open: 'Open' } },
  )
  expect(strings.zh.left('￥1.00')).toBe('还剩 ￥1.00')
  expect(strings.en.left('￥1.00')).toBe('￥1.00 left')
  expect(Object.keys(strings.en)).toEqual(Object.keys(strings.zh))
})

test('a twin that lacks a key or takes another kind of value does not compile', () => {
  // @ts-expect-error the English twin lacks `next`
  twin({ title: '额度', next: '下一步' }, { title: 'Quota' })
  // @ts-expect-error a function stands against a text
  twin({ title: '额度' }, { title: () => 'Quota' })
  // @ts-expect-error the English function asks for more than the Chinese one gets
  twin({ left: (a: string) => a }, { left: (a: string, b: string) => a + b })
  expect(true).toBe(true)
})

describe('a table of moves', () => {
  const doors: Moves<'open' | 'shut', 'push' | 'pull'> = {
    push: { shut: 'open' },
    pull: { open: 'shut' },
  }

  test('leads where it says and nowhere else', () => {
    expect(follow(doors, 'shut', 'push')).toBe('open')
    expect(follow(doors, 'open', 'pull')).toBe('shut')
    expect(follow(doors, 'open', 'push')).toBeUndefined()
  })
})

test('an outcome is a value or a refusal with its facts', () => {
  expect(accept(1)).toEqual({ ok: true, value: 1 })
  expect(refuse('exceeds_available')).toEqual({ ok: false, code: 'exceeds_available', facts: {} })
  expect(refuse('exceeds_available', { available_fen: 5 }).facts).toEqual({ available_fen: 5 })
})

describe('ids', () => {
  test('are all different and in the order of their making', () => {
    const ids = Array.from({ length: 1_000 }, newId)
    expect(new Set(ids).size).toBe(1_000)
    expect(ids.toSorted()).toEqual(ids)
    expect(ids.every(isId)).toBe(true)
  })

  test('of a name are the same every time, and other than of any other name', () => {
    expect(namedId('claim 1')).toBe(namedId('claim 1'))
    expect(namedId('claim 1')).not.toBe(namedId('claim 2'))
    expect(isId(namedId('claim 1'))).toBe(true)
  })

  test.each([
    '',
    '1',
    'not-an-id',
    '018F0000-0000-7000-8000-000000000001',
    '018f0000-0000-7000-8000-000000000001 ',
    '{018f0000-0000-7000-8000-000000000001}',
    '018f0000-0000-7000-8000-00000000000',
    "' OR 1=1 --",
  ])('%s is none', (text) => {
    expect(isId(text)).toBe(false)
  })
})
