/** What other slices may ask of 实名注册: its state, the approved data, and what waits. */
import type { Language } from '../kernel/text.ts'
import type { Db } from '../platform/db.ts'
import { findBureau } from '../policy/client.ts'
import type { Tone } from '../ui/badge.tsx'
import { registrationFrom } from './rules.ts'
import type { Registration, RegistrationState, RegistrationVersion, Shown } from './rules.ts'
import { averageReviewMs, countWaitingFor, listVersions } from './store.ts'
import { strings, TONES } from './strings.ts'

export { insertRegistrationVersion, insertReview, insertSubmission } from './store.ts'
export type { NewReview, NewSubmission, NewVersion } from './rules.ts'

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

/** The word of a state in the reader's language with its tone: 待审核, waiting. */
export function registrationWord(
  state: RegistrationState,
  lang: Language,
): { word: string; tone: Tone } {
  return { word: strings[lang].states[state], tone: TONES[state] }
}

/** Everything a page about one enterprise's registration shows. */
export async function readShown(db: Db, enterprise: string): Promise<Shown> {
  const versions = await listVersions(db, enterprise)
  const registration = registrationFrom(versions)
  const bureau = registration.latest?.state === 'waiting' ? registration.latest.bureau : null
  const [names, average_ms] = await Promise.all([
    listBureauNames(db, versions),
    bureau ? averageReviewMs(db, bureau) : null,
  ])
  return { registration, versions, names, average_ms }
}

/** The names of the bureaus that versions were sent to, by region. */
export async function listBureauNames(
  db: Db,
  versions: readonly RegistrationVersion[],
): Promise<Map<string, string>> {
  const regions = [...new Set(versions.flatMap(({ bureau }) => bureau ?? []))]
  const found = await Promise.all(regions.map((region) => findBureau(db, region)))
  return new Map(found.flatMap((bureau) => (bureau ? [[bureau.region, bureau.name]] : [])))
}
