/**
 * Writes of the index's truth in D1. Only rows are written here; the triggers beside the tables
 * keep places, words and revisions with them.
 */
import { getTableColumns, sql } from 'drizzle-orm'
import type { Db, Statement } from '../platform/db.ts'
import type { ItemDoc, OrganisationDoc } from './rules.ts'
import { atlas_items, atlas_organisations } from './tables.ts'
import { givenTerms, itemTerms, organisationTerms } from './term-rules.ts'
import { namedText, textOf } from './word-rules.ts'
import type { Text } from './word-rules.ts'

/** Of one bound text: D1 takes two megabytes. */
const TEXT_BYTES_MAX = 1_000_000

type Table = typeof atlas_organisations | typeof atlas_items

/** Columns that are no part of what a document says. */
const KEPT: readonly string[] = ['id', 'subject', 'revision', 'updated_at']

/** Puts whole organisations; one that says nothing new stays as it is. */
export function putOrganisations(
  db: Db,
  docs: readonly OrganisationDoc[],
  at: number,
): Statement[] {
  return putRows(db, atlas_organisations, docs.map(organisationRow), at)
}

/** Puts whole items. One whose organisation is unknown is found once that is put. */
export function putItems(db: Db, docs: readonly ItemDoc[], at: number): Statement[] {
  return putRows(db, atlas_items, docs.map(itemRow), at)
}

function organisationRow(doc: OrganisationDoc): object {
  const name = namedText(doc.name)
  const rest = [doc.intro, ...doc.categories].map(textOf)
  return {
    ...doc,
    categories: JSON.stringify(doc.categories),
    ...nameColumns(name),
    folded: linesOf([name, ...rest]),
    words: organisationTerms(doc).join(' '),
    given: givenTerms(doc).join(' '),
  }
}

function itemRow(doc: ItemDoc): object {
  const name = textOf(doc.name)
  return {
    ...doc,
    ...nameColumns(name),
    folded: linesOf([name, textOf(doc.model), textOf(doc.maker)]),
    kindred: textOf(doc.category).folded,
    words: itemTerms(doc).join(' '),
  }
}

function nameColumns({ folded, tokens }: Text): object {
  return { named: folded, sounds: tokens.map((token) => ` ${token}`).join('') }
}

function linesOf(texts: readonly Text[]): string {
  return texts.map(({ folded }) => folded).join('\n')
}

/** Any number of rows as JSON texts, since D1 binds at most 100 values. */
function putRows(db: Db, table: Table, rows: readonly object[], at: number): Statement[] {
  return textsOf(rows).map((text) => upsert(db, table, text, at))
}

/** JSON arrays of some rows each, none larger than D1 takes. */
function textsOf(rows: readonly object[]): string[] {
  const texts: string[][] = []
  let bytes = TEXT_BYTES_MAX
  for (const row of rows.map((one) => JSON.stringify(one))) {
    bytes += Buffer.byteLength(row) + 1
    if (bytes > TEXT_BYTES_MAX) {
      texts.push([])
      bytes = Buffer.byteLength(row) + 1
    }
    texts.at(-1)?.push(row)
  }
  return texts.map((some) => `[${some.join(',')}]`)
}

/** By subject; a row that stands and says the same is not touched. */
function upsert(db: Db, table: Table, text: string, at: number): Statement {
  const all = Object.values(getTableColumns(table))
  const value = (name: string) => {
    if (name === 'id') return sql`null`
    if (name === 'revision') return sql`0`
    return name === 'updated_at' ? sql`${at}` : sql`value ->> ${name}`
  }
  const values = all.map(({ name }) => value(name))
  const said = all.filter(({ name }) => !KEPT.includes(name))
  const excluded = (name: string) => sql`excluded.${sql.identifier(name)}`
  const newly = said.map(({ name }) => excluded(name))
  return db
    .insert(table)
    .select(sql`select ${sql.join(values, sql`, `)} from json_each(${text}) where true`)
    .onConflictDoUpdate({
      target: table.subject,
      set: Object.fromEntries(
        [...said, table.updated_at].map(({ name }) => [name, excluded(name)]),
      ),
      setWhere: sql`(${sql.join(newly, sql`, `)}) is not (${sql.join(said, sql`, `)})`,
    })
}

