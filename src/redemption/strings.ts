/** Words of the payee's 「兑付列表」, of its results, and of 「附件」. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    title: '兑付列表',
    lead: '材料符合要求的创新券，勾选后提交给受理地区的科技部门审核兑付。',
    columns: {
      voucher: '创新券',
      amount: '金额',
      state: '状态',
      papers: '兑付所需材料',
      attachments: '附件',
      action: '操作',
    },
    yearOf: (year: number) => `${year} 年度`,
    complete: '符合',
    asks: {
      invoice_number: '请填写发票号',
      invoice: '请上传发票',
      result: '请上传服务结果凭证',
      contract: '请上传合同',
      other: '请上传其他材料',
    },
    and: '；',
    view: '查看',
    choose: '选择',
    withdraw: '撤回',
    submitChosen: '提交所选',
    submitAll: '全部提交',
    ready: '提交后的变化',
    readyCount: '材料符合，可以提交',
    readySum: '合计申请兑付',
    vouchers: (count: number) => `${count} 张`,
    readyNote:
      '「提交所选」只提交勾选的；「全部提交」提交全部符合的，并列出其余的原因。审核前可以撤回。',
    submittedAt: (minute: string) => `${minute} 提交`,
    returned: '退回补正',
    because: (reason: string) => `理由：${reason}`,
    approved: (amount: string) => `核定兑付 ${amount}`,
    payments: { waiting: '待拨付', paid: '已拨付', failed: '拨付失败' },
    paidAt: (minute: string) => `${minute} 拨付`,
    others: {
      enterprise: (count: number) =>
        `另有 ${count} 张创新券的兑付方是载体，由服务机构发起兑付，不在这里显示。`,
      carrier: (count: number) =>
        `另有 ${count} 张创新券的兑付方是企业，由企业发起兑付，不在这里显示。`,
    },
    emptyTitle: '没有可以兑付的创新券',
    emptyOthers: {
      enterprise: (count: number) =>
        `本单位有 ${count} 张已确认的创新券，兑付方都是载体，由服务机构发起兑付，所以这里没有内容。`,
      carrier: (count: number) =>
        `与本机构有关的 ${count} 张创新券，兑付方都是企业，由企业发起兑付，所以这里没有内容。`,
    },
    emptyNext: {
      enterprise: '创新券经载体确认、且兑付方是企业时，会出现在这里。',
      carrier: '企业使用的创新券经本机构确认、且兑付方是载体时，会出现在这里。',
    },
    emptyLink: { enterprise: '查看我的创新券', carrier: '查看待确认' },
    emptyFilter: '没有符合筛选条件的创新券',
    trails: (minute: string) => `更新于 ${minute}，新确认的创新券可能晚几秒出现。`,
    refresh: '刷新',
    filters: {
      state: '状态',
      year: '年度',
      word: '关键词',
      wordHint: '编号、单位或合同编号',
      all: '全部',
    },
    noneChosen: '请先勾选需要兑付的创新券',
    tooMany: (max: number) => `一次最多提交 ${max} 张，请分几次提交`,
    withdrawn: (number: string) => `${number} 已撤回，可以重新提交。`,
    newRow: '兑付列表有更新',
    resultTitle: '提交结果',
    resultHead: (done: number, left: number) =>
      left === 0 ? `${done} 张已提交` : `${done} 张已提交，${left} 张未提交`,
    resultNone: '没有创新券被提交',
    resultNothing: '现在没有待提交的创新券。',
    resultSum: '申请兑付合计',
    resultColumns: { number: '编号', amount: '金额', result: '结果', why: '说明' },
    done: '已提交',
    notDone: '未提交',
    resultNext:
      '接下来由受理地区的科技部门审核。审核前可以在「兑付列表」撤回；审核后会显示核定金额和拨付情况。',
    resultLeft: '未提交的请按说明补齐后再提交。',
    back: '返回兑付列表',
    papersTitle: '附件',
    papersLead: '补齐发票号和证明材料后保存，系统会重新检查兑付所需材料。',
    invoice_code: '发票代码',
    invoice_code_hint: '数电发票（20 位号码）没有代码，不用填写',
    invoice_number: '发票号',
    invoice_number_hint: '8 至 20 位数字',
    kinds: { invoice: '发票', result: '服务结果凭证', contract: '合同', other: '其他材料' },
    filesLead: (left: number) =>
      `文件可以是 PDF、JPG、PNG、OFD、DOCX、XLSX，这张创新券还可以上传 ${left} 个。`,
    filesNone: '没有上传',
    save: '保存',
    saved: '已保存',
    savedComplete: '兑付所需材料符合，可以回到兑付列表提交。',
    savedMissing: (asks: string) => `还需要：${asks}。`,
    closed: '这张创新券已经提交兑付或已办结，附件不能再改。需要补充时，请先撤回。',
    noInvoice: '没有填写',
    errors: {
      invoice_number_missing: '请填写发票号',
      invoice_code_unreadable: '发票代码应为 10 位或 12 位数字，没有的请留空',
      invoice_number_unreadable: '发票号应为 8 至 20 位数字',
      invoice_already_used: '这张发票已经用于另一张创新券，请核对发票号',
      invoice_kept: '发票号已经登记，可以更正，不能清空',
    },
    refusals: {
      papers_missing: (asks: string) => `材料不全：${asks}`,
    },
  },
  {
    title: 'Redemptions',
    lead: 'Tick vouchers whose papers are complete and submit them to the science bureau.',
    columns: {
      voucher: 'Voucher',
      amount: 'Amount',
      state: 'State',
      papers: 'Papers needed',
      attachments: 'Attachments',
      action: 'Action',
    },
    yearOf: (year) => `Year ${year}`,
    complete: 'Complete',
    asks: {
      invoice_number: 'Enter the invoice number',
      invoice: 'Upload the invoice',
      result: 'Upload the proof of result',
      contract: 'Upload the contract',
      other: 'Upload the other papers',
    },
    and: '; ',
    view: 'View',
    choose: 'Choose',
    withdraw: 'Withdraw',
    submitChosen: 'Submit chosen',
    submitAll: 'Submit all',
    ready: 'What submitting does',
    readyCount: 'Complete and ready to submit',
    readySum: 'Amount applied for',
    vouchers: (count) => `${count}`,
    readyNote:
      '“Submit chosen” sends those you ticked; “Submit all” sends every complete one and ' +
      'names the rest. You can withdraw until it is decided.',
    submittedAt: (minute) => `submitted ${minute}`,
    returned: 'Returned for completion',
    because: (reason) => `Reason: ${reason}`,
    approved: (amount) => `${amount} approved`,
    payments: { waiting: 'To be paid', paid: 'Paid out', failed: 'Payment failed' },
    paidAt: (minute) => `paid ${minute}`,
    others: {
      enterprise: (count) =>
        `${count} more name the carrier as payee; the carrier redeems them and they are not ` +
        `listed here.`,
      carrier: (count) =>
        `${count} more name the enterprise as payee; it redeems them and they are not listed here.`,
    },
    emptyTitle: 'No vouchers to redeem',
    emptyOthers: {
      enterprise: (count) =>
        `You have ${count} confirmed vouchers. All name the carrier as payee, and the ` +
        `carrier redeems them, so nothing is listed here.`,
      carrier: (count) =>
        `${count} vouchers concern you. All name the enterprise as payee, and it redeems ` +
        `them, so nothing is listed here.`,
    },
    emptyNext: {
      enterprise: 'A voucher appears here once its carrier confirms it and you are the payee.',
      carrier: 'A voucher appears here once you confirm it and you are the payee.',
    },
    emptyLink: { enterprise: 'See my vouchers', carrier: 'See what waits' },
    emptyFilter: 'No voucher matches the filter',
    trails: (minute) => `As of ${minute}; newly confirmed vouchers may take a few seconds.`,
    refresh: 'Refresh',
    filters: {
      state: 'State',
      year: 'Year',
      word: 'Keyword',
      wordHint: 'Number, party or contract number',
      all: 'All',
    },
    noneChosen: 'Tick the vouchers you want to redeem first',
    tooMany: (max) => `At most ${max} at a time; submit them in several steps`,
    withdrawn: (number) => `${number} was withdrawn and can be submitted again.`,
    newRow: 'The redemption list was updated',
    resultTitle: 'Result of submitting',
    resultHead: (done, left) =>
      left === 0 ? `${done} submitted` : `${done} submitted, ${left} not submitted`,
    resultNone: 'No voucher was submitted',
    resultNothing: 'There is no voucher to submit at present.',
    resultSum: 'Amount applied for',
    resultColumns: { number: 'Number', amount: 'Amount', result: 'Result', why: 'Note' },
    done: 'Submitted',
    notDone: 'Not submitted',
    resultNext:
      'The science bureau of the region reviews them next. Until then you can withdraw ' +
      'them from the list; afterwards it shows the amount approved and its payment.',
    resultLeft: 'Complete those that were not submitted as noted and submit them again.',
    back: 'Back to the redemption list',
    papersTitle: 'Attachments',
    papersLead: 'Add the invoice number and papers and save; what is needed is checked again.',
    invoice_code: 'Invoice code',
    invoice_code_hint: 'Fully digital invoices (20-digit number) have none; leave it empty',
    invoice_number: 'Invoice number',
    invoice_number_hint: '8 to 20 digits',
    kinds: {
      invoice: 'Invoice',
      result: 'Proof of result',
      contract: 'Contract',
      other: 'Other papers',
    },
    filesLead: (left) =>
      ` Files may be PDF, JPG, PNG, OFD, DOCX or XLSX; ${left} more can be added.`,
    filesNone: 'None uploaded',
    save: 'Save',
    saved: 'Saved',
    savedComplete: 'The papers are complete. Go back to the list to submit.',
    savedMissing: (asks) => `Still needed: ${asks}.`,
    closed:
      'This voucher is submitted or settled; its attachments cannot change. Withdraw it first.',
    noInvoice: 'Not given',
    errors: {
      invoice_number_missing: 'Enter the invoice number',
      invoice_code_unreadable:
        'The invoice code has 10 or 12 digits; leave it empty if there is none',
      invoice_number_unreadable: 'The invoice number has 8 to 20 digits',
      invoice_already_used: 'This invoice stands for another voucher; check its number',
      invoice_kept: 'An invoice number on record can be corrected, not removed',
    },
    refusals: {
      papers_missing: (asks) => `Papers missing: ${asks}`,
    },
  },
)
