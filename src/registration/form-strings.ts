/** The fields of 实名注册 and what can be wrong with them, in both languages. */
import { twin } from '../kernel/text.ts'

/** What a message may name: the field, its length, the code signed in with, places, the name. */
type Told = Readonly<
  Record<'label' | 'asked' | 'max' | 'own' | 'county' | 'city' | 'home' | 'name', string>
>

export const formStrings = twin(
  {
    fields: {
      name: '企业名称',
      uscc: '统一社会信用代码',
      legal_representative: '法定代表人',
      agent: '经办人',
      agent_phone: '经办人手机',
      city: '所属市',
      county: '县区',
      address: '注册地址',
      industry: '所属行业',
      established: '成立日期',
      staff_count: '职工人数',
      email: '电子邮箱',
      bank: '开户银行',
      bank_account: '银行账号',
    },
    hints: {
      uscc: '18 位，即本次登录的法人的代码',
      agent_phone: '11 位，用来接收办理进度',
      bank: '由企业兑付时，款项拨付到这个账户，也可以以后再填',
      bank_account: '只填数字',
    },
    groups: {
      enterprise: '企业信息',
      agent: '经办人信息',
      region: '受理地区',
      more: '补充信息（选填）',
    },
    required: {
      name: '请填写企业名称',
      uscc: '请填写统一社会信用代码',
      legal_representative: '请填写法定代表人',
      agent: '请填写经办人',
      agent_phone: '请填写经办人手机',
      city: '请选择所属市',
      county: '请选择县区',
    },
    problems: {
      required: ({ asked }: Told) => asked,
      too_short: ({ label }: Told) => `${label}太短，请填写全称`,
      too_long: ({ label, max }: Told) => `${label}最多 ${max} 个字`,
      not_a_uscc: () => '统一社会信用代码有误：应为 18 位，且校验位相符，请对照营业执照核对',
      not_own_uscc: ({ own }: Told) => `只能登记本单位：本次登录的法人代码是 ${own}`,
      uscc_held_by_another: () =>
        '该统一社会信用代码已由另一个账号办理实名注册。如是本单位的原管理账号，请到「用户面板」绑定原有账号',
      not_a_mobile: () => '请填写 11 位中国大陆手机号，如 13900000000',
      not_a_city: () => '请从列表中选择所属市',
      not_a_county: () => '请从列表中选择县区',
      county_outside_city: ({ county, city }: Told) =>
        `${county}不属于${city}，请重新选择所属市或县区`,
      name_in_force: ({ name }: Told) => `变更登记不能改企业名称，现用名称是 ${name}`,
      county_in_force: ({ home }: Told) => `变更登记不能改县区，现登记在${home}`,
      not_a_day: () => '请填写日期，如 2019-05-20',
      day_to_come: () => '成立日期不能晚于今天',
      not_a_count: () => '职工人数请填整数，如 35',
      not_an_email: () => '电子邮箱格式不对，如 name@example.com',
      not_a_bank_account: () => '银行账号应为 8 到 32 位数字',
    },
    people: '人',
    regionNote: '由所选县区的科技部门审核，额度也在那里申领。',
    empty: '未填写',
  },
  {
    fields: {
      name: 'Enterprise name',
      uscc: 'Unified social credit code',
      legal_representative: 'Legal representative',
      agent: 'Agent',
      agent_phone: 'Agent’s mobile',
      city: 'City',
      county: 'County or district',
      address: 'Registered address',
      industry: 'Industry',
      established: 'Date of establishment',
      staff_count: 'Number of staff',
      email: 'E-mail',
      bank: 'Bank',
      bank_account: 'Bank account number',
    },
    hints: {
      uscc: '18 characters, the code of the legal person you signed in as',
      agent_phone: '11 digits, where progress is sent',
      bank: 'Where money goes when the enterprise redeems; you may add it later',
      bank_account: 'Digits only',
    },
    groups: {
      enterprise: 'Enterprise',
      agent: 'Agent',
      region: 'Region',
      more: 'More (optional)',
    },
    required: {
      name: 'Enter the enterprise name',
      uscc: 'Enter the unified social credit code',
      legal_representative: 'Enter the legal representative',
      agent: 'Enter the agent',
      agent_phone: 'Enter the agent’s mobile number',
      city: 'Choose the city',
      county: 'Choose the county or district',
    },
    problems: {
      required: ({ asked }) => asked,
      too_short: ({ label }) => `${label} is too short: enter it in full`,
      too_long: ({ label, max }) => `${label} can have at most ${max} characters`,
      not_a_uscc: () =>
        'The code must have 18 characters and a fitting check character: compare the licence',
      not_own_uscc: ({ own }) =>
        `You can register your own unit only: you signed in with code ${own}`,
      uscc_held_by_another: () =>
        'Another account registered this code. If it is your former one, bind it in “My panel”',
      not_a_mobile: () => 'Enter an 11-digit mainland mobile number, such as 13900000000',
      not_a_city: () => 'Choose a city from the list',
      not_a_county: () => 'Choose a county or district from the list',
      county_outside_city: ({ county, city }) =>
        `${county} is not part of ${city}: choose one of them again`,
      name_in_force: ({ name }) => `This change cannot alter the name, which is ${name}`,
      county_in_force: ({ home }) => `This change cannot alter the county, which is ${home}`,
      not_a_day: () => 'Enter a date, such as 2019-05-20',
      day_to_come: () => 'The date of establishment cannot be in the future',
      not_a_count: () => 'Enter the number of staff as a whole number, such as 35',
      not_an_email: () => 'Enter an e-mail address such as name@example.com',
      not_a_bank_account: () => 'A bank account number has 8 to 32 digits',
    },
    people: 'people',
    regionNote: 'The science bureau there reviews this form, and quota is claimed there.',
    empty: 'not given',
  },
)
