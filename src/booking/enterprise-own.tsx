/**
 * A booking's own page on the enterprise's side: the confirmation after it was made, how it stands,
 * live, and 「接受新日期」 and 「取消预约」. Another's booking is not found.
 */
import { Hono } from 'hono'
import { isId } from '../kernel/id.ts'
import { channelOf, cursorOf } from '../live/client.ts'
import { LiveBlock } from '../live/page.tsx'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { Buttons, ErrorSummary } from '../ui/form.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { moveOf } from './client.ts'
import { BookingFacts, BookingHistory, BookingMade, CancelBox } from './detail-view.tsx'
import { strings as formStrings } from './form-strings.ts'
import { phoneOf } from './phone.ts'
import { MOVES, REASON_MAX, bookingNumber } from './rules.ts'
import type { Turn } from './rules.ts'
import type { Did } from './state-view.tsx'
import { findBooking, listTurns } from './store.ts'
import type { BookingRecord } from './store.ts'
import { strings } from './strings.ts'
import { Actions, BOOKINGS } from './views.tsx'

export const door = new Hono<App>()

const read = allow({ role: 'enterprise', scope: 'own', action: 'booking.read' })
const answer = allow({ role: 'enterprise', scope: 'own', action: 'booking.answer' })

door.get('/bookings/:id/made', read, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  if (!booking) return c.notFound()
  // Answered, or ended by a suspension: what would happen next is not so any more.
  if (booking.state !== 'waiting') return seeOther(c, `${BOOKINGS}/${booking.id}`)
  return page(
    c,
    <Layout c={c} title={words(c, formStrings).made}>
      <BookingMade c={c} booking={booking} again={c.req.query('again') !== undefined} />
    </Layout>,
  )
})

door.get('/bookings/:id', read, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  return booking ? ownPage(c, booking) : c.notFound()
})

/** What of the page changes by itself. */
door.get('/bookings/:id/state', read, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  if (!booking) return c.notFound()
  return c.html(
    <Fragment c={c}>
      <Standing c={c} booking={booking} turns={await listTurns(dbOf(c.env), booking.id)} />
    </Fragment>,
  )
})

door.post('/bookings/:id/acceptance', answer, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  if (!booking) return c.notFound()
  const { typed } = await readForm(c)
  await moveOf(c, booking.id, { kind: 'take', turn: Number(typed['turn']) })
  return seeOther(c, donePath('take', booking.id))
})

door.post('/bookings/:id/cancellation', answer, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  if (!booking) return c.notFound()
  const reason = ((await readForm(c)).typed['reason'] ?? '').trim()
  const moved = await moveOf(c, booking.id, { kind: 'cancel', reason })
  if (!moved.ok && moved.code === 'reason_too_long') return ownPage(c, booking, reason)
  return seeOther(c, donePath('cancel', booking.id))
})

/** The list, which says what became of the press as the booking stands then. */
function donePath(did: Did, id: string): string {
  return `${BOOKINGS}?did=${did}&booking=${id}`
}

/** A booking of this enterprise. */
export async function findOwn(c: Ctx, id: string): Promise<BookingRecord | undefined> {
  const found = isId(id) ? await findBooking(dbOf(c.env), id, c.var.now) : undefined
  return found?.enterprise === enterpriseOf(c).enterprise ? found : undefined
}

/** `wrong` is a reason that was too long, kept as typed. */
async function ownPage(c: Ctx, booking: BookingRecord, wrong?: string): Promise<Response> {
  const t = words(c, strings)
  const cursor = await cursorOf(c.env, channelOf(enterpriseOf(c)))
  const error = wrong === undefined ? undefined : t.too_long(REASON_MAX)
  const leaves = MOVES.cancel[booking.state] !== undefined
  return page(
    c,
    <Layout c={c} title={t.details} error={error !== undefined} script={['live']}>
      <Crumbs items={[{ label: t.back, href: BOOKINGS }]} />
      <h1 class="govuk-heading-l">
        {t.details} {bookingNumber(booking.id)}
      </h1>
      <ErrorSummary c={c} errors={error ? { reason: error } : {}} />
      <LiveBlock
        topic="booking"
        get={`${BOOKINGS}/${booking.id}/state`}
        cursor={cursor}
        said={t.live}
      >
        <Standing c={c} booking={booking} turns={await listTurns(dbOf(c.env), booking.id)} />
      </LiveBlock>
      {leaves ? <CancelBox c={c} booking={booking} typed={wrong} error={error} /> : null}
    </Layout>,
    error ? 422 : 200,
  )
}

type StandingProps = { c: Ctx; booking: BookingRecord; turns: readonly Turn[] }

function Standing({ c, booking, turns }: StandingProps) {
  return (
    <>
      <BookingFacts c={c} booking={booking} phone={phoneOf(c.env, booking)} />
      <Buttons>
        <Actions c={c} booking={booking} own />
      </Buttons>
      <BookingHistory c={c} booking={booking} turns={turns} />
    </>
  )
}
