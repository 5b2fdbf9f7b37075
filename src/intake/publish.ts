/**
 * Publishing, some rows at a time. A row's id follows from its import and line, so that a stretch
 * that is done twice, because an answer was lost or the job died, makes nothing twice.
 */
import {
  admitCarriers,
  publishInstruments,
  publishServices,
  refusePublished,
} from '../catalogue/client.ts'
import type { NewCarrier, NewInstrument, NewService } from '../catalogue/rules.ts'
import { namedId } from '../kernel/id.ts'
import { commitOnce } from '../platform/db.ts'
import type { Db, Statement } from '../platform/db.ts'
import { reachOf, wantedOf } from './check.ts'
import type { Subject } from './job.ts'
import { readRow } from './row-rules.ts'
import type { Item } from './row-rules.ts'
import type { Made } from './rules.ts'
import type { KeptRow } from './rows.ts'
import { listPublished, listStanding, publishedKey } from './store.ts'

/** Rows of one batch. */
export const STRETCH_ROWS = 200

type Ready = { id: string; item: Item }

/** The id under which a line of an import is published. */
export function idOf(subject: Pick<Subject, 'id'>, line: number): string {
  return namedId(`import:${subject.id}:${line}`)
}

/** Another import may publish the same names at this moment: then the stretch is looked at anew. */
const TRIES_MAX = 3

/**
 * Publishes what can be of a stretch. `passed` are rows that somebody else has published, or that
 * may not be any more, since the file was read. Throws what D1 throws; nothing is written then.
 */
export async function publishStretch(
  db: Db,
  subject: Subject,
  rows: readonly KeptRow[],
  at: number,
): Promise<Made> {
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const made = await publishOnce(db, subject, rows, at)
    if (made) return made
  }
  throw new Error('others publish the same names again and again')
}

/** Undefined, and nothing written, where somebody else has published one of the rows meanwhile. */
async function publishOnce(
  db: Db,
  subject: Subject,
  rows: readonly KeptRow[],
  at: number,
): Promise<Made | undefined> {
  const reach = await reachOf(db, subject, rows)
  const ready: Ready[] = rows.flatMap(({ line, cells }) => {
    const reading = readRow(subject.kind, cells, reach)
    return reading.ok ? [{ id: idOf(subject, line), item: reading.item }] : []
  })
  const ids = ready.map(({ id }) => id)
  const standing = await listStanding(db, subject.kind, ids)
  const left = ready.filter(({ id }) => !standing.has(id))
  const wanted = left.map(({ item }) => wantedOf(item))
  const published = await listPublished(db, subject.kind, wanted)
  const fresh = left.filter(({ item }) => !published.has(publishedKey(wantedOf(item))))
  const names = fresh.map(({ id, item }) => ({ id, ...wantedOf(item) }))
  const guards = subject.kind === 'carrier' ? [] : [refusePublished(db, subject.kind, names)]
  const written = await commitOnce(db, [...guards, ...statementsFor(db, fresh, at)])
  if (!written) return undefined
  const made = standing.size + fresh.length
  return { made, passed: rows.length - made }
}

function statementsFor(db: Db, ready: readonly Ready[], at: number): Statement[] {
  const services: NewService[] = []
  const instruments: NewInstrument[] = []
  const carriers: NewCarrier[] = []
  for (const { id, item } of ready) {
    if (item.kind === 'service') services.push({ id, carrier: item.owner.id, ...item.content })
    else if (item.kind === 'instrument')
      instruments.push({ id, carrier: item.owner.id, ...item.content })
    else carriers.push({ id, ...item.content, admitted_at: at })
  }
  return [
    ...(services.length > 0 ? publishServices(db, services, at) : []),
    ...(instruments.length > 0 ? publishInstruments(db, instruments, at) : []),
    ...(carriers.length > 0 ? admitCarriers(db, carriers, at) : []),
  ]
}
