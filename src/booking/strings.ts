/** Words of the booking pages in both languages. */
import { twin } from '../kernel/text.ts'

/** Booking state → word. The Chinese ones are the label contract's. */
export const stateWords = twin(
  {
    waiting: '待确认',
    proposed: '待企业确认',
    accepted: '已确认',
    declined: '已拒绝',
    cancelled: '已取消',
    expired: '已过期',
    used: '已使用',
  },
  {
    waiting: 'Waiting for the organisation',
    proposed: 'Waiting for you',
    accepted: 'Accepted',
    declined: 'Declined',
    cancelled: 'Cancelled',
    expired: 'Expired',
    used: 'Used',
  },
)

export const strings = twin(
  {
    title: '服务预约记录',
    lead: '在创新地图上预约服务，服务机构确认后，就可以用这次预约申请使用创新券。',
    online: '在线预约服务',
    offline: '线下使用创新券',
    offline_hint: '已经与服务机构签订合同的，可以不经预约直接使用创新券。',
    offline_closed: (bureau: string) =>
      `${bureau}要求先在线预约：服务机构确认预约后，点击该预约的“申请使用创新券”办理。`,
    offline_unregistered: '实名注册审核通过后，才可以使用创新券。',
    the_bureau: '当地科技部门',
    to_registration: '去办理实名注册',
    organisation: '服务机构',
    item: '服务内容',
    day: '预约日期',
    contact: '预约人',
    state: '状态',
    actions: '操作',
    whole: '未指定',
    use: '申请使用创新券',
    voucher: '查看创新券',
    reason: (reason: string) => `理由：${reason}`,
    call: (phone: string) => `可致电 ${phone} 催办`,
    suspended: '服务机构已暂停',
    sms: {
      accepted: (carrier: string, item: string, slot: string) =>
        `${carrier}已确认您的预约：${item}，${slot}。可在“服务预约记录”申请使用创新券。`,
      declined: (carrier: string, item: string, reason: string) =>
        `${carrier}未接受您的预约：${item}。理由：${reason}`,
      proposed: (carrier: string, item: string, slot: string) =>
        `${carrier}提议将您的预约（${item}）改到 ${slot}，请在“服务预约记录”接受新日期或取消预约。`,
      cancelled: (carrier: string, item: string, reason: string) =>
        `您在${carrier}的预约（${item}）已取消。理由：${reason}`,
    },
    none_title: '还没有预约记录',
    none_text: '点击“在线预约服务”，在创新地图上查找服务机构、服务项目或者仪器设备。',
  },
  {
    title: 'Bookings',
    lead: 'Book on the innovation map. An accepted booking can be turned into a voucher.',
    online: 'Book a service online',
    offline: 'Use a voucher without booking',
    offline_hint: 'With a signed contract you can use a voucher without booking.',
    offline_closed: (bureau: string) =>
      `${bureau} requires a booking: once accepted, use “Apply to use a voucher” beside it.`,
    offline_unregistered: 'Vouchers can be used once your registration is approved.',
    the_bureau: 'The science bureau',
    to_registration: 'Go to registration',
    organisation: 'Organisation',
    item: 'Service',
    day: 'Day',
    contact: 'Contact',
    state: 'State',
    actions: 'Actions',
    whole: 'Not specified',
    use: 'Apply to use a voucher',
    voucher: 'See the voucher',
    reason: (reason: string) => `Reason: ${reason}`,
    call: (phone: string) => `You can call ${phone}`,
    suspended: 'The organisation is suspended',
    sms: {
      accepted: (carrier, item, slot) =>
        `${carrier} has accepted your booking of ${item}, ${slot}. A voucher can be used for it now.`,
      declined: (carrier, item, reason) =>
        `${carrier} has declined your booking of ${item}. Reason: ${reason}`,
      proposed: (carrier, item, slot) =>
        `${carrier} proposes ${slot} for your booking of ${item}. Please take it or cancel.`,
      cancelled: (carrier, item, reason) =>
        `Your booking of ${item} with ${carrier} was cancelled. Reason: ${reason}`,
    },
    none_title: 'No bookings yet',
    none_text:
      'Use “Book a service online” to find organisations, services or instruments on the map.',
  },
)
