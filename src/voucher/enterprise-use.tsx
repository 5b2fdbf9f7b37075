/**
 * 「使用创新券」: the form that makes a voucher at once (SPEC U1, U2). Nobody looks at a use before the
 * money is held, so what speaks against it is refused here, all at once and beside its field.
 */
import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { acceptedBookings } from '../booking/client.ts'
import { isId, newId } from '../kernel/id.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import type { Errors } from '../platform/form.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'
import { BookingChoice, Drafts, MissingFirst } from './draft-view.tsx'
import type { Missing } from './draft-view.tsx'
import { keepDraft } from './enterprise-draft.tsx'
import { useGround } from './ground.ts'
import type { UseGround } from './ground.ts'
import { finishMade, issue } from './issue.ts'
import { errorsOf } from './refusal-view.tsx'
import { deletePaper, findDraft, listDrafts } from './store.ts'
import { SummaryFragment } from './summary-view.tsx'
import { decideUse } from './use-rules.ts'
import type { Typed } from './use-rules.ts'
import { strings } from './use-strings.ts'
import { UseForm } from './use-view.tsx'

export const door = new Hono<App>()

const guard = allow({ role: 'enterprise', scope: 'own', action: 'voucher.issue' })

door.get('/use', guard, async (c) => {
  const { enterprise } = enterpriseOf(c)
  const db = dbOf(c.env)
  const asked = c.req.query('draft') ?? ''
  const draft = isId(asked) ? await findDraft(db, { enterprise, id: asked }) : undefined
  if (asked && !draft) return c.notFound()
  const id = draft?.id ?? newId()
  const ground = await groundOf(c, id, draft?.fields ?? preset(c))
  if (draft && ground.made) return seeOther(c, `/enterprise/vouchers/${id}`)
  return formPage(c, { id, typed: draft?.fields ?? preset(c), ground })
})

/** What a link may set: a booking to use, or a service found elsewhere. */
function preset(c: Ctx): Typed {
  const { booking = '', carrier = '', service = '' } = c.req.query()
  return { booking, carrier, service }
}

function groundOf(c: Ctx, voucher: string, typed: Typed): Promise<UseGround> {
  const { enterprise } = enterpriseOf(c)
  return useGround(c.env, { enterprise, voucher, typed, at: c.var.now })
}

door.get('/use/summary', guard, async (c) => {
  const typed = c.req.query()
  const ground = await groundOf(c, typed['key'] ?? '', typed)
  return c.html(
    <Fragment c={c}>
      <SummaryFragment c={c} typed={typed} ground={ground} />
    </Fragment>,
  )
})

door.post('/use', guard, async (c) => {
  const posted = await readForm(c)
  const id = posted.typed['key'] ?? ''
  if (!isId(id)) return c.notFound()
  if (await finishMade(c, id)) return seeOther(c, `${madePath(id)}?again=1`)
  const kept = await keepDraft(c, id, posted)
  const { typed } = kept
  const ground = await groundOf(c, id, typed)
  const refusals = decideUse(typed, ground.facts)
  const errors = { ...errorsOf(c, refusals), ...kept.errors }
  if (Object.keys(errors).length > 0) return formPage(c, { id, typed, ground, errors })
  const issued = await issue(c, { id, typed, ground })
  if (issued === 'made') return seeOther(c, madePath(id))
  if (issued === 'again') return seeOther(c, `${madePath(id)}?again=1`)
  return formPage(c, { id, typed, ground, errors: issued })
})

/** Every other button of the form: what was typed and chosen is kept, then the way leads on. */
door.post('/use/drafts', guard, async (c) => {
  const { enterprise } = enterpriseOf(c)
  const db = dbOf(c.env)
  const posted = await readForm(c)
  const id = posted.typed['key'] ?? ''
  if (!isId(id)) return c.notFound()
  // A voucher never changes through its old form (U4).
  if (await finishMade(c, id)) return seeOther(c, `${madePath(id)}?again=1`)
  const { typed, errors } = await keepDraft(c, id, posted)
  const { remove } = posted.typed
  if (remove) await commit(db, [deletePaper(db, { enterprise, id }, remove)])
  if (Object.keys(errors).length > 0) {
    return formPage(c, { id, typed, ground: await groundOf(c, id, typed), errors })
  }
  if (c.req.query('next') === 'carriers') return seeOther(c, `/enterprise/use/carriers?draft=${id}`)
  return seeOther(c, `/enterprise/use?draft=${id}${remove ? '' : '&saved=1'}`)
})

function madePath(id: string): string {
  return `/enterprise/vouchers/${id}/made`
}

type FormPage = { id: string; typed: Typed; ground: UseGround; errors?: Errors }

async function formPage(c: Ctx, { id, typed, ground, errors }: FormPage): Promise<Response> {
  const t = words(c, strings)
  const { enterprise } = enterpriseOf(c)
  const missing = errors ? [] : missingFirst(ground)
  const bookings = missing.includes('booking')
    ? await acceptedBookings(dbOf(c.env), enterprise, c.var.now)
    : []
  const drafts = errors || c.req.query('draft') ? [] : await listDrafts(dbOf(c.env), enterprise)
  const body: Child =
    missing.length > 0 ? (
      <MissingFirst c={c} missing={missing} bookings={bookings} />
    ) : (
      <UseForm c={c} id={id} typed={typed} ground={ground} errors={errors ?? {}} />
    )
  return page(
    c,
    <Layout c={c} title={t.title} error={errors !== undefined}>
      <h1 class="govuk-heading-l">{t.title}</h1>
      {c.req.query('saved') ? (
        <Notice tone="good" title={t.saved}>
          <p>{t.savedNote}</p>
        </Notice>
      ) : null}
      <Drafts c={c} drafts={drafts} />
      {body}
      {missing.includes('booking') ? <BookingChoice c={c} bookings={bookings} /> : null}
    </Layout>,
    errors ? 422 : 200,
  )
}

/** What has to be there before the form is worth filling in. */
function missingFirst({ registration, policy, booking, facts }: UseGround): Missing[] {
  if (!registration) return ['registration']
  const missing: Missing[] = []
  if (facts.available_fen === 0) missing.push('quota')
  if (policy.online_booking_required && !booking) missing.push('booking')
  return missing
}
