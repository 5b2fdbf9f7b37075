/** Words of 「我的创新券」 and of a voucher's own page, for the enterprise. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    title: '我的创新券',
    lead: '点击券面任意位置查看详情；扫描券面右下角的二维码，可在手机上核验。',
    live: '创新券状态已更新',
    filters: '筛选创新券',
    anyYear: '全部年度',
    anyState: '全部状态',
    anyCarrier: '全部机构',
    shown: (count: number) => `共 ${count} 张`,
    refreshed: (minute: string) => `更新于 ${minute}`,
    none: '还没有创新券',
    noneHint: '与服务机构签订合同后，填写登记表即可生成创新券。',
    toUse: '去使用创新券',
    noMatch: '没有符合条件的创新券',
    clear: '清除筛选',
    notRegistered: '实名注册审核通过后才能申领和使用创新券。',
    toRegistration: '前往实名注册',
    void: '作废',
    stopVoid: '不作废了',
    voidLead: '勾选要作废的创新券。只有未确认的创新券可以由企业作废，已确认的须由科技部门终止。',
    nothingToVoid: '没有可以作废的创新券',
    nothingToVoidHint: '只有未确认的创新券可以作废。已确认的创新券信息有误时，请联系科技部门终止。',
    pick: '选择',
    submitVoid: '提交作废',
    consequence: '提交作废后',
    returns: (amount: string, year: number) => `${amount} 退回 ${year} 年度可用额度`,
    lost: (amount: string, year: number) => `${amount} 失效（${year} 年度已结束，不退回）`,
    lostNote:
      '往年的创新券作废后，额度不能退回，原服务可能无法使用今年的创新券额度。' +
      '如只是额度有误，不必作废，可由科技部门在“予以兑付”中变更兑付额度。',
    returnNote: '作废后不能恢复，已申领额度不变；需要时请重新填写登记表。',
    pickOne: '请至少勾选一张要作废的创新券',
    results: '作废结果',
    result: '结果',
    voided: (what: string) => `已作废，${what}`,
    notVoided: {
      unconfirmed: '没有作废成功，请重试',
      confirmed: '没有作废：载体刚刚已确认此券。信息有误时请联系科技部门终止',
      refused: '无需作废：载体已拒绝，额度已退回',
      expired: '无需作废：已逾期失效，额度已退回',
      other: '没有作废：当前状态不能作废',
    },
    back: '返回我的创新券',
    next: {
      unconfirmed: '等待载体确认',
      confirmed: '已生效',
      refused: '载体已拒绝',
      voided: '已作废',
      expired: '已失效',
      terminated: '已终止',
      in_review: '兑付审核中',
      redeemed: '已兑付',
      rejected: '不予兑付',
    },
    nextUnconfirmed: '未经载体确认的创新券无效，请及时联系载体。信息有误时可以作废后重新填写。',
    nextConfirmed: {
      enterprise: '服务完成后，在“兑付列表”补齐发票和服务结果凭证并提交兑付。',
      carrier: '兑付方为载体，由服务机构提交兑付，本单位无需操作。',
    },
    nextWrong: '信息有误时，须由科技部门终止后重新填写登记表。',
    nextAgain: '需要使用额度时，请重新填写登记表。',
    nextReview: '科技部门正在审核兑付申请。',
    nextPaid: (amount: string) => `科技部门核定兑付 ${amount}。`,
    toRedemptions: '前往兑付列表',
    print: '打印本页即可得到纸质券面。',
  },
  {
    title: 'My vouchers',
    lead:
      'Click anywhere on a voucher for its details; scan the code at its lower right ' +
      'to verify it on a phone.',
    live: 'The state of a voucher has changed',
    filters: 'Filter vouchers',
    anyYear: 'All years',
    anyState: 'All states',
    anyCarrier: 'All carriers',
    shown: (count) => `${count} in all`,
    refreshed: (minute) => `Updated at ${minute}`,
    none: 'No vouchers yet',
    noneHint: 'Once you have a contract with a carrier, fill in the form to make a voucher.',
    toUse: 'Use a voucher now',
    noMatch: 'No voucher matches',
    clear: 'Clear filters',
    notRegistered: 'Your registration has to be approved before you can claim and use vouchers.',
    toRegistration: 'Go to registration',
    void: 'Void',
    stopVoid: 'Do not void',
    voidLead:
      'Tick the vouchers to void. Only unconfirmed ones can be voided by you; ' +
      'confirmed ones are terminated by the bureau.',
    nothingToVoid: 'Nothing can be voided',
    nothingToVoidHint:
      'Only unconfirmed vouchers can be voided. If a confirmed one is wrong, ask the ' +
      'science bureau to terminate it.',
    pick: 'Choose',
    submitVoid: 'Void chosen',
    consequence: 'After voiding',
    returns: (amount, year) => `${amount} returns to the available quota of ${year}`,
    lost: (amount, year) => `${amount} lapses (${year} is over, nothing returns)`,
    lostNote:
      'Voiding a voucher of an earlier year returns no quota, and the same service ' +
      'may not qualify for this year’s. If only its amount is wrong, leave it: the ' +
      'bureau can change the amount when it pays.',
    returnNote:
      'Voiding cannot be undone and leaves the claimed quota as it is; fill in a new ' +
      'form if needed.',
    pickOne: 'Tick at least one voucher to void',
    results: 'Result of voiding',
    result: 'Result',
    voided: (what) => `Voided: ${what}`,
    notVoided: {
      unconfirmed: 'Not voided; please try again',
      confirmed:
        'Not voided: the carrier has just confirmed it. If it is wrong, ask the ' +
        'science bureau to terminate it',
      refused: 'No need to void: the carrier has refused it and the quota is back',
      expired: 'No need to void: it has lapsed unconfirmed and the quota is back',
      other: 'Not voided: its present state does not allow it',
    },
    back: 'Back to my vouchers',
    next: {
      unconfirmed: 'Waiting for the carrier',
      confirmed: 'Valid',
      refused: 'Refused by the carrier',
      voided: 'Voided',
      expired: 'Lapsed',
      terminated: 'Terminated',
      in_review: 'Redemption under review',
      redeemed: 'Redeemed',
      rejected: 'Redemption refused',
    },
    nextUnconfirmed:
      'A voucher is not valid until its carrier confirms it: please ask them. If ' +
      'something is wrong, void it and fill in a new form.',
    nextConfirmed: {
      enterprise:
        'When the service is done, complete invoice and proof of result in the ' +
        'redemption list and submit.',
      carrier: 'The payee is the carrier, who redeems; you need do nothing.',
    },
    nextWrong:
      'If something is wrong the bureau has to terminate it before a new form is filled in.',
    nextAgain: 'To use the quota, fill in a new form.',
    nextReview: 'The science bureau is reviewing the redemption.',
    nextPaid: (amount) => `The science bureau approved ${amount} for payment.`,
    toRedemptions: 'Go to the redemption list',
    print: 'Print this page for a voucher on paper.',
  },
)
