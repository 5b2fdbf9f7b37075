/** Words of the public interface: its refusals, its document and the page that shows it. */
import { twin } from '../kernel/text.ts'

export const strings = twin(
  {
    bad: '请求参数有误',
    missing: '没有这个接口',
    method: '只能用 GET 或者 HEAD 读取',
    failed: '暂时无法回答，请稍后再试',
    problems: {
      word: '关键词不能为空，最多 2000 个字',
      kind: '应为 organisation、service 或者 instrument',
      region: '应为浙江省内市或者县区的行政区划代码',
      category: '应为 检验检测、研发设计、技术咨询、仪器共享 之一',
      accepts: '应为浙江省内县区的行政区划代码',
      box: '应为“西,南,东,北”四个数，西小于东，南小于北',
      sort:
        '应为 relevance、distance、price 或者 evaluation；' +
        '按距离要有 near 或者 region，按价格要查服务项目或者仪器设备',
      near: '应为“经度,纬度”，或者市、县区的行政区划代码',
      page: '应为 1 到 500 的整数，并且 page × limit 不超过 10000；再往后请缩小范围',
      limit: '应为 1 到 100 的整数',
      zoom: '应为 0 到 18 的整数',
      lang: '应为 zh 或者 en',
      other: '不认识这个值',
    },
    title: '开放接口',
    lead: '创新地图上的服务机构、服务项目和仪器设备可以直接取用，不需要登录和申请。',
    terms:
      '答案可以缓存：请求时带上 If-None-Match，没有变化就只回 304。坐标是 WGS-84 度，金额是分。',
    document: '接口文档（OpenAPI 3.1）',
    parameter: '参数',
    parameters: (path: string) => `${path} 的参数`,
    meaning: '含义',
    form: '格式',
    needed: '必填',
    optional: '选填',
    example: '试一试',
    answers: '答案',
    answers_of: (path: string) => `${path} 的答案`,
    part: '字段',
    one_of: (values: string) => `${values} 之一`,
    list_of: (form: string) => `多个${form}`,
    forms: {
      string: '文字',
      integer: '整数',
      number: '小数',
      object: '对象',
      array: '数组',
      boolean: '是或者否',
    },
  },
  {
    bad: 'A parameter is wrong',
    missing: 'There is no such interface',
    method: 'It can only be read, by GET or HEAD',
    failed: 'No answer for now, please try again in a moment',
    problems: {
      word: 'Must not be empty, at most 2000 characters',
      kind: 'Must be organisation, service or instrument',
      region: 'Must be the code of a city or county of Zhejiang',
      category: 'Must be one of 检验检测, 研发设计, 技术咨询, 仪器共享',
      accepts: 'Must be the code of a county of Zhejiang',
      box: 'Must be west,south,east,north with west < east and south < north',
      sort:
        'Must be relevance, distance, price or evaluation; distance needs near or region, ' +
        'price needs services or instruments',
      near: 'Must be longitude,latitude or the code of a city or county',
      page:
        'Must be a whole number from 1 to 500, with page × limit at most 10000; ' +
        'beyond that, please ask more narrowly',
      limit: 'Must be a whole number from 1 to 100',
      zoom: 'Must be a whole number from 0 to 18',
      lang: 'Must be zh or en',
      other: 'This value is not known',
    },
    title: 'Public interface',
    lead:
      'Organisations, services and instruments of the innovation map, free to use ' +
      'without signing in.',
    terms:
      'Answers may be cached: send If-None-Match, and nothing new is answered with 304 alone. ' +
      'Coordinates are WGS-84 degrees, money is fen.',
    document: 'Document (OpenAPI 3.1)',
    parameter: 'Parameter',
    parameters: (path: string) => `Parameters of ${path}`,
    meaning: 'Meaning',
    form: 'Form',
    needed: 'Required',
    optional: 'Optional',
    example: 'Try it',
    answers: 'Answer',
    answers_of: (path: string) => `Answer of ${path}`,
    part: 'Field',
    one_of: (values: string) => `one of ${values}`,
    list_of: (form: string) => `list of ${form}`,
    forms: {
      string: 'text',
      integer: 'whole number',
      number: 'number',
      object: 'object',
      array: 'list',
      boolean: 'true or false',
    },
  },
)
