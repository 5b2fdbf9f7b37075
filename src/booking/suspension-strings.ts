/** Words of suspending a carrier. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    title: '暂停服务机构',
    lead: '暂停后不再出现在创新地图和选择名录中；已生成的创新券不受影响。可以随时恢复。',
    carrier: '服务机构',
    reason: '理由',
    reason_hint: '会告知服务机构，例如：资质到期，核查期间暂停',
    reason_missing: '请填写理由',
    reason_long: (max: number) => `理由不能超过 ${max} 个字`,
    effect: '暂停后',
    open: '未完成的预约',
    open_effect: (count: number) =>
      count === 0 ? '没有' : `${count} 个预约将取消，时段释放，并告知各企业`,
    submit: '暂停',
    back: '返回',
  },
  {
    title: 'Suspend an organisation',
    lead:
      'A suspended organisation leaves the innovation map and the register; vouchers that are ' +
      'out go on. It can be resumed at any time.',
    carrier: 'Organisation',
    reason: 'Reason',
    reason_hint: 'The organisation is told; for example: certificate expired, under review',
    reason_missing: 'Give a reason',
    reason_long: (max) => `A reason has at most ${max} characters`,
    effect: 'After suspending',
    open: 'Open bookings',
    open_effect: (count) =>
      count === 0 ? 'None' : `${count} bookings are cancelled, their hours freed, enterprises told`,
    submit: 'Suspend',
    back: 'Back',
  },
)
