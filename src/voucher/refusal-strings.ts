/** What is said of a refused use, beside the field it is about; facts come as shown text. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    not_registered: () => '实名注册审核通过后才能使用创新券',
    booking_required: () => '当地科技部门要求先在线预约，请从已确认的预约申请使用',
    booking_taken: () => '这个预约已用于另一张有效的创新券',
    carrier_missing: () => '请选择服务机构',
    carrier_not_active: () => '该服务机构已暂停服务，请另选一家',
    related_credit_code: () => '不能使用创新券购买本单位自己的服务（统一社会信用代码相同）',
    related_legal_representative: () => '服务机构与本单位的法定代表人相同，属于关联单位，不能使用',
    service_missing: () => '请选择服务内容',
    service_not_allowed: (f: Record<string, string>) =>
      `当地政策不支持${f['category']}类服务，请另选服务内容`,
    category_missing: () => '请选择服务类别',
    category_not_allowed: () => '当地政策不支持这个服务类别',
    text_missing: (f: Record<string, string>) => `请填写${f['label']}`,
    text_too_long: (f: Record<string, string>) => `${f['label']}不能超过 ${f['max']} 个字`,
    amount_missing: (f: Record<string, string>) => `请填写${f['label']}`,
    amount_unreadable: (f: Record<string, string>) =>
      `${f['label']}请填写数字，最多两位小数，例如 12000 或 12,000.00`,
    amount_not_positive: (f: Record<string, string>) => `${f['label']}应大于零`,
    day_missing: (f: Record<string, string>) => `请填写${f['label']}`,
    day_unreadable: (f: Record<string, string>) => `${f['label']}请按 2026-01-31 的格式填写`,
    contract_in_future: () => '合同签订时间不能晚于今天',
    contract_before_policy: (f: Record<string, string>) =>
      `合同签订时间早于本年度政策规定的 ${f['from']}，不能使用本年度额度`,
    contract_after_policy: (f: Record<string, string>) =>
      `合同签订时间晚于本年度政策规定的 ${f['until']}`,
    ends_before_start: () => '服务结束时间不能早于服务开始时间',
    exceeds_available: (f: Record<string, string>) => `可用额度不足，最多可以使用 ${f['largest']}`,
    exceeds_ratio: (f: Record<string, string>) =>
      `不能超过合同金额的 ${f['percent']}%，最多可以使用 ${f['largest']}`,
    exceeds_contract_max: (f: Record<string, string>) =>
      `每份合同使用创新券不能超过 ${f['limit']}，最多可以使用 ${f['largest']}`,
    payee_missing: () => '请选择兑付方',
    payee_not_allowed: () => '当地科技部门不发放这种兑付方的创新券',
    paper_missing: (f: Record<string, string>) => `请上传${f['label']}`,
    papers_too_many: (f: Record<string, string>) =>
      `材料合计不能超过 ${f['max']} 个文件，请删除一些`,
    invoice_number_missing: () => '填写了发票代码，请同时填写发票号',
    invoice_code_unreadable: () => '发票代码应为 10 位或 12 位数字，全电发票留空',
    invoice_number_unreadable: () => '发票号应为 8 至 20 位数字',
    invoice_already_used: () => '这张发票已用于另一张有效的创新券，请核对发票代码和发票号',
    commitment_missing: () => '请阅读并勾选承诺条款',
  },
  {
    not_registered: () => 'Your registration has to be approved first',
    booking_required: () => 'The local bureau requires an accepted online booking',
    booking_taken: () => 'This booking is already used for another living voucher',
    carrier_missing: () => 'Choose a carrier',
    carrier_not_active: () => 'This carrier is suspended; choose another',
    related_credit_code: () => 'A voucher cannot buy your own service (same credit code)',
    related_legal_representative: () =>
      'The carrier has the same legal representative as you: related parties cannot use a voucher',
    service_missing: () => 'Choose a service',
    service_not_allowed: (f) =>
      `The local policy does not cover ${f['category']}; choose another service`,
    category_missing: () => 'Choose a category',
    category_not_allowed: () => 'The local policy does not cover this category',
    text_missing: (f) => `Give: ${f['label']}`,
    text_too_long: (f) => `${f['label']}: at most ${f['max']} characters`,
    amount_missing: (f) => `Give: ${f['label']}`,
    amount_unreadable: (f) =>
      `${f['label']}: a number with at most two decimals, such as 12000 or 12,000.00`,
    amount_not_positive: (f) => `${f['label']} must be more than zero`,
    day_missing: (f) => `Give: ${f['label']}`,
    day_unreadable: (f) => `${f['label']}: write it like 2026-01-31`,
    contract_in_future: () => 'The contract cannot be signed later than today',
    contract_before_policy: (f) =>
      `Signed before ${f['from']}, the first day of this year’s policy: this year’s ` +
      'quota cannot pay for it',
    contract_after_policy: (f) => `Signed after ${f['until']}, the last day of this year’s policy`,
    ends_before_start: () => 'The service cannot end before it starts',
    exceeds_available: (f) => `Not enough quota: at most ${f['largest']}`,
    exceeds_ratio: (f) =>
      `No more than ${f['percent']}% of the contract sum: at most ${f['largest']}`,
    exceeds_contract_max: (f) => `No more than ${f['limit']} per contract: at most ${f['largest']}`,
    payee_missing: () => 'Choose the payee',
    payee_not_allowed: () => 'The local bureau does not issue vouchers with this payee',
    paper_missing: (f) => `Upload: ${f['label']}`,
    papers_too_many: (f) => `At most ${f['max']} files together; remove some`,
    invoice_number_missing: () => 'An invoice code is given; give the invoice number too',
    invoice_code_unreadable: () =>
      'An invoice code has 10 or 12 digits; leave it empty for digital invoices',
    invoice_number_unreadable: () => 'An invoice number has 8 to 20 digits',
    invoice_already_used: () =>
      'This invoice already stands for another living voucher; check code and number',
    commitment_missing: () => 'Read and tick the commitment',
  },
)
