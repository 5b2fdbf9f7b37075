/**
 * The enterprise's side of 实名注册 (SPEC G1, G2): fill in, keep as draft, submit, follow. Refuses to
 * change what is under review, and to register anybody but the signed-in legal person.
 */
import { Hono } from 'hono'
import { auditOf } from '../audit/client.ts'
import { dayOf } from '../kernel/clock.ts'
import { isId, newId } from '../kernel/id.ts'
import { announce, cursorOf } from '../live/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { accountOf, allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { bureauFor } from '../policy/client.ts'
import { Fragment, Layout } from '../ui/layout.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { readShown } from './client.ts'
import { checkDraft, checkSubmission, formToFill, readRegistration } from './form-rules.ts'
import type { Against } from './form-rules.ts'
import { messagesOf } from './form-view.tsx'
import { DraftNotice, FormPage, NotTaken, Status, StatusPage } from './page-view.tsx'
import { baseOf, changedFields, isOpen } from './rules.ts'
import type { RegistrationForm, RegistrationVersion, Shown } from './rules.ts'
import { PATH, Receipt } from './status-view.tsx'
import * as store from './store.ts'
import { strings } from './strings.ts'
import { FormSummary, TitleRow } from './views.tsx'

export const door = new Hono<App>()

const read = allow({ role: 'enterprise', scope: 'own', action: 'registration.read' })
const write = allow({ role: 'enterprise', scope: 'own', action: 'registration.write' })

door.get('/registration', read, async (c) => {
  const actor = enterpriseOf(c)
  const cursor = await cursorOf(c.env, `enterprise:${actor.enterprise}`)
  const shown = await readShown(dbOf(c.env), actor.enterprise)
  const { latest, approved } = shown.registration
  const wanted = approved ? c.req.query('change') !== undefined : true
  if (!wanted || !isOpen(latest?.state ?? 'none')) {
    return page(c, <StatusPage c={c} shown={shown} cursor={cursor} />)
  }
  const form = formToFill(shown.registration, accountOf(c))
  return page(
    c,
    <FormPage c={c} shown={shown} form={form}>
      <DraftNotice c={c} shown={shown} />
    </FormPage>,
  )
})

door.get('/registration/status', read, async (c) => {
  const shown = await readShown(dbOf(c.env), enterpriseOf(c).enterprise)
  c.header('Cache-Control', 'no-store')
  return c.html(
    <Fragment c={c}>
      <Status c={c} shown={shown} />
    </Fragment>,
  )
})

door.post('/registration', write, async (c) => {
  const db = dbOf(c.env)
  const { enterprise } = enterpriseOf(c)
  const { typed } = await readForm(c)
  const posted = { id: idOf(typed['version']), form: readRegistration(typed) }
  const submit = typed['do'] === 'submit'
  const shown = await readShown(db, enterprise)
  const { latest, approved } = shown.registration

  if (submit && latest && isRepeat(c, latest, posted)) return seeOther(c, receiptPath(latest.id))
  if (isTooLate(shown, typed['base'])) return notTaken(c, shown, posted.form)

  const against = await readAgainst(c, posted.form, approved)
  const problems = submit ? checkSubmission(posted.form, against) : checkDraft(posted.form)
  const errors = messagesOf(c, posted.form, problems, against)
  if (Object.keys(errors).length > 0) {
    return page(c, <FormPage c={c} shown={shown} form={posted.form} errors={errors} />, 422)
  }

  const id = submit ? await submitVersion(c, latest, posted) : await keepDraft(c, latest, posted)
  if (id === undefined) {
    const fresh = await readShown(db, enterprise)
    const { latest: taken } = fresh.registration
    if (submit && taken && isRepeat(c, taken, posted)) return seeOther(c, receiptPath(taken.id))
    return notTaken(c, fresh, posted.form)
  }
  if (submit) return seeOther(c, receiptPath(id))
  if (typed['do'] === 'registry') return seeOther(c, `${PATH}/registry`)
  return seeOther(c, `${PATH}?${approved ? 'change=1&' : ''}saved=1`)
})

door.get('/registration/versions/:id', read, async (c) => {
  const t = words(c, strings)
  const version = await findOwn(c)
  if (!version) return c.notFound()
  const title = t.versionTitle(version.number)
  return page(
    c,
    <Layout c={c} title={title}>
      <Crumbs items={[{ label: t.title, href: PATH }]} />
      <TitleRow c={c} title={title} state={version.state} />
      <FormSummary c={c} form={version} />
    </Layout>,
  )
})

