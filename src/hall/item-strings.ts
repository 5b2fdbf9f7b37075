/** The guides of the two services: who, what for, with what, how long, at what cost. */
import { twin } from '../kernel/text.ts'
import type { Item } from './item-rules.ts'

type Guide = {
  name: string
  summary: string
  /** Further words that find it. */
  words: string
  who: string
  needs: readonly string[]
  takes: string
  cost: string
  after: string
}

const zh: Record<Item, Guide> = {
  claim: {
    name: '创新券申领服务',
    summary: '申领本年度的创新券额度。在上限之内即领即得，无需再审。',
    words: '科技创新券 额度 申请 领券 领取 实名注册 补助 补贴 科技部门',
    who: '在浙江登记的企业，实名注册已经县区科技部门审核通过。',
    needs: ['法人账号（浙江政务服务网）', '统一社会信用代码、法定代表人和经办人信息'],
    takes: '额度即领即得；首次办理先做实名注册，由县区科技部门审核。',
    cost: '不收费。',
    after: '额度当年有效，可以随时退回；年底未使用的部分失效。',
  },
  use: {
    name: '创新券使用服务',
    summary: '与服务机构签了合同，用创新券抵付一部分检测、研发、设计、咨询费用。',
    words: '科技创新券 用券 抵扣 检验检测 研发设计 技术咨询 仪器共享 载体 兑付 补助 补贴',
    who: '有可用额度的企业，向省内认可的服务机构购买服务，双方没有关联关系。',
    needs: ['服务合同（名称、编号、金额、起止时间）', '合同文件；兑付前补齐发票和服务结果凭证'],
    takes: '提交即生成创新券，服务机构确认后生效；兑付由科技部门审核。',
    cost: '不收费。合同中创新券以外的部分由企业自付。',
    after: '服务完成、材料齐全后申请兑付，科技部门拨付给兑付方。',
  },
}

const en: Record<Item, Guide> = {
  claim: {
    name: 'Claiming innovation vouchers',
    summary: 'Claim this year’s quota. Within the limits it is granted at once, without review.',
    words: 'voucher quota apply grant subsidy registration 创新券 额度',
    who: 'Enterprises of Zhejiang whose registration was approved by the science bureau.',
    needs: [
      'A legal-person account at the government portal',
      'Credit code, legal representative and agent',
    ],
    takes: 'Quota is granted at once; a first registration is reviewed by the county’s bureau.',
    cost: 'Free of charge.',
    after: 'Quota is valid this year and can be handed back; what is unused at year’s end lapses.',
  },
  use: {
    name: 'Using innovation vouchers',
    summary: 'Pay part of a contract for testing, research, design or advice with a voucher.',
    words: 'voucher spend redeem contract carrier testing research design 创新券 使用 兑付',
    who: 'Enterprises with quota left that buy from a recognised, unrelated carrier.',
    needs: [
      'The contract: name, number, sum, dates',
      'Its file; invoice and result papers before redemption',
    ],
    takes: 'The voucher is made at once and valid when the carrier confirms; the bureau then pays.',
    cost: 'Free of charge. What the voucher does not cover is paid by the enterprise.',
    after: 'When the service is done and the papers are complete, the bureau pays the payee.',
  },
}

export const guides = { zh, en }

/** Everything a word may hit, in both languages. */
export function searchText(item: Item): string {
  return [zh[item], en[item]]
    .flatMap(({ name, summary, words, who }) => [name, summary, words, who])
    .join(' ')
}

export const itemStrings = twin(
  {
    who: '谁可以办',
    whoIs: (who: string) => `谁可以办：${who}`,
    needs: '需要准备',
    takes: '多久办好',
    cost: '收费',
    after: '办好之后',
    handle: '业务办理',
    fill: '基本信息填报',
    signInFirst: '点击后先登录法人账号，再回到创新券系统。',
    otherRole: '这项服务由企业办理。您登录的身份不能填报，可以从用户面板进入自己的工作台。',
  },
  {
    who: 'Who can use it',
    whoIs: (who) => `For: ${who}`,
    needs: 'What you need',
    takes: 'How long it takes',
    cost: 'Cost',
    after: 'Afterwards',
    handle: 'Go to the service',
    fill: 'Fill in basic information',
    signInFirst: 'You sign in first as a legal person and come back to the voucher service.',
    otherRole: 'This service is for enterprises. Your own desk opens from your panel.',
  },
)
