/**
 * The OpenAPI document of the public interface, made from the schemas that check its requests. One
 * text in it for each language; `x-en` never leaves here.
 */
import { generateSpecs, resolver } from 'hono-openapi'
import type { DescribeRouteOptions } from 'hono-openapi'
import type { Hono } from 'hono'
import type { OpenAPIV3_1 } from 'openapi-types'
import type * as z from 'zod'
import type { Language } from '../kernel/text.ts'
import type { App } from '../platform/bindings.ts'
import { strings } from './api-strings.ts'
import {
  clusterAnswer,
  featureAnswer,
  problemAnswer,
  searchAnswer,
  suggestAnswer,
} from './schema.ts'

export type Document = OpenAPIV3_1.Document

type Operation = DescribeRouteOptions & { 'x-en': string }

const PROBLEM = { content: { 'application/problem+json': { schema: resolver(problemAnswer) } } }

/** What each address is for; its answers, and what may be said instead. */
export const OPERATIONS = {
  search: operation('查询服务机构、服务项目或者仪器设备', 'Search the map', searchAnswer),
  features: operation(
    '同样的查询，以 GeoJSON 回答',
    'The same search as GeoJSON',
    featureAnswer,
    'application/geo+json',
  ),
  clusters: operation(
    '地图上的聚合：每一处有几家机构、几条结果',
    'Clusters of the map: how many organisations and lines stand where',
    clusterAnswer,
  ),
  suggest: operation('输入时的提示', 'Suggestions while typing', suggestAnswer),
} satisfies Record<string, Operation>

function operation(
  zh: string,
  en: string,
  schema: z.ZodType,
  type = 'application/json',
): Operation {
  const described = (own: string, english: string) => ({ description: own, 'x-en': english })
  return {
    summary: zh,
    'x-en': en,
    responses: {
      200: {
        ...described('答案', 'The answer'),
        headers: {
          ETag: {
            ...described('答案的标记，用于 If-None-Match', 'Names the answer, for If-None-Match'),
            schema: { type: 'string' },
          },
        },
        content: { [type]: { schema: resolver(schema) } },
      },
      304: described('与 If-None-Match 相同，没有变化', 'Nothing new since If-None-Match'),
      400: {
        ...described('参数有误，errors 指出是哪一个', 'A parameter is wrong, errors names it'),
        ...PROBLEM,
      },
      503: {
        ...described('暂时无法回答', 'No answer for now'),
        headers: {
          'Retry-After': {
            ...described('几秒以后再试', 'Seconds until another try'),
            schema: { type: 'integer' },
          },
        },
        ...PROBLEM,
      },
    },
  }
}

/** The same for every reader of a language: made once in an isolate. */
const made = new Map<Language, Promise<Document>>()

export function documentOf(door: Hono<App>, lang: Language): Promise<Document> {
  const found = made.get(lang) ?? makeDocument(door, lang)
  made.set(lang, found)
  return found
}

async function makeDocument(door: Hono<App>, lang: Language): Promise<Document> {
  const t = strings[lang]
  const document = await generateSpecs(door, {
    documentation: {
      info: { title: t.title, description: `${t.lead} ${t.terms}`, version: '1' },
      servers: [{ url: '/' }],
    },
    excludeStaticFile: false,
  })
  return inLanguage(document, lang) as Document
}

/** Puts the text of the language where the document has its one summary or description. */
function inLanguage(part: unknown, lang: Language): unknown {
  if (Array.isArray(part)) return part.map((one) => inLanguage(one, lang))
  if (typeof part !== 'object' || part === null) return part
  const { 'x-en': english, ...rest } = raised(part as Fields)
  const entries = Object.entries(rest)
    .filter(([name, value]) => !isNoise(name, value))
    .map(([name, value]) => [name, inLanguage(value, lang)])
  const own = Object.fromEntries(entries) as Fields
  if (english === undefined || lang === 'zh') return own
  return { ...own, ['summary' in own ? 'summary' : 'description']: english }
}

type Fields = Readonly<Record<string, unknown>>

/** A parameter has the description of its schema: both languages of it. */
function raised(part: Fields): Fields {
  if (!('in' in part) || typeof part['schema'] !== 'object') return part
  const { 'x-en': english, ...schema } = part['schema'] as Fields
  return { ...part, schema, ...(english === undefined ? {} : { 'x-en': english }) }
}

/** What zod adds to every integer and UUID and tells nobody anything. */
function isNoise(name: string, value: unknown): boolean {
  if (name === 'minimum' || name === 'maximum') return Math.abs(Number(value)) > 2 ** 52
  return name === 'pattern' && String(value).includes('[0-9a-fA-F]{12}')
}
