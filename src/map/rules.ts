/** What the public search takes from the address, and how its answers are cut into pages. */
import { isCategory, wordsOf } from '../catalogue/rules.ts'
import type { Category, Words } from '../catalogue/rules.ts'
import { findRegion } from '../kernel/region.ts'

/** 服务机构 · 服务项目 · 仪器设备. */
export const KINDS = ['organisation', 'service', 'instrument'] as const
export type Kind = (typeof KINDS)[number]

/** `typed` is the text of the field, `words` what is looked for; region null is the province. */
export type Search = {
  kind: Kind
  typed: string
  words: Words
  region: string | null
  category: Category | null
  page: number
}

export const PAGE_SIZE = 20
const PAGE_MAX = 10_000

/** Reads a search from the address; whatever is not understood is left out, never refused. */
export function readSearch(query: Readonly<Record<string, string | undefined>>): Search {
  const kind = KINDS.find((one) => one === query['kind']) ?? 'organisation'
  const region = findRegion(query['region'] ?? '')
  const category = query['category'] ?? ''
  const page = Number(query['page'] ?? '1')
  return {
    kind,
    typed: query['word'] ?? '',
    words: wordsOf(query['word'] ?? ''),
    region: region && region.level > 1 ? region.code : null,
    category: isCategory(category) ? category : null,
    page: Number.isSafeInteger(page) && page >= 1 && page <= PAGE_MAX ? page : 1,
  }
}

/** The address of a search, its defaults left out, so that it can be shared. */
export function addressOf(search: Search, change: Partial<Search> = {}): string {
  const { kind, typed, region, category } = { ...search, ...change }
  const query = new URLSearchParams()
  if (typed !== '') query.set('word', typed)
  if (kind !== 'organisation') query.set('kind', kind)
  if (region) query.set('region', region)
  if (category) query.set('category', category)
  const text = query.toString()
  return text === '' ? '/map' : `/map?${text}`
}

/** Pages of a list, at least one. */
export function pagesOf(total: number): number {
  return Math.max(1, Math.ceil(total / PAGE_SIZE))
}

/** An average of real evaluations; `count` leaves out those the system made. */
export type Rating = { average: number; count: number }
