/** What other slices may ask of bookings: which may be used, and that each is used once. */
import { commit } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { deleteUse, findUse, listBookings, markUsed } from './store.ts'
import type { BookingRecord, Use } from './store.ts'

export { findBooking, insertAnswer, insertBooking, insertCancellation, markUsed } from './store.ts'
export type { BookingRecord, Use } from './store.ts'
export { offlineUseAllowed } from './rules.ts'

/** The bookings of an enterprise that a voucher can be made from now, newest first. */
export async function acceptedBookings(
  db: Db,
  enterprise: string,
  at: number,
): Promise<BookingRecord[]> {
  const all = await listBookings(db, enterprise, at)
  return all.filter((booking) => booking.state === 'accepted')
}

/**
 * Takes a booking for a voucher that is about to be made; the same voucher may take it again.
 * Answers false where another living voucher has it. `releaseBooking` where the issue is refused.
 */
export async function takeBooking(db: Db, use: Use): Promise<boolean> {
  await commit(db, [markUsed(db, use)])
  return (await findUse(db, use.booking))?.voucher === use.voucher
}

/** Gives a booking back that was taken for a voucher which was never made. */
export async function releaseBooking(db: Db, use: Omit<Use, 'at'>): Promise<void> {
  await commit(db, [deleteUse(db, use)])
}
