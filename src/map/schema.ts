/**
 * What the public interface takes and answers, once for the check and for its document. Every
 * description stands in both languages, the English one as `x-en`.
 */
import * as z from 'zod'
import { CATEGORIES } from '../catalogue/rules.ts'
import { KINDS, LINES_MAX, PAGE_MAX, PAGE_SIZE, SORTS } from './rules.ts'
import { lastPageFor, readBox, readCounty, readNear, readRegion } from './rules.ts'

export const LIMIT_MAX = 100
export const ZOOM_MAX = 18
/** Longer typed text is refused; what is looked for ends far before. */
export const WORD_CHARACTERS_MAX = 2000

function said(zh: string, en: string) {
  return { description: zh, 'x-en': en }
}

/** A parameter that has a reader of its own: what that cannot read is refused. */
function readBy(read: (text: string) => unknown) {
  return z.string().refine((text) => read(text) !== null)
}

/** A whole number in digits: what else a program takes for one, such as nothing, is a mistake. */
function wholeNumber(min: number, max: number) {
  const digits = (text: unknown) => (/^\d{1,6}$/.test(String(text)) ? Number(text) : text)
  return z.preprocess(digits, z.int().min(min).max(max))
}

const word = z
  .string()
  .max(WORD_CHARACTERS_MAX)
  .meta(
    said(
      '关键词，最多六个词，用空格隔开；名称、型号、拼音和首字母都可以',
      'Up to six words: names, models, pinyin of an organisation or its initials',
    ),
  )

const lang = z
  .enum(['zh', 'en'])
  .optional()
  .meta(said('拒绝时的说明用哪种语言，默认 zh', 'Language of a refusal; zh when left out'))

const FILTERS = {
  word: word.optional(),
  kind: z
    .enum(KINDS)
    .optional()
    .meta(
      said(
        'organisation 服务机构（默认），service 服务项目，instrument 仪器设备',
        'What is looked for; organisation when left out',
      ),
    ),
  region: readBy(readRegion)
    .optional()
    .meta(said('市或者县区的行政区划代码，如 330106', 'Code of a city or county, such as 330106')),
  category: z.enum(CATEGORIES).optional().meta(said('服务类别', 'Category of service')),
  accepts: readBy(readCounty)
    .optional()
    .meta(
      said(
        '县区代码：只要该县区的创新券今年可以用于的类别',
        'Code of a county: only categories its vouchers may be used for this year',
      ),
    ),
  box: readBy(readBox)
    .optional()
    .meta(
      said(
        '地图范围：西,南,东,北，WGS-84 度',
        'View of the map: west,south,east,north in WGS-84 degrees',
      ),
    ),
}

/** Parameters of the list. A sort by distance needs a place, one by price needs prices. */
export const searchParameters = z
  .object({
    ...FILTERS,
    sort: z
      .enum(SORTS)
      .optional()
      .meta(
        said(
          '排序：relevance 相关（默认），distance 距离，price 价格，evaluation 评价',
          'Order; by relevance when left out. distance needs near or region',
        ),
      ),
    near: readBy(readNear)
      .optional()
      .meta(
        said(
          '距离从哪里算起：经度,纬度，或者市、县区代码',
          'Where distances count from: longitude,latitude, or the code of a region',
        ),
      ),
    page: wholeNumber(1, PAGE_MAX)
      .optional()
      .meta(
        said(
          `第几页，从 1 开始；page × limit 不超过 ${LINES_MAX}`,
          `Page, from 1; page × limit is at most ${LINES_MAX}`,
        ),
      ),
    limit: wholeNumber(1, LIMIT_MAX)
      .optional()
      .meta(said(`每页几条，默认 ${PAGE_SIZE}`, `Lines on a page, ${PAGE_SIZE} when left out`)),
    lang,
  })
  .superRefine(({ sort, near, region, kind, page = 1, limit = PAGE_SIZE }, context) => {
    const placeless = sort === 'distance' && near === undefined && region === undefined
    const priceless = sort === 'price' && (kind ?? 'organisation') === 'organisation'
    if (placeless || priceless) context.addIssue({ code: 'custom', path: ['sort'] })
    if (page > lastPageFor(limit)) context.addIssue({ code: 'custom', path: ['page'] })
  })

