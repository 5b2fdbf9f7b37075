/** What other slices may ask of the catalogue. */
import gcoord from 'gcoord'
import { putItems, putOrganisations } from '../atlas/client.ts'
import { formatFen } from '../kernel/amount.ts'
import type { Language } from '../kernel/text.ts'
import type { Bindings } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { decidedAt } from '../policy/client.ts'
import { listSealedAccounts, openAccount } from './account-store.ts'
import type { Account, Datum, LngLat } from './carrier-rules.ts'
import { daySpans } from './rules.ts'
import type { Carrier, Category, NewCarrier, NewInstrument, NewService, Opening } from './rules.ts'
import { carrierDoc, carrierDocsNow, instrumentDoc, serviceDoc } from './document.ts'
import { countByCounty, listWaiting } from './proposal-store.ts'
import type { Waiting } from './proposal-store.ts'
import * as store from './store.ts'
import type { CarrierChange } from './store.ts'
import { strings } from './strings.ts'

export {
  countCarriers,
  findCarrier,
  findCarrierByUscc,
  findInstrument,
  findService,
  insertCarriers,
  insertInstruments,
  insertServices,
  mentions,
  offers,
  refusePublished,
  resumeCarrier,
  searchCarriers,
  suspendCarrier,
} from './store.ts'
export type { CarrierQuery } from './store.ts'
export { listInstruments, listOfferedCategories, listServices } from './offer-store.ts'
export type { Offers, Portion } from './offer-store.ts'
export { isRecognised, openHours, openingOf } from './rules.ts'

/** Rows of one statement: well below what one bound text may weigh. */
const ROWS_MAX = 500

/**
 * Admits carriers: new ones alone, another of the same id or credit code conflicts. Any number of
 * rows with their documents, to stand in the caller's batch beside its audit row; `at` is epoch ms.
 * Call touchAtlas after the commit.
 */
export function admitCarriers(db: Db, rows: readonly NewCarrier[], at: number): Statement[] {
  return inParts(rows, (some) => {
    const whole = some.map((row) => store.wholeCarrier({ updated_at: at, ...row }))
    const docs = whole.map((row) => carrierDoc(row))
    return [store.insertCarriers(db, whole), ...putOrganisations(db, docs, at)]
  })
}

/** Publishes services, over those that have their ids. See admitCarriers. */
export function publishServices(db: Db, rows: readonly NewService[], at: number): Statement[] {
  return inParts(rows, (some) => {
    const whole = some.map((row) => store.wholeService({ ...row, updated_at: at }))
    return [store.putServices(db, whole), ...putItems(db, whole.map(serviceDoc), at)]
  })
}

/** Publishes instruments, over those that have their ids. See admitCarriers. */
export function publishInstruments(
  db: Db,
  rows: readonly NewInstrument[],
  at: number,
): Statement[] {
  return inParts(rows, (some) => {
    const whole = some.map((row) => store.wholeInstrument({ ...row, updated_at: at }))
    return [store.putInstruments(db, whole), ...putItems(db, whole.map(instrumentDoc), at)]
  })
}

/**
 * What changes a carrier's row, over the one of `seen`, its updated_at, with its place in the map's
 * index. Conflicts where somebody has changed, suspended or resumed it since, and where the credit
 * code is another's.
 */
export async function carrierStatements(
  db: Db,
  carrier: Carrier,
  change: CarrierChange,
  when: { seen: number; at: number },
): Promise<Statement[]> {
  const docs = await carrierDocsNow(db, [{ ...carrier, ...change }])
  return [store.updateCarrier(db, carrier, change, when), ...putOrganisations(db, docs, when.at)]
}

function inParts<T>(rows: readonly T[], write: (some: readonly T[]) => Statement[]): Statement[] {
  const parts = Array.from({ length: Math.ceil(rows.length / ROWS_MAX) }, (_none, at) =>
    rows.slice(at * ROWS_MAX, (at + 1) * ROWS_MAX),
  )
  return parts.flatMap(write)
}

/** How many proposals wait for this very bureau: of its region, and of counties without one. */
export async function countWaitingProposals(db: Db, bureau: string): Promise<number> {
  const counted = await countByCounty(db, bureau)
  const own = await decidedAt(db, bureau, countiesOf(counted))
  return counted.reduce((sum, { county, total }) => (own.has(county) ? sum + total : sum), 0)
}

/** The longest waiting ones of those, oldest first. */
export async function listWaitingProposals(
  db: Db,
  bureau: string,
  limit: number,
): Promise<Waiting[]> {
  const own = await decidedAt(db, bureau, countiesOf(await countByCounty(db, bureau)))
  if (own.size === 0) return []
  return listWaiting(db, { region: bureau, counties: [...own], limit, offset: 0 })
}

function countiesOf(counted: readonly { county: string }[]): string[] {
  return counted.map(({ county }) => county)
}

/** Where a carrier wants its money; undefined where it never said. */
export async function accountOf(
  env: Pick<Bindings, 'DB' | 'SESSION_KEY'>,
  carrier: string,
): Promise<Account | undefined> {
  return (await accountsOf(env, [carrier])).get(carrier)
}

/** The accounts of these carriers, those that named one. */
export async function accountsOf(
  env: Pick<Bindings, 'DB' | 'SESSION_KEY'>,
  carriers: readonly string[],
): Promise<Map<string, Account>> {
  const rows = await listSealedAccounts(dbOf(env), carriers)
  return new Map(
    rows.flatMap((row) => {
      const account = openAccount(env.SESSION_KEY, row)
      return account ? [[row.carrier, account] as const] : []
    }),
  )
}

const SYSTEMS = {
  'WGS-84': gcoord.WGS84,
  'GCJ-02': gcoord.GCJ02,
  'BD-09': gcoord.BD09,
} as const

/** A point of a map in China as WGS-84 degrees. */
export function toWgs84({ lng, lat }: LngLat, from: Datum): LngLat {
  const [east, north] = gcoord.transform([lng, lat], SYSTEMS[from], gcoord.WGS84)
  return { lng: east, lat: north }
}

/** A category in the reader's language. */
export function categoryWord(category: Category, lang: Language): string {
  return strings[lang].categories[category]
}

/** 周一至周五、周日 09:00–17:00: when a carrier is open, in the reader's language. */
export function openingWords({ days, from, to }: Opening, lang: Language): string {
  const t = strings[lang].weekdays
  const day = (one: number) => t.names[one - 1] ?? ''
  const spans = daySpans(days).map(([first, last]) =>
    first === last ? day(first) : t.span(day(first), day(last)),
  )
  return `${spans.join(t.comma)} ${from}–${to}`
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
