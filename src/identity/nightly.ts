/** The nightly run of identity: sessions that ended by themselves leave the store. */
import { dbOf } from '../platform/db.ts'
import type { Bindings } from '../platform/bindings.ts'
import { deleteEndedSessions } from './store.ts'

/** Answers how many sessions were removed. They were over before: nothing depends on this. */
export async function clearSessions(env: Pick<Bindings, 'DB'>, at: number): Promise<number> {
  return deleteEndedSessions(dbOf(env), at)
}
