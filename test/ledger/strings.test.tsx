/** The words of states and refusals, in both languages. */
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { VoucherBadge } from '../../src/ledger/badge-view.tsx'
import { LEDGER_REFUSALS } from '../../src/ledger/rules.ts'
import type { VoucherState } from '../../src/ledger/rules.ts'
import { bureauName, refusalText, stateWords } from '../../src/ledger/strings.ts'
import { refuse } from '../../src/kernel/outcome.ts'
import { language } from '../../src/platform/language.ts'
import type { App } from '../../src/platform/bindings.ts'
import { HAISHU, XIHU, yuan } from './fixture.ts'

test('the states are called what the label contract calls them', () => {
  expect(Object.values(stateWords.zh)).toEqual([
    '未确认',
    '已确认',
    '已拒绝',
    '已作废',
    '已失效',
    '已终止',
    '兑付审核中',
    '已兑付',
    '不予兑付',
  ])
})

test.each([
  ['', 'confirmed', '已确认'],
  ['?lang=en', 'confirmed', 'Confirmed'],
  ['', 'in_review', '兑付审核中'],
] as [string, VoucherState, string][])(
  'the badge at /%s says of %s: %s',
  async (query, state, word) => {
    const app = new Hono<App>()
    app.use(language)
    app.get('/', (c) => c.html(<VoucherBadge c={c} state={state} />))
    const answer = await app.request(`http://voucher.test/${query}`)
    expect(await answer.text()).toContain(`>${word}</strong>`)
  },
)

describe('a refusal says what would pass', () => {
  const caps = { limit_fen: yuan(50_000), set_by: HAISHU, largest_fen: yuan(20_000) }

  test.each([
    [
      refuse('exceeds_single_claim_max', caps),
      '本次申领超过单次申领上限 ￥50,000.00（海曙区科学技术局设置），最多可申领 ￥20,000.00。',
      'This claim exceeds the limit for one claim of ￥50,000.00, set by the science bureau of ' +
        'Haishu Qu, Ningbo Shi. You can claim at most ￥20,000.00.',
    ],
    [
      refuse('exceeds_holding_max', { ...caps, largest_fen: 0 }),
      '本次申领超过持有上限 ￥50,000.00（海曙区科学技术局设置），目前不能再申领。',
      'This claim exceeds the holding limit of ￥50,000.00, set by the science bureau of ' +
        'Haishu Qu, Ningbo Shi. Nothing more can be claimed at present.',
    ],
    [
      refuse('exceeds_available', { available_fen: yuan(188_500) }),
      '金额超过本年度可用额度，目前可用 ￥188,500.00。',
      'This is more than the quota available this year, ￥188,500.00.',
    ],
    [
      refuse('not_in_state', { state: 'confirmed' }),
      '当前状态是「已确认」，不能再这样操作，请刷新查看。',
      'It is now “Confirmed”, so this is no longer possible. Reload to see it.',
    ],
    [
      refuse('not_the_bureau', { region: XIHU }),
      '这张创新券由西湖区科学技术局受理。',
      'This voucher is handled by the science bureau of Xihu Qu, Hangzhou Shi.',
    ],
  ] as const)('%o', (refusal, zh, en) => {
    expect(refusalText('zh', refusal)).toBe(zh)
    expect(refusalText('en', refusal)).toBe(en)
  })

  const facts = { ...caps, payee: 'carrier', region: XIHU, state: 'returned', year: 2025 }

  test.each([...LEDGER_REFUSALS, 'unavailable'] as const)('%s has a sentence in both', (code) => {
    for (const lang of ['zh', 'en'] as const) {
      const text = refusalText(lang, refuse(code, facts))
      expect(text.length).toBeGreaterThan(5)
      expect(text).toMatch(lang === 'zh' ? /。$/ : /\.$/)
      expect(text).not.toMatch(/undefined|NaN|_/)
    }
  })
})

test('the province’s bureau is a 厅, and a name stays a name', () => {
  expect(bureauName('zh', '330000')).toBe('浙江省科学技术厅')
  expect(bureauName('zh', '330100')).toBe('杭州市科学技术局')
  expect(bureauName('zh', '滨江区科学技术局')).toBe('滨江区科学技术局')
})
