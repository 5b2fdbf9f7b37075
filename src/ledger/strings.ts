/** The words of vouchers and redemptions, the same everywhere, and each refusal as a sentence. */
import { formatFen } from '../kernel/amount.ts'
import type { Facts, Refusal } from '../kernel/outcome.ts'
import { PROVINCE, findRegion, regionName } from '../kernel/region.ts'
import { twin } from '../kernel/text.ts'
import type { Language } from '../kernel/text.ts'
import type { LedgerRefusal } from './rules.ts'

/** Voucher state → word. The Chinese ones are the label contract's. */
export const stateWords = twin(
  {
    unconfirmed: '未确认',
    confirmed: '已确认',
    refused: '已拒绝',
    voided: '已作废',
    expired: '已失效',
    terminated: '已终止',
    in_review: '兑付审核中',
    redeemed: '已兑付',
    rejected: '不予兑付',
  },
  {
    unconfirmed: 'Unconfirmed',
    confirmed: 'Confirmed',
    refused: 'Refused',
    voided: 'Voided',
    expired: 'Expired',
    terminated: 'Terminated',
    in_review: 'Redemption under review',
    redeemed: 'Redeemed',
    rejected: 'Redemption denied',
  },
)

/** Redemption state → word. */
export const redemptionWords = twin(
  {
    in_review: '审核中',
    returned: '退回补正',
    withdrawn: '已撤回',
    approved: '予以兑付',
    rejected: '不予兑付',
  },
  {
    in_review: 'Under review',
    returned: 'Returned for completion',
    withdrawn: 'Withdrawn',
    approved: 'Approved',
    rejected: 'Denied',
  },
)

type Sentence = (facts: Facts) => string
type Sentences = Readonly<Record<LedgerRefusal | 'unavailable', Sentence>>

const fen = (facts: Facts, name: string) => formatFen(Number(facts[name] ?? 0))

/** A sentence for the person who acted, amounts in yuan, with what would pass where it is known. */
export function refusalText(
  lang: Language,
  refusal: Refusal<LedgerRefusal | 'unavailable'>,
): string {
  return SENTENCES[lang][refusal.code](refusal.facts)
}

/** 海曙区科学技术局 for a region's code; what is no region's code is a name already. */
export function bureauName(lang: Language, code: string): string {
  const region = findRegion(code)
  if (!region) return code
  if (lang === 'en') return `the science bureau of ${regionName(code, 'en')}`
  return code === PROVINCE ? `${region.name}科学技术厅` : `${region.name}科学技术局`
}

function stateWord(lang: Language, facts: Facts): string {
  const words: Record<string, string> = { ...redemptionWords[lang], ...stateWords[lang] }
  return words[String(facts['state'])] ?? String(facts['state'])
}

function zhCap(name: string): Sentence {
  return (facts) => {
    const { set_by } = facts
    const by = set_by ? `（${bureauName('zh', String(set_by))}设置）` : ''
    const rest = facts['largest_fen'] ? `最多可申领 ${fen(facts, 'largest_fen')}` : '目前不能再申领'
    return `本次申领超过${name} ${fen(facts, 'limit_fen')}${by}，${rest}。`
  }
}

function enCap(name: string): Sentence {
  return (facts) => {
    const { set_by } = facts
    const by = set_by ? `, set by ${bureauName('en', String(set_by))}` : ''
    const rest = facts['largest_fen']
      ? `You can claim at most ${fen(facts, 'largest_fen')}.`
      : 'Nothing more can be claimed at present.'
    return `This claim exceeds the ${name} of ${fen(facts, 'limit_fen')}${by}. ${rest}`
  }
}

