/** The enterprise registry: what the cast's organisations are registered with, all made up. */
import { sendJson } from './http.mjs'

/** By the cast's key: address, day, industry, capital in fen, employees, scope. */
const DETAILS = {
  yunshan: [
    '西湖区文三路 800 号演示大厦 12 层',
    '2019-03-18',
    '仪器仪表制造业',
    500_000_000,
    46,
    '传感器及物联网设备的研发、生产和销售',
  ],
  weiguang: [
    '海曙区丽园北路 900 号演示园 3 幢',
    '2017-06-02',
    '计算机、通信和其他电子设备制造业',
    1_200_000_000,
    118,
    '光电子器件、电路板的研发、生产和销售',
  ],
  zhixin: [
    '柯桥区金柯桥大道 1200 号',
    '2015-11-20',
    '纺织业',
    800_000_000,
    87,
    '功能性纺织材料的研发、生产和销售',
  ],
  qihang: [
    '西湖区转塘街道演示科创路 66 号 2 幢',
    '2022-08-09',
    '通用设备制造业',
    300_000_000,
    23,
    '服务机器人、移动机器人的研发、生产和销售',
  ],
  zhijian: [
    '西湖区演示检测路 1 号',
    '2004-05-12',
    '质检技术服务',
    null,
    210,
    '电磁兼容、环境可靠性和机器人产品的检测与评价',
  ],
  cailiao: [
    '西湖区演示材料路 18 号',
    '2016-09-27',
    '质检技术服务',
    600_000_000,
    64,
    '材料成分、力学性能分析测试和失效分析',
  ],
  kekao: [
    '海曙区演示环境路 5 号',
    '2009-04-30',
    '质检技术服务',
    null,
    75,
    '电子产品环境与可靠性试验、寿命评估',
  ],
  ruian: [
    '鹿城区演示电气路 88 号',
    '2012-12-06',
    '质检技术服务',
    null,
    92,
    '低压电器型式试验、短路试验和标准咨询',
  ],
}

/**
 * @param {any} cast the content of test/demo/cast.json
 * @param {Map<string, import('./accounts.mjs').PortalAccount>} accounts
 * @param {string} token what readers must present
 */
export function makeRegistry(cast, accounts, token) {
  const entries = new Map(
    [...cast.enterprises, ...cast.carriers].map((one) => [
      one.uscc,
      entryOf(one, accounts.get(one.account)),
    ]),
  )
  /** GET /registry/enterprises/:uscc → 200, 401 or 404. */
  return (req, res, uscc) => {
    if (req.headers.authorization !== `Bearer ${token}`) {
      return sendJson(res, 401, { error: 'unauthorized' })
    }
    const entry = entries.get(uscc)
    return entry ? sendJson(res, 200, entry) : sendJson(res, 404, { error: 'not_found' })
  }
}

function entryOf(one, account) {
  const details = DETAILS[one.key] ?? [
    '演示路 1 号',
    '2018-01-02',
    '科技推广和应用服务业',
    null,
    30,
    '',
  ]
  const [address, established, industry, registered_capital_fen, employees, business_scope] =
    details
  return {
    uscc: one.uscc,
    name: one.name,
    legal_representative: account.legal_representative,
    address,
    county: one.county,
    established,
    industry,
    registered_capital_fen,
    status: '存续',
    employees,
    business_scope,
  }
}
