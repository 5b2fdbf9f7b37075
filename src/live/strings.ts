/** What is announced when a part of the page has changed by itself. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    voucher: '创新券有更新',
    book: '额度有更新',
    registration: '实名注册有更新',
    redemption: '兑付有更新',
    booking: '预约有更新',
    catalogue: '服务与仪器有更新',
  },
  {
    voucher: 'Vouchers updated',
    book: 'Quota updated',
    registration: 'Registration updated',
    redemption: 'Redemptions updated',
    booking: 'Bookings updated',
    catalogue: 'Services and instruments updated',
  },
)