door.get('/registration/versions/:id/receipt', read, async (c) => {
  const t = words(c, strings)
  const version = await findOwn(c)
  if (!version || version.submitted_at === null) return c.notFound()
  const shown = await readShown(dbOf(c.env), version.enterprise)
  const change = shown.versions.some(
    (one) => one.state === 'approved' && one.number < version.number,
  )
  return page(
    c,
    <Layout c={c} title={change ? t.receiptChangeTitle : t.receiptTitle}>
      <Receipt c={c} shown={shown} version={version} change={change} />
    </Layout>,
  )
})

type Posted = { id: string; form: RegistrationForm }

function idOf(typed: string | undefined): string {
  return typed && isId(typed) ? typed : newId()
}

function receiptPath(id: string): string {
  return `${PATH}/versions/${id}/receipt`
}

/** Another's version is as absent as one that never was. */
async function findOwn(c: Ctx): Promise<RegistrationVersion | undefined> {
  const id = c.req.param('id') ?? ''
  const version = isId(id) ? await store.findVersion(dbOf(c.env), id) : undefined
  return version?.enterprise === enterpriseOf(c).enterprise ? version : undefined
}

/** A double click, or a retry after a lost answer: the same person sends the same again. */
function isRepeat(c: Ctx, latest: RegistrationVersion, posted: Posted): boolean {
  return (
    latest.state === 'waiting' &&
    latest.id === posted.id &&
    latest.submitted_by?.account === accountOf(c).id &&
    changedFields(latest, posted.form).length === 0
  )
}

/** Under review, or decided since the form was rendered on top of `base`. */
function isTooLate({ registration, versions }: Shown, base: string | undefined): boolean {
  return registration.latest?.state === 'waiting' || baseOf(versions) !== (base ?? '')
}

/** 409: whoever was faster is named, and what was typed stays where it can still be sent. */
function notTaken(c: Ctx, shown: Shown, form: RegistrationForm): Response | Promise<Response> {
  const { latest } = shown.registration
  const why = latest && <NotTaken c={c} latest={latest} />
  const closed = latest?.state === 'waiting' || latest?.state === 'approved'
  if (closed) {
    return page(c, <StatusPage c={c} shown={shown} cursor={0} children={why} />, 409)
  }
  return page(c, <FormPage c={c} shown={shown} form={form} children={why} />, 409)
}

async function readAgainst(
  c: Ctx,
  form: RegistrationForm,
  approved: RegistrationForm | null,
): Promise<Against> {
  const { enterprise } = enterpriseOf(c)
  const holder = await store.findOtherHolder(dbOf(c.env), form.uscc, enterprise)
  return {
    own_uscc: accountOf(c).uscc,
    held: holder !== undefined,
    approved,
    today: dayOf(c.var.now),
  }
}

/** The id of the draft; undefined where another agent submitted one just now. */
async function keepDraft(
  c: Ctx,
  latest: RegistrationVersion | null,
  posted: Posted,
): Promise<string | undefined> {
  const db = dbOf(c.env)
  const draft = store.saveDraft(db, latest, draftOf(c, posted))
  if (await commitOnce(db, [draft.statement])) return draft.id
  const versions = await store.listVersions(db, enterpriseOf(c).enterprise)
  const [opened] = versions
  return opened?.state === 'draft' ? keepDraft(c, opened, posted) : undefined
}

/** Draft, submission and audit row in one batch, then the hint; undefined where one was faster. */
async function submitVersion(
  c: Ctx,
  latest: RegistrationVersion | null,
  posted: Posted,
): Promise<string | undefined> {
  const db = dbOf(c.env)
  const { enterprise } = enterpriseOf(c)
  const { name, county } = posted.form
  const bureau = await bureauFor(db, county)
  const new_draft = draftOf(c, posted)
  const draft = store.saveDraft(db, latest, new_draft)
  const { at, by } = new_draft
  const done = await commitOnce(db, [
    draft.statement,
    store.insertSubmission(db, { version: draft.id, bureau: bureau.region, at, by }),
    auditOf(c, 'registration.submit', `registration:${draft.id}`, {
      region: bureau.region,
      after: { state: 'waiting', name, county },
    }),
  ])
  if (!done) return undefined
  const hint = { topic: 'registration', enterprise, id: draft.id } as const
  await announce(c.env, [`enterprise:${enterprise}`, `bureau:${bureau.region}`], hint)
  return draft.id
}

function draftOf(c: Ctx, { id, form }: Posted) {
  const { account, enterprise, name } = enterpriseOf(c)
  return { id, enterprise, form, at: c.var.now, by: { account, name } }
}
