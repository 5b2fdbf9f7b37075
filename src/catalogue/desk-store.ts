/** The bureau's list of carriers. */
import { and, asc, eq, getTableColumns, isNotNull, isNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { inRegion } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import type { Carrier, Words } from './rules.ts'
import { mentions } from './store.ts'
import {
  carrier_suspensions,
  carriers,
  instruments,
  proposal_verdicts,
  proposals,
  services,
} from './tables.ts'

export const DESK_STATES = ['active', 'suspended', 'waiting'] as const
export type DeskState = (typeof DESK_STATES)[number]

/** `region` is the bureau's; `county` narrows. */
export type DeskQuery = {
  region: string
  county: string | null
  word: Words
  state: DeskState | null
}

/** A carrier with how much it offers, withdrawn items left out, and how much of it waits. */
export type DeskRow = { carrier: Carrier; services: number; instruments: number; waiting: number }

const waits = sql`(select count(*) from ${proposals}
  left join ${proposal_verdicts} on ${proposal_verdicts.proposal} = ${proposals.id}
  where ${proposals.carrier} = ${carriers.id} and ${proposal_verdicts.proposal} is null)`

/** Carriers with what is counted of each; rowFrom reads what comes back. */
export function selectDesk(db: Db) {
  return db
    .select({
      ...getTableColumns(carriers),
      suspended: carrier_suspensions.at,
      services: offered(services),
      instruments: offered(instruments),
      waiting: sql<number>`${waits}`,
    })
    .from(carriers)
    .leftJoin(carrier_suspensions, eq(carrier_suspensions.carrier, carriers.id))
    .$dynamic()
}

function offered(table: typeof services | typeof instruments): SQL<number> {
  return sql<number>`(select count(*) from ${table}
    where ${table.carrier} = ${carriers.id} and ${table.withdrawn_at} is null)`
}

export function rowFrom(row: Awaited<ReturnType<typeof selectDesk>>[number]): DeskRow {
  const { suspended, services, instruments, waiting, ...carrier } = row
  const state = suspended === null ? 'active' : 'suspended'
  return { carrier: { ...carrier, state }, services, instruments, waiting }
}

/** Which carriers a query means, by `county`; joined with their suspensions. */
export function within(
  query: DeskQuery,
  county: SQL | typeof carriers.county = carriers.county,
): SQL | undefined {
  return and(
    inRegion(county, query.region),
    query.county === null ? undefined : inRegion(county, query.county),
    inState(query.state),
    ...query.word.map(
      (word) => sql`(${mentions(word)} or instr(${carriers.uscc}, ${word.toUpperCase()}) > 0)`,
    ),
  )
}

function inState(state: DeskState | null): SQL | undefined {
  if (state === 'active') return isNull(carrier_suspensions.carrier)
  if (state === 'suspended') return isNotNull(carrier_suspensions.carrier)
  return state === 'waiting' ? sql`${waits} > 0` : undefined
}

/** Carriers by name, and how many there are. */
export async function listDesk(
  db: Db,
  query: DeskQuery & { limit: number; offset: number },
): Promise<{ rows: DeskRow[]; count: number }> {
  const where = within(query)
  const [rows, counted] = await Promise.all([
    selectDesk(db)
      .where(where)
      .orderBy(asc(carriers.name), asc(carriers.id))
      .limit(query.limit)
      .offset(query.offset),
    db
      .select({ n: sql<number>`count(*)` })
      .from(carriers)
      .leftJoin(carrier_suspensions, eq(carrier_suspensions.carrier, carriers.id))
      .where(where)
      .get(),
  ])
  return { rows: rows.map(rowFrom), count: counted?.n ?? 0 }
}
