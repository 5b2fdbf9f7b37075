/** Words of approving several redemptions in full at once, and of what became of each. */
import { twin } from '../kernel/text.ts'

export const bulkStrings = twin(
  {
    lead: '所选申请按创新券金额全额兑付。需要变更金额、退回或不予兑付的，请逐笔审核。',
    effect: '予以兑付后的变化',
    count: '予以兑付',
    items: (count: number) => `${count} 笔`,
    sum: '合计拨付',
    unchanged: '没有少付，额度没有变化',
    rowOk: '可以兑付',
    rowLook: '有需要留意的核对项',
    resultTitle: '批量审核结果',
    resultHead: (done: number, left: number) =>
      left === 0 ? `${done} 笔已予以兑付` : `${done} 笔已予以兑付，${left} 笔未办理`,
    resultNone: '没有申请被办理',
    done: '已予以兑付',
    notDone: '未办理',
  },
  {
    lead:
      'The chosen ones are paid in full. To change an amount, return or refuse, review it ' +
      'singly.',
    effect: 'What approving does',
    count: 'To approve',
    items: (count) => `${count}`,
    sum: 'Total to pay',
    unchanged: 'Nothing is left unpaid, no quota changes',
    rowOk: 'Ready',
    rowLook: 'A check needs a closer look',
    resultTitle: 'Result of the review',
    resultHead: (done, left) =>
      left === 0 ? `${done} approved` : `${done} approved, ${left} not done`,
    resultNone: 'Nothing was done',
    done: 'Approved',
    notDone: 'Not done',
  },
)
