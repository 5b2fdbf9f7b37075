/** Makes a part's shard from D1, page by page: no city's items ever lie in memory as documents. */
import { countiesOfPart } from './part-rules.ts'
import type { Part } from './part-rules.ts'
import { ITEM_FIELDS, itemOf, ORGANISATION_FIELDS, organisationOf } from './row.ts'
import type { ItemRow, OrganisationRow } from './row.ts'
import { buildOrganisationShard } from './shard-rules.ts'
import type { StockedOrganisation } from './shard-rules.ts'
import { startItemShard } from './stock-rules.ts'
import { readParts } from './store.ts'

/** Rows of one answer: well below what an object may hold, and hardly a moment of D1's. */
const PAGE = 4_000

const ORGANISATIONS = `SELECT ${ORGANISATION_FIELDS} FROM atlas_organisations o
  WHERE o.id > ? ORDER BY o.id LIMIT ${PAGE}`
const ITEMS = `SELECT ${ITEM_FIELDS}, p.id, p.county
  FROM atlas_places p JOIN atlas_items i ON i.id = p.id
  WHERE p.kind = ? AND (p.county, p.id) > (?, ?) AND p.county < ?
  ORDER BY p.county, p.id LIMIT ${PAGE}`

type Pressed = { bytes: Uint8Array; documents: number }

/** How old it is as Shelved says. */
export async function pressPart(
  d1: D1Database,
  part: Part,
): Promise<Pressed & { revision: number; later?: number }> {
  const { revision } = await readParts(d1)
  const pressed = await (part.kind === 'organisation'
    ? pressOrganisations(d1)
    : pressItems(d1, part))
  const later = (await readParts(d1)).of.get(part.name) ?? 0
  return { ...pressed, revision, ...(later > revision && { later }) }
}

async function pressOrganisations(d1: D1Database): Promise<Pressed> {
  const docs: StockedOrganisation[] = []
  for (let after = 0; ;) {
    const statement = d1.prepare(ORGANISATIONS).bind(after)
    const { results } = await statement.all<OrganisationRow>()
    docs.push(...results.map(organisationOf))
    const last = results.at(-1)
    if (!last || results.length < PAGE) break
    after = last.id
  }
  return { bytes: buildOrganisationShard(docs), documents: docs.length }
}

async function pressItems(d1: D1Database, part: Part): Promise<Pressed> {
  const build = startItemShard()
  const [from, to] = countiesOfPart(part)
  let documents = 0
  for (let after: [county: string, id: number] = [from, 0]; ;) {
    const statement = d1.prepare(ITEMS).bind(part.kind, ...after, to)
    const { results } = await statement.all<ItemRow & { id: number; county: string }>()
    build.add(results.map(itemOf))
    documents += results.length
    const last = results.at(-1)
    if (!last || results.length < PAGE) break
    after = [last.county, last.id]
  }
  return { bytes: build.finish(), documents }
}
