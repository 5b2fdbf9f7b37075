/** The life of an import as tables of cases: which step leads where, and who is refused why. */
import { describe, expect, test } from 'vitest'
import {
  decideAbandon,
  decideImport,
  decideReview,
  MOVES,
  nextOf,
  STATES,
  stateAfter,
} from '../../src/intake/rules.ts'
import type { Import, Move, State, Step } from '../../src/intake/rules.ts'
import { follow } from '../../src/kernel/moves.ts'

describe('the life of an import', () => {
  const LEADS: [State, Move, State][] = [
    ['reading', 'read', 'preview'],
    ['reading', 'fail', 'unreadable'],
    ['reading', 'abandon', 'abandoned'],
    ['preview', 'import', 'applying'],
    ['preview', 'send', 'in_review'],
    ['preview', 'abandon', 'abandoned'],
    ['in_review', 'approve', 'applying'],
    ['in_review', 'return', 'returned'],
    ['in_review', 'abandon', 'abandoned'],
    ['applying', 'finish', 'done'],
  ]
  test('has these steps and no others', () => {
    const found = STATES.flatMap((state) =>
      (Object.keys(MOVES) as Move[]).flatMap((move) => {
        const to = follow(MOVES, state, move)
        return to ? [`${state} ${move} ${to}`] : []
      }),
    )
    expect(found.toSorted()).toEqual(LEADS.map((one) => one.join(' ')).toSorted())
    expect(stateAfter(['read', 'send', 'approve', 'abandon'])).toBe('applying')
  })

  const NEXT: [State, begins: string, reviews: string, reads: string][] = [
    ['reading', 'wait', 'wait', 'wait'],
    ['unreadable', 'again', 'nothing', 'nothing'],
    ['preview', 'decide', 'others', 'others'],
    ['in_review', 'others', 'review', 'others'],
    ['returned', 'again', 'nothing', 'nothing'],
    ['applying', 'wait', 'wait', 'wait'],
    ['done', 'look', 'look', 'look'],
    ['abandoned', 'again', 'nothing', 'nothing'],
  ]
  test.each(NEXT)('%s leads on: to %s, to %s, to %s', (state, begins, reviews, reads) => {
    const viewers = [
      { decide: true, review: false },
      { decide: false, review: true },
      { decide: false, review: false },
    ]
    expect(viewers.map((viewer) => nextOf({ state }, viewer))).toEqual([begins, reviews, reads])
    expect(NEXT.map(([one]) => one)).toEqual(STATES)
  })

  const step = (move: Move, facts: object): Step => ({
    move,
    at: 0,
    by: '',
    by_name: '',
    facts: { ...facts },
  })
  const found = (bad: number, good: number, carrier: string | null = null) => {
    const steps = [step('read', { rows: bad + good, good, bad, published: 0 })]
    return { state: 'preview', steps, carrier } satisfies Pick<
      Import,
      'state' | 'steps' | 'carrier'
    >
  }
  const decisions: [string, ReturnType<typeof found>, 'all' | 'good', object][] = [
    ['all of a good file', found(0, 3), 'all', { ok: true, value: 'import' }],
    ['a carrier’s good file', found(0, 3, 'zhijian'), 'all', { ok: true, value: 'send' }],
    ['all of a file with a bad row', found(1, 3), 'all', { ok: false, code: 'has_bad_rows' }],
    ['the good rows of it', found(1, 3), 'good', { ok: true, value: 'import' }],
    ['a file without a good row', found(2, 0), 'good', { ok: false, code: 'nothing_to_import' }],
  ]
  test.each(decisions)('importing %s', (_name, one, mode, expected) => {
    expect(decideImport(one, mode)).toMatchObject(expected)
  })

  test.each(STATES.filter((state) => state !== 'preview'))('imports nothing while %s', (state) => {
    expect(decideImport({ ...found(0, 1), state }, 'all')).toMatchObject({ code: 'not_in_state' })
  })

  test('a return needs a reason, and neither verdict comes twice', () => {
    const asked = { verdict: 'return', reason: ' ' } as const
    expect(decideReview({ state: 'in_review' }, asked)).toMatchObject({ code: 'reason_required' })
    const long = { verdict: 'return', reason: '长'.repeat(501) } as const
    expect(decideReview({ state: 'in_review' }, long)).toMatchObject({ code: 'reason_too_long' })
    const approve = { verdict: 'approve', reason: '' } as const
    expect(decideReview({ state: 'in_review' }, approve)).toMatchObject({ ok: true })
    expect(decideReview({ state: 'applying' }, approve)).toMatchObject({ code: 'not_in_state' })
    expect(decideAbandon({ state: 'applying' })).toMatchObject({ code: 'not_in_state' })
  })
})
