/**
 * The catalogue's lists as files, with the headings that an import knows: it passes over what is
 * there already and adds the rest.
 */
import { dayOf } from '../kernel/clock.ts'
import { regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { words } from '../platform/language.ts'
import { answerSheet } from '../platform/sheet.ts'
import type { Cell, Format, Row } from '../platform/sheet.ts'
import type { DeskQuery, DeskRow } from './desk-store.ts'
import { deskStrings } from './desk-strings.ts'
import { readCarriers, readItems } from './export-store.ts'
import type { OwnedItem } from './export-store.ts'
import { exportStrings } from './export-strings.ts'
import { formStrings } from './form-strings.ts'
import { stateOf } from './proposal-rules.ts'
import type { Kind } from './rules.ts'
import { strings } from './strings.ts'

/** The carriers of a bureau's list. */
export function answerCarriers(c: Ctx, query: DeskQuery, format: Format): Response {
  const t = words(c, exportStrings)
  const rows = portionsOf(readCarriers(dbOf(c.env), query), (row) => carrierRow(c, row))
  return answerSheet(
    c,
    { name: nameOf(c, t.names.carriers), columns: t.carrier.split('|'), rows },
    format,
  )
}

/** Services or instruments of a bureau's list, or of one carrier. */
export function answerItems(
  c: Ctx,
  kind: Kind,
  whose: DeskQuery | { carrier: string },
  format: Format,
): Response {
  const t = words(c, exportStrings)
  const rows = portionsOf(readItems(dbOf(c.env), kind, whose), (owned) => itemRow(c, owned))
  return answerSheet(
    c,
    { name: nameOf(c, t.names[kind]), columns: t[kind].split('|'), rows },
    format,
  )
}

function nameOf(c: Ctx, name: string): string {
  return `${name} ${dayOf(c.var.now)}`
}

async function* portionsOf<T>(
  portions: AsyncIterable<readonly T[]>,
  row: (one: T) => Row,
): AsyncGenerator<Row[]> {
  for await (const portion of portions) yield portion.map(row)
}

function carrierRow(c: Ctx, { carrier, services, instruments }: DeskRow): Row {
  const { name, uscc, legal_representative, county, address, lng, lat } = carrier
  const { contact, phone, categories, website, intro, state } = carrier
  const place: Cell[] = [regionName(county), address, lng, lat, 'WGS-84']
  const said: Cell[] = [contact, phone, categories.join('、'), website, intro]
  const stands = words(c, deskStrings).states[state]
  return [name, uscc, legal_representative, ...place, ...said, stands, services, instruments]
}

function itemRow(c: Ctx, { item, uscc, carrier_name }: OwnedItem): Row {
  const { kind, row } = item
  const price: Cell = row.price_fen === null ? null : row.price_fen / 100
  const rest: Cell[] = [
    row.qualifications.join('、'),
    row.summary,
    carrier_name,
    words(c, strings).states[stateOf(row, undefined)],
  ]
  if (kind === 'service')
    return [uscc, row.name, row.category, price, row.unit, row.turnaround_days, ...rest]
  const { name, model, maker, place, unit, availability } = row
  const stands = words(c, formStrings).availabilities[availability]
  return [uscc, name, model, maker, place, price, unit, stands, ...rest]
}