/** The average of an organisation's real evaluations, as it is shown and sorted by. */
export function rateOrganisation(
  db: Db,
  rating: Pick<OrganisationDoc, 'subject' | 'rating_percent' | 'rating_count'>,
  at: number,
): Statement[] {
  const { subject, rating_percent, rating_count } = rating
  const row = atlas_organisations
  return [
    db
      .update(row)
      .set({ rating_percent, rating_count, updated_at: at })
      .where(
        sql`${row.subject} = ${subject} and (${row.rating_percent}, ${row.rating_count})
          is not (${rating_percent}, ${rating_count})`,
      ),
  ]
}

/** Takes an organisation with all it offers out of every answer, or brings it back. */
export function hideOrganisation(
  db: Db,
  subject: string,
  hidden: boolean,
  at: number,
): Statement[] {
  const row = atlas_organisations
  return [
    db
      .update(row)
      .set({ hidden, updated_at: at })
      .where(sql`${row.subject} = ${subject} and ${row.hidden} is not ${hidden ? 1 : 0}`),
  ]
}

/** The last revision of all and of each part that ever changed. */
export type Parts = { revision: number; of: ReadonlyMap<string, number> }

type PartRow = { part: string; revision: number }
type CountRow = { part: string; count: number }

const REVISIONS = 'SELECT part, revision FROM atlas_parts'
const COUNTS = `SELECT 'organisation' AS part, count(*) AS count FROM atlas_organisations
  UNION ALL SELECT iif(kind = 'service', kind, 'instrument:' || substr(county, 1, 4)), count(*)
  FROM atlas_places GROUP BY 1`

export async function readParts(d1: D1Database): Promise<Parts> {
  return partsOf(await d1.prepare(REVISIONS).all<PartRow>())
}

function partsOf({ results }: D1Result<PartRow>): Parts {
  const of = new Map(results.map(({ part, revision }) => [part, revision]))
  return { revision: Math.max(0, ...of.values()), of }
}

/** The revisions and, at the same moment, how many are found of each part. */
export async function countParts(
  d1: D1Database,
): Promise<{ parts: Parts; counts: ReadonlyMap<string, number> }> {
  const [revisions, counts] = (await d1.batch([d1.prepare(REVISIONS), d1.prepare(COUNTS)])) as [
    D1Result<PartRow>,
    D1Result<CountRow>,
  ]
  return {
    parts: partsOf(revisions),
    counts: new Map(counts.results.map(({ part, count }) => [part, count])),
  }
}

/** Gives parts a new revision, as if something in them had changed: their shards are due then. */
export async function markParts(d1: D1Database, parts: readonly string[]): Promise<void> {
  const mark = 'INSERT INTO atlas_marks (part) SELECT value FROM json_each(?)'
  if (parts.length > 0) await d1.prepare(mark).bind(JSON.stringify(parts)).run()
}

/** An item's place as it follows from its row and its organisation's. */
const FOLLOWING = `FROM atlas_items i JOIN atlas_organisations o ON o.subject = i.organisation
  WHERE NOT i.hidden`

/** Places without words, places that say something else than their rows, and rows without one. */
const REPAIRS = [
  ...['service', 'instrument'].map(
    (kind) => `DELETE FROM atlas_places AS p WHERE kind = '${kind}'
      AND NOT EXISTS (SELECT 1 FROM atlas_${kind}_words w WHERE w.rowid = p.id)`,
  ),
  `DELETE FROM atlas_places AS p WHERE NOT EXISTS (SELECT 1 ${FOLLOWING}
     AND i.id = p.id AND i.kind = p.kind AND o.id = p.organisation
     AND o.county = p.county AND o.lng = p.lng AND o.lat = p.lat AND i.price_fen IS p.price_fen)`,
  `INSERT INTO atlas_places (id, kind, organisation, county, lng, lat, price_fen)
   SELECT i.id, i.kind, o.id, o.county, o.lng, o.lat, i.price_fen ${FOLLOWING}
     AND NOT EXISTS (SELECT 1 FROM atlas_places p WHERE p.id = i.id)`,
]

/** Makes places and words follow from the rows where they do not; answers how many did not. */
export async function setRight(d1: D1Database): Promise<number> {
  const answers = await d1.batch(REPAIRS.map((repair) => d1.prepare(repair)))
  return answers.reduce((sum, { meta }) => sum + meta.changes, 0)
}