const zh: Sentences = {
  unknown_command: () => '系统不认识这项操作，没有任何变动。',
  malformed: () => '提交的内容不完整，没有任何变动，请返回重新填写。',
  too_large: () => '填写的内容过长，请精简后再提交。',
  key_reused: () => '这个页面已经提交过另一项内容，请刷新页面后再操作。',
  voucher_not_found: () => '没有找到这张创新券。',
  redemption_not_found: () => '没有找到这笔兑付申请。',
  not_the_enterprise: () => '只有持有额度的企业可以这样操作。',
  not_the_carrier: () => '只有创新券上写明的服务机构可以确认或拒绝。',
  not_the_payee: ({ payee }) =>
    `这张创新券的兑付方是${payee === 'carrier' ? '载体' : '企业'}，只能由兑付方操作。`,
  not_the_bureau: ({ region }) => `这张创新券由${bureauName('zh', String(region))}受理。`,
  not_a_reviewer: () => '您没有审核职责，不能作出这项决定。',
  not_the_clock: () => '创新券到期由系统处理，不能人工操作。',
  unknown_region: () => '受理地区须是浙江省内的县（市、区）。',
  not_in_state: (facts) => `当前状态是「${stateWord('zh', facts)}」，不能再这样操作，请刷新查看。`,
  already_exists: () => '这项内容已经提交过，请刷新查看。',
  claim_abandoned: () => '这次申领没有办成，额度没有变动，请重新申领。',
  year_closed: ({ year }) => `${year} 年度的额度不在当前年度内，不能退回。`,
  amount_not_positive: () => '金额须大于零。',
  amount_too_large: (facts) => `金额过大，单笔不能超过 ${fen(facts, 'limit_fen')}。`,
  exceeds_single_claim_max: zhCap('单次申领上限'),
  exceeds_claim_total_max: zhCap('额度申领上限'),
  exceeds_holding_max: zhCap('持有上限'),
  exceeds_budget: zhCap('年度预算'),
  exceeds_available: (facts) => `金额超过本年度可用额度，目前可用 ${fen(facts, 'available_fen')}。`,
  exceeds_voucher_amount: (facts) => `兑付金额不能超过创新券金额 ${fen(facts, 'amount_fen')}。`,
  reason_required: () => '请填写理由。',
  unavailable: () => '系统暂时没有回应，请稍后在本页重新提交，不会重复处理。',
}

const en: Sentences = {
  unknown_command: () => 'The service does not know this action. Nothing was changed.',
  malformed: () => 'What was sent is incomplete. Nothing was changed; please fill it in again.',
  too_large: () => 'What you entered is too long. Please shorten it and send it again.',
  key_reused: () => 'This page has already sent something else. Reload it and try again.',
  voucher_not_found: () => 'This voucher was not found.',
  redemption_not_found: () => 'This redemption was not found.',
  not_the_enterprise: () => 'Only the enterprise that holds the quota can do this.',
  not_the_carrier: () => 'Only the carrier named on the voucher can confirm or refuse it.',
  not_the_payee: ({ payee }) =>
    `The payee of this voucher is the ${String(payee)}; only the payee can do this.`,
  not_the_bureau: ({ region }) => `This voucher is handled by ${bureauName('en', String(region))}.`,
  not_a_reviewer: () => 'You do not have the review role that this decision needs.',
  not_the_clock: () => 'Vouchers expire by themselves; nobody can do this by hand.',
  unknown_region: () => 'The region must be a county or district of Zhejiang.',
  not_in_state: (facts) =>
    `It is now “${stateWord('en', facts)}”, so this is no longer possible. Reload to see it.`,
  already_exists: () => 'This has been submitted already. Reload to see it.',
  claim_abandoned: () => 'This claim was not completed and no quota was moved. Please claim again.',
  year_closed: ({ year }) => `Quota of ${year} is not of the current year and cannot be returned.`,
  amount_not_positive: () => 'The amount must be more than zero.',
  amount_too_large: (facts) => `The amount is too large; the most is ${fen(facts, 'limit_fen')}.`,
  exceeds_single_claim_max: enCap('limit for one claim'),
  exceeds_claim_total_max: enCap('yearly total'),
  exceeds_holding_max: enCap('holding limit'),
  exceeds_budget: enCap('budget of the year'),
  exceeds_available: (facts) =>
    `This is more than the quota available this year, ${fen(facts, 'available_fen')}.`,
  exceeds_voucher_amount: (facts) =>
    `No more than the voucher’s ${fen(facts, 'amount_fen')} can be paid.`,
  reason_required: () => 'Enter a reason.',
  unavailable: () => 'The service does not answer. Send this page again later; it counts once.',
}

const SENTENCES: Readonly<Record<Language, Sentences>> = twin(zh, en)
