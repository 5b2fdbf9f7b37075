/**
 * What a use stands on, read at the moment it is asked for (SPEC U2): the registration, the policy,
 * what is bought of whom, the booking, the papers, and what the ledger has left.
 */
import { FILES_MAX } from '../attachment/client.ts'
import { findBooking } from '../booking/client.ts'
import type { BookingRecord } from '../booking/client.ts'
import type { Booking } from '../booking/rules.ts'
import { findCarrier, findInstrument, findService } from '../catalogue/client.ts'
import { isOffered } from '../catalogue/rules.ts'
import type { Carrier } from '../catalogue/rules.ts'
import { dayOf, yearOf } from '../kernel/clock.ts'
import { isId } from '../kernel/id.ts'
import { readLedger } from '../ledger/client.ts'
import type { Bindings } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { policyOf } from '../policy/client.ts'
import type { Policy } from '../policy/rules.ts'
import { registrationOf } from '../registration/client.ts'
import type { RegistrationVersion } from '../registration/rules.ts'
import { sameContract } from './contract-rules.ts'
import type { Paper } from './rules.ts'
import { listPapers } from './store.ts'
import type { Typed, UseFacts } from './use-rules.ts'

export type UseGround = {
  /** The data in force; null unless the registration counts now. */
  registration: RegistrationVersion | null
  policy: Policy
  carrier: Carrier | undefined
  service: Chosen | undefined
  booking: BookingRecord | undefined
  papers: Paper[]
  facts: UseFacts
  /** True where a voucher of this id stands already. */
  made: boolean
}

/** What is bought: a service of the carrier, or the instrument that was booked. */
type Chosen = { id: string; name: string; category: string }

/**
 * Everything the rules of a use want to know, read now. A booking in the form decides carrier and
 * service; `voucher` is the id the use would get, whose papers may be there already.
 */
export async function useGround(
  env: Bindings,
  use: { enterprise: string; voucher: string; typed: Typed; at: number },
): Promise<UseGround> {
  const db = dbOf(env)
  const { enterprise, voucher, typed, at } = use
  const { state, approved } = await registrationOf(db, enterprise)
  const registration = state === 'approved' ? approved : null
  const county = registration?.county ?? ''
  const booking = await findUsable(db, use)
  const [policy, ledger, carrier, service, papers] = await Promise.all([
    policyOf(db, county, yearOf(at), at),
    readLedger(env, enterprise, at),
    findCarrier(db, booking?.carrier ?? typed['carrier'] ?? ''),
    findChosen(db, typed, booking),
    listPapers(db, { enterprise, id: voucher }),
  ])
  const offered = service && service.carrier === carrier?.id ? service : undefined
  const book = ledger.books.find((one) => one.region === county && one.year === yearOf(at))
  const contract_number = typed['contract_number'] ?? ''
  const facts: UseFacts = {
    registered: registration,
    available_fen: book?.accounts.available ?? 0,
    policy,
    carrier: carrier ?? null,
    service: offered ?? null,
    booked: booking !== undefined,
    same_contract_fen: sameContract(ledger.vouchers, {
      carrier: carrier?.id ?? '',
      contract_number,
      except: voucher,
    }),
    papers,
    papers_max: FILES_MAX,
    today: dayOf(at),
  }
  const made = ledger.vouchers.some((one) => one.id === voucher)
  return { registration, policy, carrier, service: offered, booking, papers, facts, made }
}

/**
 * What is used: what was booked, which goes on though it was withdrawn meanwhile; where only the
 * organisation was booked, or nothing, a service that is offered now.
 */
async function findChosen(
  db: Db,
  typed: Typed,
  booking: Booking | undefined,
): Promise<(Chosen & { carrier: string }) | undefined> {
  if (booking?.instrument) {
    const instrument = await findInstrument(db, booking.instrument)
    return instrument && { ...instrument, category: '仪器共享' }
  }
  if (booking?.service) return findService(db, booking.service)
  const service = await findService(db, typed['service'] ?? '')
  return service && isOffered(service) ? service : undefined
}

/** A booking that may be used now, or was taken for this very use a moment ago. */
export async function findUsable(
  db: Db,
  use: { enterprise: string; voucher: string; typed: Typed; at: number },
): Promise<BookingRecord | undefined> {
  const id = use.typed['booking'] ?? ''
  const found = isId(id) ? await findBooking(db, id, use.at) : undefined
  if (found?.enterprise !== use.enterprise) return undefined
  return found.state === 'accepted' || found.voucher === use.voucher ? found : undefined
}
