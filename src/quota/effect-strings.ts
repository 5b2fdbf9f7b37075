/** Words of what an amount changes in both languages. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    claim: '提交后的变化',
    hand_back: '退回后的变化',
    available: '可用额度',
    claimed: '已申领额度',
    remaining: '还可申领额度',
    no_limit: '不设上限',
    becomes: (before: string, after: string) => `${before} → ${after}`,
    plus: (before: string) => `${before} 加上所填金额`,
    minus: (before: string) => `${before} 减去所填金额`,
    most: '最多可以办理',
    over: '所填金额超过了这个数。',
    claim_note: (year: number) =>
      `额度即领即得，只能在 ${year} 年度内使用，年底没有用完的自动失效，用不到的可以退回。`,
    hand_back_note: '退回后年内还需要额度的，可以在上限内重新申领。',
  },
  {
    claim: 'What submitting changes',
    hand_back: 'What handing back changes',
    available: 'Available quota',
    claimed: 'Claimed',
    remaining: 'Left to claim',
    no_limit: 'No limit',
    becomes: (before: string, after: string) => `${before} → ${after}`,
    plus: (before: string) => `${before} plus the amount`,
    minus: (before: string) => `${before} less the amount`,
    most: 'At most',
    over: 'The amount is more than that.',
    claim_note: (year: number) =>
      `Granted at once, for use in ${year} only. The rest lapses; you can hand it back before.`,
    hand_back_note: 'If you need quota again this year, you can claim it within the limits.',
  },
)
