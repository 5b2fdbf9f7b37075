/** What other slices may ask of the catalogue. */
import { formatFen } from '../kernel/amount.ts'
import type { Language } from '../kernel/text.ts'
import type { Category } from './rules.ts'
import { strings } from './strings.ts'

export {
  countCarriers,
  findCarrier,
  findCarrierByUscc,
  findInstrument,
  findService,
  inRegion,
  insertCarriers,
  insertInstruments,
  insertServices,
  listInstruments,
  listServices,
  mentions,
  offers,
  resumeCarrier,
  searchCarriers,
  suspendCarrier,
} from './store.ts'
export type { CarrierQuery } from './store.ts'

/** A category in the reader's language. */
export function categoryWord(category: Category, lang: Language): string {
  return strings[lang].categories[category]
}

/** ￥800.00 / 小时, or 面议 where no price is published. */
export function priceWords(
  item: { price_fen: number | null; unit: string },
  lang: Language,
): string {
  const t = strings[lang]
  const units: Readonly<Record<string, string>> = t.units
  if (item.price_fen === null) return t.negotiable
  return t.per(formatFen(item.price_fen), units[item.unit] ?? item.unit)
}
