/** Words of 「创新券查询」 and 「终止」 at the bureau. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    title: '创新券查询',
    lead: '列表取自汇总数据，可能比实际晚几秒；详情页为实时状态。',
    keyword: '关键词',
    keywordHint: '编号、企业、服务机构或统一社会信用代码',
    search: '搜索',
    anyYear: '全部年度',
    anyState: '全部状态',
    county: '县区',
    anyCounty: '全部县区',
    found: (count: number) => `共 ${count} 张`,
    none: '没有符合条件的创新券',
    noneHint: '请检查编号是否完整，或清除筛选条件。',
    mistyped: '这个编号的校验位不符，可能抄错了一位，请核对。',
    clear: '清除筛选',
    backLabel: '创新券查询',
    terminate: '终止',
    terminateLead:
      '已确认的创新券信息有误时，由科技部门终止，额度退回后企业重新提交。' +
      '终止后不能恢复；兑付审核中和已兑付的不能终止。',
    reason: '理由',
    reasonHint: '理由会告知企业和服务机构',
    reasonMissing: '请填写理由',
    reasonLong: (max: number) => `理由不能超过 ${max} 个字`,
    consequence: '提交终止后',
    returns: (amount: string, year: number) => `${amount} 退回企业 ${year} 年度可用额度`,
    returnNote: '企业已申领额度不变，可以用退回的额度重新提交使用创新券。',
    lost: (amount: string, year: number) => `${amount} 失效（${year} 年度已结束，不退回）`,
    lostNote:
      '往年的创新券终止后，额度不能退回，原服务可能无法使用今年的创新券额度。' +
      '如只是额度有误，不必终止，可在“予以兑付”中变更兑付额度。',
    freedLabel: '券面金额',
    submit: '提交终止',
    done: '已终止',
    doneNote: '企业和服务机构的页面已同步更新。',
  },
  {
    title: 'Find vouchers',
    lead:
      'The list comes from a copy and may trail by seconds; a voucher’s own page shows ' +
      'its live state.',
    keyword: 'Keyword',
    keywordHint: 'Number, enterprise, carrier or credit code',
    search: 'Search',
    anyYear: 'All years',
    anyState: 'All states',
    county: 'County',
    anyCounty: 'All counties',
    found: (count) => `${count} in all`,
    none: 'No voucher matches',
    noneHint: 'Check that the number is complete, or clear the filters.',
    mistyped: 'The check character of this number does not fit; a character may be misread.',
    clear: 'Clear filters',
    backLabel: 'Find vouchers',
    terminate: 'Terminate',
    terminateLead:
      'If a confirmed voucher is wrong the bureau terminates it; the quota returns ' +
      'and the enterprise submits anew. It cannot be undone, and not while in ' +
      'redemption or paid.',
    reason: 'Reason',
    reasonHint: 'The enterprise and the carrier are told',
    reasonMissing: 'Give a reason',
    reasonLong: (max) => `A reason has at most ${max} characters`,
    consequence: 'After terminating',
    returns: (amount, year) => `${amount} returns to the enterprise’s available quota of ${year}`,
    returnNote:
      'Its claimed quota stays as it is; the enterprise can use the returned quota ' +
      'for a new voucher.',
    lost: (amount, year) => `${amount} lapses (${year} is over, nothing returns)`,
    lostNote:
      'Terminating a voucher of an earlier year returns no quota, and the same ' +
      'service may not qualify for this year’s. If only its amount is wrong, leave ' +
      'it and change the amount when you approve its redemption.',
    freedLabel: 'Face amount',
    submit: 'Submit termination',
    done: 'Terminated',
    doneNote: 'The pages of the enterprise and the carrier show it already.',
  },
)