/** Parameters of the map: the list's filters, and how near it is looked at. */
export const clusterParameters = z.object({
  ...FILTERS,
  zoom: wholeNumber(0, ZOOM_MAX).meta(
    said('地图缩放级别（Web 墨卡托）', 'Zoom level of a Web Mercator map'),
  ),
  lang,
})

export const suggestParameters = z.object({ word: word.min(1), lang })

const version = z
  .string()
  .meta(
    said('索引的版本：版本相同，答案相同', 'State of the index: equal versions have equal answers'),
  )
const total = z.int().meta(said('共有多少条', 'How many there are in all'))
/** What every list says of itself. */
const LIST = {
  version,
  total,
  page: z.int().meta(said('第几页', 'The page that was asked for')),
  pages: z
    .int()
    .meta(said(`共几页，不超过第 ${LINES_MAX} 条`, `Pages, none beyond line ${LINES_MAX}`)),
}
const fen = z.int().nullable().meta(said('参考价格，单位分；面议为空', 'Fen; null by agreement'))

export const hitAnswer = z.object({
  kind: z.enum(KINDS),
  subject: z.uuid().meta(said('编号', 'Its id')),
  name: z.string(),
  organisation: z.object({ subject: z.uuid(), name: z.string() }),
  url: z.string().meta(said('机构页面的地址', 'Address of the page of the organisation')),
  category: z.string().nullable(),
  model: z.string().nullable(),
  maker: z.string().nullable(),
  price_fen: fen,
  unit: z.string().nullable(),
  county: z.string().meta(said('所在县区代码', 'Code of the county')),
  address: z.string(),
  phone: z.string(),
  lng: z.number().meta(said('经度，WGS-84', 'Longitude, WGS-84')),
  lat: z.number().meta(said('纬度，WGS-84', 'Latitude, WGS-84')),
  rating: z
    .object({ average: z.number(), count: z.int() })
    .nullable()
    .meta(
      said('企业实际给出的评价；没有评价为空', 'What enterprises really gave; null where none did'),
    ),
  distance_m: z
    .number()
    .nullable()
    .meta(said('距离，米；没有起点为空', 'Metres from near; null without')),
  services: z.int().nullable().meta(said('机构的服务项目数', 'Services of an organisation')),
  instruments: z.int().nullable().meta(said('机构的仪器设备数', 'Instruments of an organisation')),
  matched: z
    .array(z.string())
    .meta(said('机构因为哪些项目被找到', 'What an organisation was found for')),
})

export const searchAnswer = z.object({ ...LIST, hits: z.array(hitAnswer) })

export const featureAnswer = z.object({
  type: z.literal('FeatureCollection'),
  ...LIST,
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.uuid(),
      geometry: z.object({
        type: z.literal('Point'),
        coordinates: z.tuple([z.number(), z.number()]),
      }),
      properties: hitAnswer.omit({ subject: true, lng: true, lat: true }),
    }),
  ),
})

export const clusterAnswer = z.object({
  version,
  total,
  clusters: z.array(
    z.object({
      lng: z.number(),
      lat: z.number(),
      organisations: z.int().meta(said('这里有几家机构', 'Organisations here')),
      items: z.int().meta(said('这里有几条结果', 'Matching lines here')),
      box: z
        .object({ west: z.number(), south: z.number(), east: z.number(), north: z.number() })
        .meta(said('它们的范围', 'Their extent')),
      one: z
        .object({ subject: z.uuid(), name: z.string() })
        .nullable()
        .meta(said('只有一家机构时是哪一家', 'The organisation, where it is only one')),
    }),
  ),
})

export const suggestAnswer = z.object({
  version,
  suggestions: z.array(
    z.object({
      kind: z.enum(KINDS),
      text: z.string(),
      organisation: z.uuid().nullable(),
      count: z.int(),
    }),
  ),
})

/** What is wrong with a request, https://www.rfc-editor.org/rfc/rfc9457. */
export const problemAnswer = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
})

export type HitAnswer = z.infer<typeof hitAnswer>
export type SearchAnswer = z.infer<typeof searchAnswer>
export type FeatureAnswer = z.infer<typeof featureAnswer>
export type ClusterAnswer = z.infer<typeof clusterAnswer>
export type ProblemAnswer = z.infer<typeof problemAnswer>
