/**
 * Unfinished forms: what was typed and uploaded is kept, whatever button was pressed, and choosing
 * a carrier in the register comes back to it. Drafts hold no money and decide nothing.
 */
import { Hono } from 'hono'
import { findFile, serveFile, storeUploads, uploadMessage } from '../attachment/client.ts'
import { auditOf } from '../audit/client.ts'
import { findCarrier, findService, listServices, searchCarriers } from '../catalogue/client.ts'
import type { Offers } from '../catalogue/client.ts'
import { isOffered, wordsOf } from '../catalogue/rules.ts'
import type { Carrier, Service, Words } from '../catalogue/rules.ts'
import { isId } from '../kernel/id.ts'
import { findRegion } from '../kernel/region.ts'
import { readVoucher } from '../ledger/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import type { Db } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import type { Errors, Posted } from '../platform/form.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { findUsable } from './ground.ts'
import { Picker } from './draft-view.tsx'
import { PAPER_KINDS } from './rules.ts'
import * as store from './store.ts'
import { DRAFT_FIELDS } from './use-rules.ts'
import type { Typed } from './use-rules.ts'
import { strings } from './use-strings.ts'

export const door = new Hono<App>()

const guard = allow({ role: 'enterprise', scope: 'own', action: 'voucher.draft' })

/** Longest text kept of one field, in characters. */
const KEPT_MAX = 500
/** Carriers shown of one search. */
const FOUND_MAX = 10
/** Services of each that are shown. */
const SERVICES_MAX = 20

/** What is kept of a posted form, and what was wrong with its files. */
export type Kept = { typed: Typed; errors: Errors }

/** Keeps the fields and stores the files of a posted form under its id. */
export async function keepDraft(c: Ctx, id: string, posted: Posted): Promise<Kept> {
  const actor = enterpriseOf(c)
  const db = dbOf(c.env)
  const subject = { enterprise: actor.enterprise, id }
  const fields = Object.fromEntries(
    DRAFT_FIELDS.map((name) => [name, (posted.typed[name] ?? '').slice(0, KEPT_MAX)]),
  )
  const errors: Record<string, string> = {}
  for (const kind of PAPER_KINDS) {
    const { stored, refused } = await storeUploads(c.env, {
      owner: actor.enterprise,
      by: actor.account,
      at: c.var.now,
      files: posted.files[`paper_${kind}`] ?? [],
      already: (await store.listPapers(db, subject)).length,
    })
    const common = { enterprise: actor.enterprise, voucher: id, kind, at: c.var.now }
    const by = actor.account
    await commit(
      db,
      stored.map((file) => store.insertPaper(db, { ...common, file, by })),
    )
    for (const one of refused) errors[`paper_${kind}`] ??= uploadMessage(c.var.lang, one)
  }
  const { enterprise, account } = actor
  await commit(db, [store.putDraft(db, { enterprise, id, account, fields, updated_at: c.var.now })])
  return { typed: fields, errors }
}

door.post('/use/drafts/:id/delete', guard, async (c) => {
  const { enterprise } = enterpriseOf(c)
  const db = dbOf(c.env)
  const subject = { enterprise, id: c.req.param('id') }
  if (!(await store.findDraft(db, subject))) return c.notFound()
  const made = await readVoucher(c.env, enterprise, subject.id, c.var.now)
  await commit(db, [
    store.deleteDraft(db, subject),
    ...(made ? [] : [store.deletePapers(db, subject)]),
    auditOf(c, 'voucher.draft_delete', `draft:${subject.id}`),
  ])
  return seeOther(c, '/enterprise/use')
})

door.get('/use/drafts/:id/papers/:file', guard, async (c) => {
  const { enterprise } = enterpriseOf(c)
  const db = dbOf(c.env)
  const papers = await store.listPapers(db, { enterprise, id: c.req.param('id') })
  const paper = papers.find((one) => one.file === c.req.param('file'))
  const file = paper && (await findFile(db, paper.file))
  return file ? serveFile(c.env, file, { headers: c.req.raw.headers }) : c.notFound()
})

door.get('/use/carriers', guard, async (c) => {
  const { enterprise } = enterpriseOf(c)
  const db = dbOf(c.env)
  const { draft = '', word = '', region = '' } = c.req.query()
  const kept = isId(draft) ? await store.findDraft(db, { enterprise, id: draft }) : undefined
  if (!kept) return seeOther(c, '/enterprise/use')
  const booked = await bookedCarrier(c, enterprise, kept)
  const search = {
    word: wordsOf(word),
    limit: FOUND_MAX,
    ...(findRegion(region) ? { region } : {}),
  }
  const carriers = booked ? [booked] : await searchCarriers(db, search)
  const found = await Promise.all(
    carriers.map(async (carrier) => ({
      carrier,
      services: await servicesOf(db, carrier, wordsOf(word)),
    })),
  )
  const t = words(c, strings)
  return page(
    c,
    <Layout c={c} title={t.picker}>
      <Crumbs items={[{ label: t.backToForm, href: `/enterprise/use?draft=${draft}` }]} />
      <h1 class="govuk-heading-l">{t.picker}</h1>
      <Picker c={c} draft={draft} word={word} region={region} found={found} most={FOUND_MAX} />
    </Layout>,
  )
})

/** Where an organisation was booked without a service of it, only its own are to be chosen. */
async function bookedCarrier(
  c: Ctx,
  enterprise: string,
  { id, fields }: { id: string; fields: Typed },
): Promise<Carrier | undefined> {
  const db = dbOf(c.env)
  const use = { enterprise, voucher: id, typed: fields, at: c.var.now }
  const booking = await findUsable(db, use)
  return booking && findCarrier(db, booking.carrier)
}

/** The first of its services that are searched for; where the words mean the carrier, of all. */
async function servicesOf(db: Db, carrier: Carrier, word: Words): Promise<Offers<Service>> {
  const left = word.filter((one) => !carrier.name.toLowerCase().includes(one))
  const named = await listServices(db, carrier.id, { word: left, limit: SERVICES_MAX })
  return named.count > 0 ? named : listServices(db, carrier.id, { limit: SERVICES_MAX })
}

door.post('/use/carriers', guard, async (c) => {
  const { enterprise, account } = enterpriseOf(c)
  const db = dbOf(c.env)
  const { typed } = await readForm(c)
  const draft = await store.findDraft(db, { enterprise, id: typed['key'] ?? '' })
  const service = await findService(db, typed['service'] ?? '')
  const carrier = service && (await findCarrier(db, service.carrier))
  if (!draft || !service || !isOffered(service) || !carrier) return c.notFound()
  const booked = await bookedCarrier(c, enterprise, draft)
  if (booked && booked.id !== carrier.id) return c.notFound()
  const { category } = service
  const fields = { ...draft.fields, carrier: carrier.id, service: service.id, category }
  await commit(db, [store.putDraft(db, { ...draft, account, fields, updated_at: c.var.now })])
  return seeOther(c, `/enterprise/use?draft=${draft.id}`)
})
