/** The columns of an import by what its rows are, each with its usual names. */
import type { Kind } from './rules.ts'

/** A column's heading in both languages, since a file may come in either. */
export type Column = {
  key: ColumnKey
  zh: string
  en: string
  also: readonly string[]
  required: boolean
}

export type ColumnKey =
  | 'uscc'
  | 'name'
  | 'category'
  | 'model'
  | 'maker'
  | 'place'
  | 'price'
  | 'unit'
  | 'turnaround'
  | 'availability'
  | 'qualifications'
  | 'summary'
  | 'legal_representative'
  | 'county'
  | 'address'
  | 'lng'
  | 'lat'
  | 'datum'
  | 'contact'
  | 'phone'
  | 'categories'
  | 'website'

function column(key: ColumnKey, zh: string, en: string, ...also: readonly string[]): Column {
  return { key, zh, en, also, required: false }
}

function needed(key: ColumnKey, zh: string, en: string, ...also: readonly string[]): Column {
  return { key, zh, en, also, required: true }
}

const OWNER = needed(
  'uscc',
  '载体统一社会信用代码',
  'Carrier credit code',
  '统一社会信用代码',
  '信用代码',
  'uscc',
  'credit code',
)
const PRICE = column(
  'price',
  '参考价格（元）',
  'Guide price (yuan)',
  '参考价格',
  '价格',
  '收费标准',
  'price',
  'guide price',
)
const UNIT = needed('unit', '计价单位', 'Unit', '单位', '收费单位', 'priced per')
const QUALIFICATIONS = column(
  'qualifications',
  '资质',
  'Qualifications',
  '资质证书',
  '认证',
  'qualification',
)
const SUMMARY = column('summary', '简介', 'Summary', '说明', '服务内容', 'description')

const SERVICE: readonly Column[] = [
  needed('name', '服务名称', 'Service', '名称', '服务项目', '服务项目名称', 'name', 'service name'),
  needed('category', '服务类别', 'Category', '类别'),
  PRICE,
  UNIT,
  column(
    'turnaround',
    '服务周期（工作日）',
    'Turnaround (working days)',
    '服务周期',
    '周期',
    'turnaround',
    'turnaround days',
  ),
  QUALIFICATIONS,
  SUMMARY,
]

const INSTRUMENT: readonly Column[] = [
  needed('name', '仪器名称', 'Instrument', '名称', '设备名称', 'name', 'instrument name'),
  needed('model', '型号', 'Model', '规格型号'),
  needed('maker', '生产厂家', 'Maker', '厂家', '制造商', '生产厂商', 'manufacturer'),
  column(
    'place',
    '安放地点',
    'Place',
    '放置地点',
    '存放地点',
    '地点',
    'location',
    'where it stands',
  ),
  PRICE,
  UNIT,
  column('availability', '开放状态', 'Availability', '使用状态', '状态', 'status'),
  QUALIFICATIONS,
  SUMMARY,
]

const CARRIER: readonly Column[] = [
  needed('name', '载体名称', 'Organisation', '名称', '单位名称', '机构名称', 'name', 'carrier'),
  needed(
    'uscc',
    '统一社会信用代码',
    'Credit code',
    '信用代码',
    'uscc',
    'unified social credit code',
  ),
  needed('legal_representative', '法定代表人', 'Legal representative', '法人代表'),
  needed(
    'county',
    '县（市、区）',
    'County',
    '县区',
    '区县',
    '所在县区',
    '所属市/县区',
    '行政区划代码',
    'city and county',
  ),
  needed('address', '地址', 'Address', '详细地址', '单位地址'),
  column('lng', '经度', 'Longitude', 'lng', 'lon'),
  column('lat', '纬度', 'Latitude', 'lat'),
  column('datum', '坐标系', 'Coordinate system', 'datum', 'crs'),
  needed('contact', '联系人', 'Contact', '联系人姓名'),
  needed('phone', '联系电话', 'Phone', '电话', '手机', 'telephone'),
  column(
    'categories',
    '认定类别',
    'Recognised categories',
    '认可的服务类别',
    '服务类别',
    '类别',
    'categories',
  ),
  column('website', '网址', 'Website', '网站', '官网'),
  column('summary', '简介', 'Introduction', '单位简介', 'intro', 'summary', 'about'),
]

/**
 * In the order of the template. `by_bureau` adds whose the rows are: a carrier imports its own.
 */
export function columnsOf(kind: Kind, by_bureau: boolean): readonly Column[] {
  if (kind === 'carrier') return CARRIER
  const columns = kind === 'service' ? SERVICE : INSTRUMENT
  return by_bureau ? [OWNER, ...columns] : columns
}

/** The cells of a row by column; what the file does not have is ''. */
export type Cells = Partial<Readonly<Record<ColumnKey, string>>>
