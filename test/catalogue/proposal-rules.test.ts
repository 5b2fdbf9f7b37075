/** What of a change is public at once, what waits, and what the bureau may decide. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  changedAtOnce,
  changedByReview,
  changesBetween,
  decideProposal,
  needsReview,
  planEdit,
  seenOf,
  stateOf,
} from '../../src/catalogue/proposal-rules.ts'
import type { Decision, ServiceContent } from '../../src/catalogue/proposal-rules.ts'

const NOW: ServiceContent = {
  name: '演示可靠性试验',
  category: '检验检测',
  price_fen: 120_000,
  unit: '项',
  turnaround_days: 10,
  qualifications: ['CMA'],
  summary: '',
}
const CHEAPER = { ...NOW, price_fen: 100_000 }
const RENAMED = { ...NOW, name: '演示环境可靠性试验' }
const BOTH = { ...RENAMED, price_fen: 100_000 }

test('a price changes at once; name, category, qualifications and description wait', () => {
  expect(needsReview('service', NOW, CHEAPER)).toBe(false)
  expect(needsReview('service', NOW, { ...NOW, unit: '次', turnaround_days: null })).toBe(false)
  expect(needsReview('service', NOW, RENAMED)).toBe(true)
  expect(needsReview('service', NOW, { ...NOW, category: '研发设计' })).toBe(true)
  expect(needsReview('service', NOW, { ...NOW, qualifications: ['CMA', 'CNAS'] })).toBe(true)
  expect(needsReview('service', NOW, { ...NOW, summary: '国内第一' })).toBe(true)
  expect(needsReview('service', NOW, { ...NOW, qualifications: ['CMA'] })).toBe(false)
})

test('a change of both kinds is parted, and a review undoes no later price', () => {
  expect(changedAtOnce('service', NOW, BOTH)).toEqual(CHEAPER)
  expect(changedByReview('service', CHEAPER, RENAMED)).toEqual(BOTH)
  expect(changesBetween('service', NOW, BOTH)).toEqual(['name', 'price_fen'])
})

describe('a form of the carrier', () => {
  const cases: [string, ...Parameters<typeof planEdit>, ReturnType<typeof planEdit>][] = [
    [
      'proposes what is not published yet',
      'service',
      undefined,
      undefined,
      NOW,
      { publish: null, propose: NOW, end: null },
    ],
    [
      'replaces what waits and is not published yet',
      'service',
      undefined,
      NOW,
      CHEAPER,
      { publish: null, propose: CHEAPER, end: 'replaced' },
    ],
    [
      'that says the same again changes nothing',
      'service',
      undefined,
      NOW,
      { ...NOW },
      { publish: null, propose: null, end: null },
    ],
    [
      'of nothing new changes nothing',
      'service',
      NOW,
      undefined,
      NOW,
      { publish: null, propose: null, end: null },
    ],
    [
      'publishes a price',
      'service',
      NOW,
      undefined,
      CHEAPER,
      { publish: CHEAPER, propose: null, end: null },
    ],
    [
      'proposes a name',
      'service',
      NOW,
      undefined,
      RENAMED,
      { publish: null, propose: RENAMED, end: null },
    ],
    [
      'publishes the price and proposes the name',
      'service',
      NOW,
      undefined,
      BOTH,
      { publish: CHEAPER, propose: BOTH, end: null },
    ],
    [
      'with a name that waits already only publishes the price',
      'service',
      NOW,
      RENAMED,
      BOTH,
      { publish: CHEAPER, propose: null, end: null },
    ],
    [
      'that goes back to the published name ends what waits',
      'service',
      NOW,
      RENAMED,
      NOW,
      { publish: null, propose: null, end: 'withdrawn' },
    ],
    [
      'with yet another name replaces what waits',
      'service',
      NOW,
      RENAMED,
      { ...NOW, name: '演示老化试验' },
      { publish: null, propose: { ...NOW, name: '演示老化试验' }, end: 'replaced' },
    ],
  ]
  test.each(cases)('%s', (_name, kind, now, waiting, asked, plan) => {
    expect(planEdit(kind, now, waiting, asked)).toEqual(plan)
  })
})

test('whatever a form says, nothing is public that the bureau has not passed', () => {
  const content = fc.record<ServiceContent>({
    name: fc.constantFrom('甲', '乙'),
    category: fc.constantFrom('检验检测', '研发设计'),
    price_fen: fc.constantFrom(null, 100, 200),
    unit: fc.constantFrom('项', '次'),
    turnaround_days: fc.constantFrom(null, 1),
    qualifications: fc.constantFrom([], ['CMA'], ['CMA', 'CNAS']),
    summary: fc.constantFrom('', '说明'),
  })
  const waiting = fc.option(content, { nil: undefined })
  fc.assert(
    fc.property(content, waiting, content, (now, waits, asked) => {
      const { publish, propose, end } = planEdit('service', now, waits, asked)
      const open = publish ?? now
      expect(needsReview('service', now, open)).toBe(false)
      const kept = propose ?? (end === null ? waits : undefined)
      const then = kept ? changedByReview('service', open, kept) : open
      expect(then).toEqual(asked)
    }),
    { numRuns: 500 },
  )
})

const returned = { decision: 'returned', reason: '资质过期', at: 1, by_name: '许审' } as const

describe('an item', () => {
  const [offered, hidden] = [{ withdrawn_at: null }, { withdrawn_at: 1 }]
  const waiting = { verdict: null }
  const ended = (decision: Decision) => ({ verdict: { ...returned, decision } })
  test.each<[string, ...Parameters<typeof stateOf>, ReturnType<typeof stateOf>]>([
    ['that nobody has proposed to change', offered, undefined, 'published'],
    ['with a change on its way', offered, waiting, 'published'],
    ['with a change sent back', offered, ended('returned'), 'published'],
    ['with a change taken back', offered, ended('withdrawn'), 'published'],
    ['that was passed', offered, ended('approved'), 'published'],
    ['taken down', hidden, undefined, 'withdrawn'],
    ['taken down with a change on its way', hidden, waiting, 'withdrawn'],
    ['proposed', undefined, waiting, 'waiting'],
    ['sent back before it was public', undefined, ended('returned'), 'returned'],
    ['taken back before it was public', undefined, ended('withdrawn'), 'taken_back'],
  ])('%s', (_name, row, latest, state) => expect(stateOf(row, latest)).toBe(state))
})

test('what a form was rendered from tells every later change', () => {
  const waiting = { number: 1, verdict: null }
  const seen = [
    seenOf(undefined, waiting),
    seenOf(undefined, { number: 1, verdict: returned }),
    seenOf({ updated_at: 5 }, { number: 1, verdict: returned }),
    seenOf({ updated_at: 6 }, { number: 1, verdict: returned }),
    seenOf({ updated_at: 6 }, { number: 2, verdict: null }),
  ]
  expect(new Set(seen).size).toBe(seen.length)
})

describe('the bureau', () => {
  const cases: [string, ...Parameters<typeof decideProposal>, object][] = [
    [
      'passes',
      { verdict: null },
      { decision: 'approved', reason: '' },
      { value: { reason: null } },
    ],
    [
      'returns with a reason',
      { verdict: null },
      { decision: 'returned', reason: ' 请补证书 ' },
      { value: { reason: '请补证书' } },
    ],
    [
      'returns nothing without one',
      { verdict: null },
      { decision: 'returned', reason: ' ' },
      { code: 'reason_required' },
    ],
    [
      'writes no novels',
      { verdict: null },
      { decision: 'approved', reason: '长'.repeat(501) },
      { code: 'reason_too_long' },
    ],
    [
      'decides once',
      { verdict: returned },
      { decision: 'approved', reason: '' },
      { code: 'already_decided' },
    ],
  ]
  test.each(cases)('%s', (_name, proposal, asked, answer) => {
    expect(decideProposal(proposal, asked)).toMatchObject(answer)
  })
})
