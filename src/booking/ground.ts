/** What the form of a booking stands on: whom and what, who may book, which hours are free. */
import { findCarrier, findInstrument, findService } from '../catalogue/client.ts'
import { isOffered, openHours, openingOf } from '../catalogue/rules.ts'
import type { Carrier, Instrument, Service } from '../catalogue/rules.ts'
import { dayOf, dayStartsAt } from '../kernel/clock.ts'
import { isId } from '../kernel/id.ts'
import type { Bindings } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { quotaOf } from '../quota/client.ts'
import { registrationOf } from '../registration/client.ts'
import type { RegistrationVersion } from '../registration/rules.ts'
import { DAYS_AHEAD_MAX, needsOf } from './form-rules.ts'
import type { BookingNeed, Subject, TypedBooking } from './form-rules.ts'
import { dayAfter, freeHours } from './hour-rules.ts'
import { heldHours } from './hour-store.ts'

/** Who and what: `item` is service:<id> or instrument:<id>, '' where nothing is chosen. */
export type Asked = {
  carrier: Carrier
  item: string
  service: Service | undefined
  instrument: Instrument | undefined
}

/** Reads the fields carrier and item; undefined where they name nobody. */
export async function findAsked(db: Db, typed: TypedBooking): Promise<Asked | undefined> {
  const item = typed['item'] ?? ''
  const [kind, id = ''] = item.split(':')
  const service = kind === 'service' && isId(id) ? await findService(db, id) : undefined
  const instrument = kind === 'instrument' && isId(id) ? await findInstrument(db, id) : undefined
  const named = typed['carrier'] || (service ?? instrument)?.carrier || ''
  const carrier = isId(named) ? await findCarrier(db, named) : undefined
  if (!carrier) return undefined
  const own = <T extends { carrier: string }>(one: T | undefined) =>
    one?.carrier === carrier.id ? one : undefined
  return { carrier, item, service: own(service), instrument: own(instrument) }
}

/** What is asked for as the rules see it. */
export function subjectOf({ carrier, item, service, instrument }: Asked): Subject {
  const found = service ?? instrument
  const gone = item !== '' && !(found && isOffered(found))
  if (gone) return { carrier, service: 'gone', instrument: null }
  const available = instrument?.availability === 'available' ? 'available' : 'unavailable'
  return {
    carrier,
    service: service ? 'offered' : null,
    instrument: instrument ? available : null,
  }
}

export type Standing = { registration: RegistrationVersion | null; needs: BookingNeed[] }

/** Who may book (SPEC B1): the registration that counts, and 可用额度 as the ledger has it. */
export async function standingOf(
  env: Pick<Bindings, 'DB' | 'LEDGER' | 'BUDGET'>,
  enterprise: string,
  at: number,
): Promise<Standing> {
  const { state, approved } = await registrationOf(dbOf(env), enterprise)
  const registration = state === 'approved' ? approved : null
  const quota = registration && (await quotaOf(env, enterprise, registration.county, at))
  const available_fen = quota?.available_fen ?? 0
  return { registration, needs: needsOf({ registered: registration !== null, available_fen }) }
}

/** The hours of a day: those the carrier opens, and of an instrument those that are free. */
export type DayHours = { day: string; open: readonly number[]; free: readonly number[] }

/** `except` is a booking whose own hours count as free. `day` may be anything typed. */
export async function hoursOf(
  db: Db,
  { carrier, instrument }: Pick<Asked, 'carrier' | 'instrument'>,
  { day, at, except }: { day: string; at: number; except?: string },
): Promise<DayHours> {
  if (dayStartsAt(day) === undefined) return { day: '', open: [], free: [] }
  const open = openHours(openingOf(carrier), day)
  if (!instrument) return { day, open, free: [] }
  const until = dayAfter(day, 1)
  const held = await heldHours(db, instrument.id, { from: day, until, ...(except && { except }) })
  return { day, open, free: freeHours({ day, open, held, now: at }) }
}

/** How many hours are free on each of some days; a day that is missing is shut. */
export async function freeDays(
  db: Db,
  { carrier, instrument }: { carrier: Carrier; instrument: Instrument },
  { from, count, at, except }: { from: string; count: number; at: number; except?: string },
): Promise<Map<string, number>> {
  const until = dayAfter(from, count)
  const held = await heldHours(db, instrument.id, { from, until, ...(except && { except }) })
  const [today, opening] = [dayOf(at), openingOf(carrier)]
  const last = dayAfter(today, DAYS_AHEAD_MAX)
  const days = Array.from({ length: count }, (_none, place) => dayAfter(from, place))
  return new Map(
    days
      .filter((day) => day >= today && day <= last && openHours(opening, day).length > 0)
      .map((day) => {
        const open = openHours(opening, day)
        return [day, freeHours({ day, open, held, now: at }).length]
      }),
  )
}
