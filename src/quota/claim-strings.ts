/** Words of the claim page, its refusals and its receipt in both languages. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    title: '创新券额度申领',
    lead: '填写受理地区和申领金额，提交后立即到账，无需审核。',
    region: '受理地区',
    region_hint: (region: string) => `请选择实名注册审核通过的县（市、区）：${region}`,
    amount: '申领金额',
    amount_hint: (largest: string) =>
      `单位为元，最多两位小数，例如 12000 或 12,000.00。${largest}建议按需申领。`,
    largest: (fen: string) => `这次最多可以申领 ${fen}。`,
    free: '这次申领的金额不设上限。',
    submit: '提交申领',
    nothing_left: {
      total: '本年度的额度已经全部申领。用不到的额度退回后，可以重新申领。',
      holding: '现在持有的额度已到上限，用掉一部分后可以继续申领。',
      budget: '本地区本年度的创新券预算已经用完。',
    },
    region_missing: '请选择受理地区',
    other_region: (right: string) => `受理地区应为实名注册审核通过的${right}`,
    exceeds_single_claim_max: (limit: string, by: string) =>
      `超过单次申领上限 ${limit}（${by}设定）`,
    exceeds_claim_total_max: (limit: string, by: string) =>
      `超过本年度申领额度上限 ${limit}（${by}设定）`,
    exceeds_holding_max: (limit: string, by: string) => `超过持有上限 ${limit}（${by}设定）`,
    exceeds_budget: (limit: string, by: string) => `超过本地区年度预算 ${limit}（${by}设定）的余额`,
    would_pass: (refusal: string, fen: string) => `${refusal}，这次最多可以申领 ${fen}`,
    none_passes: (refusal: string) => `${refusal}，现在不能再申领`,
    bureau: (region: string) => `${region}科技部门`,
    refused: (code: string) => `没有办理成功（${code}）`,
    done: '申领成功',
    done_amount: '申领金额',
    done_at: '申领时间',
    done_by: '经办人',
    done_available: '可用额度',
    done_next: '接下来',
    done_use: '额度已经到账，现在就可以使用创新券，请在科技大脑办理。',
    to_use: '去使用创新券',
    to_quota: '查看申领额度',
    done_close: '科技大脑的页面仍然保留，本页面可以直接关闭。',
    by_colleague: (name: string) =>
      `这笔额度由本单位的${name}申领。同一页面重复提交，或两位经办人同时提交，只算一次。`,
  },
  {
    title: 'Claim innovation voucher quota',
    lead: 'Enter region and amount. The quota is yours as soon as you submit, without review.',
    region: 'Region',
    region_hint: (region: string) => `The county that approved your registration: ${region}`,
    amount: 'Amount to claim',
    amount_hint: (largest: string) =>
      `In yuan, at most two decimals, such as 12000 or 12,000.00. ${largest} Claim what you need.`,
    largest: (fen: string) => `You can claim at most ${fen} now.`,
    free: 'No limit applies to this claim.',
    submit: 'Submit claim',
    nothing_left: {
      total: 'All quota of this year is claimed. Quota you hand back can be claimed again.',
      holding: 'You hold as much as is allowed. Use some of it and you can claim again.',
      budget: "This region's voucher budget of the year is used up.",
    },
    region_missing: 'Choose a region',
    other_region: (right: string) =>
      `The region must be the county that approved your registration: ${right}`,
    exceeds_single_claim_max: (limit: string, by: string) =>
      `More than the limit of ${limit} for one claim, set by ${by}`,
    exceeds_claim_total_max: (limit: string, by: string) =>
      `More than the limit of ${limit} for this year's claims, set by ${by}`,
    exceeds_holding_max: (limit: string, by: string) =>
      `More than the holding limit of ${limit}, set by ${by}`,
    exceeds_budget: (limit: string, by: string) =>
      `More than is left of the region's budget of ${limit}, set by ${by}`,
    would_pass: (refusal: string, fen: string) => `${refusal}. You can claim at most ${fen} now`,
    none_passes: (refusal: string) => `${refusal}. You cannot claim any more now`,
    bureau: (region: string) => `the science bureau of ${region}`,
    refused: (code: string) => `This was not done (${code})`,
    done: 'Quota claimed',
    done_amount: 'Amount claimed',
    done_at: 'Time',
    done_by: 'Agent',
    done_available: 'Available quota',
    done_next: 'What next',
    done_use: 'The quota is yours. You can use vouchers now, on Science Brain.',
    to_use: 'Go and use vouchers',
    to_quota: 'See your quota',
    done_close: 'The Science Brain page is still open; you can close this one.',
    by_colleague: (name: string) =>
      `${name} of your enterprise made this claim. The same page sent twice counts once.`,
  },
)
