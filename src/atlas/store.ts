/**
 * Writes of the index's truth in D1, and the pages that shards are built from. Only rows are written
 * here; the triggers beside the tables keep places, words and revisions with them.
 */
import { getTableColumns, getTableName, sql } from 'drizzle-orm'
import type { Db, Statement } from '../platform/db.ts'
import type { ItemDoc, OrganisationDoc } from './rules.ts'
import { atlas_items, atlas_organisations } from './tables.ts'
import { givenTerms, itemTerms, organisationTerms } from './term-rules.ts'
import { namedText, textOf } from './word-rules.ts'
import type { Text } from './word-rules.ts'

/** Of one bound text: D1 takes two megabytes. */
const TEXT_BYTES_MAX = 1_000_000

const ORGANISATIONS = upsertInto(atlas_organisations)
const ITEMS = upsertInto(atlas_items)

/** Puts whole organisations; one that says nothing new stays as it is. */
export function putOrganisations(
  db: Db,
  docs: readonly OrganisationDoc[],
  at: number,
): Statement[] {
  return putRows(db, ORGANISATIONS, docs.map(organisationRow), at)
}

/** Puts whole items. One whose organisation is unknown is found once that is put. */
export function putItems(db: Db, docs: readonly ItemDoc[], at: number): Statement[] {
  return putRows(db, ITEMS, docs.map(itemRow), at)
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
function putRows(db: Db, upsert: Upsert, rows: readonly object[], at: number): Statement[] {
  const texts: string[] = []
  let some: string[] = []
  let bytes = 0
  for (const row of rows.map((one) => JSON.stringify(one))) {
    const more = Buffer.byteLength(row) + 1
    if (bytes + more > TEXT_BYTES_MAX && some.length > 0) {
      texts.push(some.join(','))
      some = []
      bytes = 0
    }
    some.push(row)
    bytes += more
  }
  if (some.length > 0) texts.push(some.join(','))
  return texts.map((text) =>
    db.run(sql`${upsert.before}${at}${upsert.between}${`[${text}]`}${upsert.after}`),
  )
}

type Upsert = Readonly<Record<'before' | 'between' | 'after', ReturnType<typeof sql.raw>>>

/** INSERT from JSON by subject; a row that stands and says the same is not touched. */
function upsertInto(table: typeof atlas_organisations | typeof atlas_items): Upsert {
  const into = getTableName(table)
  const names = Object.keys(getTableColumns(table)).filter(
    (name) => !['id', 'revision', 'updated_at'].includes(name),
  )
  const others = names.filter((name) => name !== 'subject')
  const sets = [...others, 'updated_at'].map((name) => `${name} = excluded.${name}`).join(', ')
  const of = (row: string) => others.map((name) => `${row}.${name}`).join(', ')
  return {
    before: sql.raw(`INSERT INTO ${into} (updated_at, ${names.join(', ')}) SELECT `),
    between: sql.raw(`, ${names.map((name) => `value ->> '${name}'`).join(', ')} FROM json_each(`),
    after: sql.raw(`) WHERE true ON CONFLICT (subject) DO UPDATE SET ${sets}
      WHERE (${of('excluded')}) IS NOT (${of(into)})`),
  }
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

export async function readParts(d1: D1Database): Promise<Parts> {
  const { results } = await d1
    .prepare('SELECT part, revision FROM atlas_parts')
    .all<{ part: string; revision: number }>()
  const of = new Map(results.map(({ part, revision }) => [part, revision]))
  return { revision: Math.max(0, ...of.values()), of }
}
