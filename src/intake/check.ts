/**
 * Rows held against the catalogue: whose they are, whether they read well, and whether the same is
 * published already. The same checks hold when the rows are read and when they are published.
 */
import { toWgs84 } from '../catalogue/client.ts'
import type { Category } from '../catalogue/rules.ts'
import { covers } from '../kernel/region.ts'
import { normalUscc } from '../kernel/uscc.ts'
import type { Db } from '../platform/db.ts'
import type { Cells } from './column-rules.ts'
import type { Subject } from './job.ts'
import { keyOf, readRow } from './row-rules.ts'
import type { Item, Owner, Reach } from './row-rules.ts'
import type { KeptRow } from './rows.ts'
import { listOwners, listPublished, publishedKey } from './store.ts'
import type { OwnerRow } from './store.ts'

export type Row = { line: number; cells: Cells }

/** A row with its verdict; `key` tells it from the others of its file, null where it is bad. */
export type Judged = KeptRow & { key: string | null }

/** Values of one query: well below what one bound text may weigh. */
const QUERY_ROWS_MAX = 1000

/** Everything about these rows but whether the file has them twice. */
export async function judge(db: Db, subject: Subject, rows: readonly Row[]): Promise<Judged[]> {
  const judged: Judged[] = []
  for (let from = 0; from < rows.length; from += QUERY_ROWS_MAX)
    judged.push(...(await judgeSome(db, subject, rows.slice(from, from + QUERY_ROWS_MAX))))
  return judged
}

async function judgeSome(db: Db, subject: Subject, rows: readonly Row[]): Promise<Judged[]> {
  const reach = await reachOf(db, subject, rows)
  const read = rows.map((row) => ({ row, reading: readRow(subject.kind, row.cells, reach) }))
  const items = read.flatMap(({ reading }) => (reading.ok ? [wantedOf(reading.item)] : []))
  const published = await listPublished(db, subject.kind, items)
  return read.map(({ row, reading }) => {
    if (!reading.ok) return judgedBad(row, reading.problems)
    const { item } = reading
    const carrier = item.kind === 'carrier' ? '' : item.owner.id
    const stands = published.has(publishedKey(wantedOf(item)))
    const again = { column: null, code: 'already_published', facts: {} } as const
    const verdict = stands ? ('published' as const) : ('good' as const)
    return { ...row, verdict, carrier, problems: stands ? [again] : [], key: keyOf(item) }
  })
}

function judgedBad(row: Row, problems: KeptRow['problems']): Judged {
  return { ...row, verdict: 'bad', carrier: '', problems, key: null }
}

/** What is looked for among what is published: the same name, and model, of the same carrier. */
export function wantedOf(item: Item): { carrier: string; name: string; model: string } {
  if (item.kind === 'carrier') return { carrier: item.content.uscc, name: '', model: '' }
  const { content, owner } = item
  const model = item.kind === 'instrument' ? item.content.model : ''
  return { carrier: owner.id, name: content.name, model }
}

/** A carrier speaks for itself, a bureau for the carriers and counties of its region. */
export async function reachOf(db: Db, subject: Subject, rows: readonly Row[]): Promise<Reach> {
  const { kind, carrier, region } = subject
  const within = (county: string) => covers(region, county)
  if (kind === 'carrier') return { ownerOf: () => 'carrier_unknown', within, toWgs84 }
  const owners =
    carrier === null
      ? await listOwners(db, 'uscc', codesOf(rows))
      : await listOwners(db, 'id', [carrier])
  const byCode = new Map(owners.map((owner) => [owner.uscc, ownerFrom(owner)]))
  const own = owners[0] && ownerFrom(owners[0])
  const ownerOf: Reach['ownerOf'] = (uscc) => {
    if (carrier !== null) return own ?? 'carrier_unknown'
    const owner = byCode.get(uscc ?? '')
    if (!owner) return 'carrier_unknown'
    return within(owner.county) ? owner : 'carrier_out_of_reach'
  }
  return { ownerOf, within, toWgs84 }
}

function codesOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap(({ cells: { uscc } }) => (uscc ? [normalUscc(uscc)] : [])))]
}

function ownerFrom({ id, county, categories }: OwnerRow): Owner {
  return { id, county, categories: JSON.parse(categories) as Category[] }
}
