/** Calendar addresses of carriers: one each, known by the hash of its secret. */
import { eq } from 'drizzle-orm'
import type { Bindings } from '../platform/bindings.ts'
import type { Db, Statement } from '../platform/db.ts'
import { hashOf, keyedToken } from '../platform/token.ts'
import { booking_feeds } from './tables.ts'

export type Feed = typeof booking_feeds.$inferSelect

export async function findFeed(db: Db, carrier: string): Promise<Feed | undefined> {
  return db.select().from(booking_feeds).where(eq(booking_feeds.carrier, carrier)).get()
}

export async function findFeedByToken(db: Db, token: string): Promise<Feed | undefined> {
  if (!/^[\w-]{22}$/.test(token)) return undefined
  return db
    .select()
    .from(booking_feeds)
    .where(eq(booking_feeds.hash, hashOf(token)))
    .get()
}

type Env = Pick<Bindings, 'SESSION_KEY'>

/** The secret follows from the key of this instance: nobody who reads the table can tell it. */
export function feedToken(env: Env, { carrier, serial }: Pick<Feed, 'carrier' | 'serial'>): string {
  return keyedToken(env.SESSION_KEY, 'booking-feed', `${carrier}:${serial}`)
}

/** Gives a carrier an address, in place of the one it had. */
export function putFeed(env: Env, db: Db, feed: Omit<Feed, 'hash'>): Statement {
  const row = { ...feed, hash: hashOf(feedToken(env, feed)) }
  return db
    .insert(booking_feeds)
    .values(row)
    .onConflictDoUpdate({ target: booking_feeds.carrier, set: row })
}

export function deleteFeed(db: Db, carrier: string): Statement {
  return db.delete(booking_feeds).where(eq(booking_feeds.carrier, carrier))
}
