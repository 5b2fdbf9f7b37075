/** What other slices may ask of 实名注册: its state, the approved data, and what waits. */
import type { Db } from '../platform/db.ts'
import type { Registration, RegistrationVersion } from './rules.ts'
import { countWaitingFor, listVersions, registrationFrom } from './store.ts'

export { insertRegistrationVersion, insertReview, insertSubmission } from './store.ts'
export type { NewReview, NewSubmission, NewVersion } from './store.ts'

/** State, newest version and approved version of an enterprise; 'none' before the first save. */
export async function registrationOf(db: Db, enterprise: string): Promise<Registration> {
  return registrationFrom(await listVersions(db, enterprise))
}

/** The data in force; null before the first 审核通过. A 变更 under review does not touch it. */
export async function approvedRegistration(
  db: Db,
  enterprise: string,
): Promise<RegistrationVersion | null> {
  return (await registrationOf(db, enterprise)).approved
}

/** True once a version was approved and nothing suspended it. */
export async function isRegistered(db: Db, enterprise: string): Promise<boolean> {
  return (await registrationOf(db, enterprise)).state === 'approved'
}

/** How many registrations wait for this bureau, for 「待办」 and the menu. */
export function countWaitingRegistrations(db: Db, bureau: string): Promise<number> {
  return countWaitingFor(db, bureau)
}
