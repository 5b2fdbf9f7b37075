/**
 * Pictures of the carrier, its services and its instruments. Refuses what is no JPG or PNG, what is
 * too large, one too many, and one that does not say what it shows. The form's key is the picture's
 * id, so that a second press adds nothing.
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { storeUpload, uploadMessage } from '../attachment/client.ts'
import { auditOf } from '../audit/client.ts'
import { isId, newId } from '../kernel/id.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commit, commitOnce, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import type { Errors } from '../platform/form.ts'
import { allow, carrierOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { errorsOf } from './form-view.tsx'
import type { Told } from './form-view.tsx'
import { findItem } from './item-store.ts'
import { LIST, PATHS } from './list-view.tsx'
import { PICTURES_MAX, readPicture } from './picture-rules.ts'
import type { PictureKind } from './picture-rules.ts'
import { deletePicture, findPicture, insertPicture, listPictures } from './picture-store.ts'
import { PicturesPage } from './picture-view.tsx'
import { listProposalsOf } from './proposal-store.ts'
import type { Kind } from './rules.ts'
import { findCarrier } from './store.ts'
import { strings } from './strings.ts'

export const door = new Hono<App>()

/** Instruments first: their addresses lie below the services'. */
const KINDS: readonly Kind[] = ['instrument', 'service']
const write = allow({ role: 'carrier', scope: 'own', action: 'catalogue.write' })

/** Whose pictures a page keeps; `href` is the page. */
type Subject = { kind: PictureKind; id: string; name: string; href: string; county: string }

door.get('/services/pictures', write, async (c) => pictures(c, await organisation(c), newId()))
door.post('/services/pictures', write, async (c) => add(c, await organisation(c)))

for (const kind of KINDS) {
  const at = PATHS[kind].replace('/carrier', '')
  door.get(`${at}/:id/pictures`, write, async (c) => {
    const subject = await findSubject(c, kind, c.req.param('id') ?? '')
    return subject ? pictures(c, subject, newId()) : c.notFound()
  })
  door.post(`${at}/:id/pictures`, write, async (c) => {
    const subject = await findSubject(c, kind, c.req.param('id') ?? '')
    return subject ? add(c, subject) : c.notFound()
  })
}

door.post('/services/pictures/:id/removal', write, async (c) => {
  const db = dbOf(c.env)
  const id = c.req.param('id')
  const picture = isId(id) ? await findPicture(db, id) : undefined
  if (!picture || picture.carrier !== carrierOf(c).carrier) return c.notFound()
  const { kind, subject, file, alt } = picture
  const own = kind === 'organisation' ? await organisation(c) : await findSubject(c, kind, subject)
  await commit(db, [
    deletePicture(db, picture),
    auditOf(c, 'picture.remove', `${kind}:${subject}`, {
      region: own?.county ?? null,
      before: { picture: id, file, alt },
    }),
  ])
  return seeOther(c, `${own?.href ?? LIST}?done=removed`)
})

async function organisation(c: Ctx): Promise<Subject> {
  const carrier = await findCarrier(dbOf(c.env), carrierOf(c).carrier)
  if (!carrier) throw new Error('a carrier actor without its carrier')
  const { id, name, county } = carrier
  return { kind: 'organisation', id, name, county, href: '/carrier/services/pictures' }
}

/** The carrier's own item, published or proposed. */
async function findSubject(c: Ctx, kind: Kind, id: string): Promise<Subject | undefined> {
  if (!isId(id)) return undefined
  const db = dbOf(c.env)
  const { id: carrier, county } = await organisation(c)
  const item = await findItem(db, kind, id)
  const [latest] = item ? [] : await listProposalsOf(db, id)
  const owner = item?.row.carrier ?? latest?.carrier
  const name = item?.row.name ?? latest?.content.name
  if (owner !== carrier || name === undefined) return undefined
  return { kind, id, name, county, href: `${PATHS[kind]}/${id}/pictures` }
}

async function pictures(c: Ctx, subject: Subject, key: string, told?: Told): Promise<Response> {
  const own = subject.kind === 'organisation'
  const back = own
    ? { label: words(c, strings).title, href: LIST }
    : { label: subject.name, href: subject.href.replace(/\/pictures$/, '') }
  const shown = await listPictures(dbOf(c.env), subject.id)
  const form = { action: subject.href, once: key, told }
  const view = { c, name: subject.name, back, pictures: shown, ...form }
  return page(c, <PicturesPage {...view} />, told ? 422 : 200)
}

async function add(c: Ctx, subject: Subject): Promise<Response> {
  const db = dbOf(c.env)
  const actor = carrierOf(c)
  const { typed, many, files } = await readForm(c)
  const key = typed['key'] ?? ''
  if (!isId(key)) throw new HTTPException(400, { message: 'no_key' })
  const before = await addedBefore(c, subject, key)
  if (before) return before
  const refused = (errors: Errors) => pictures(c, subject, key, { typed, many, errors })
  const [file] = files['picture'] ?? []
  const start = file && new Uint8Array(await file.slice(0, 8).arrayBuffer())
  const already = (await listPictures(db, subject.id)).length
  const reading = readPicture(typed, file && start && { size: file.size, start }, already)
  if (!reading.ok) return refused(errorsOf(c, reading.faults))
  if (!file) return refused({})

  const by = { by: actor.account, at: c.var.now }
  const stored = await storeUpload(c.env, { owner: actor.carrier, file, ...by })
  if (!stored.ok) return refused({ picture: uploadMessage(c.var.lang, stored) })
  const { kind, id, county } = subject
  const picture = { id: key, kind, subject: id, carrier: actor.carrier, ...by }
  const { alt } = reading.value
  const shown = { file: stored.value.id, alt }
  const added = await commitOnce(db, [
    insertPicture(db, { ...picture, ...shown }),
    auditOf(c, 'picture.add', `${kind}:${id}`, {
      region: county,
      after: { picture: picture.id, ...shown },
    }),
  ])
  if (added) return seeOther(c, `${subject.href}?done=added`)
  // The other press of this form was faster, or others have filled the last place.
  const pressed = await addedBefore(c, subject, key)
  const full = {
    field: 'picture',
    code: 'pictures_too_many',
    facts: { max: PICTURES_MAX },
  } as const
  return pressed ?? refused(errorsOf(c, [full]))
}

/** Where this very form has added its picture already; another's id names nothing. */
async function addedBefore(c: Ctx, subject: Subject, key: string): Promise<Response | undefined> {
  const picture = await findPicture(dbOf(c.env), key)
  if (!picture) return undefined
  return picture.subject === subject.id ? seeOther(c, `${subject.href}?done=added`) : c.notFound()
}
