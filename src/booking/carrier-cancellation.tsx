/** 「取消预约」 by the carrier: of what it accepted or proposed, with a reason (SPEC B2). */
import { Hono } from 'hono'
import type { App, Ctx } from '../platform/bindings.ts'
import { readForm } from '../platform/form.ts'
import { allow } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { findOwn } from './carrier.tsx'
import { strings } from './carrier-strings.ts'
import { moveOf } from './client.ts'
import { CARRIER_BOOKINGS } from './desk-view.tsx'
import { CancellationForm } from './move-view.tsx'
import { MOVES, REASON_MAX } from './rules.ts'
import type { BookingRecord } from './store.ts'

export const door = new Hono<App>()

const guard = allow({ role: 'carrier', scope: 'own', action: 'booking.cancel' })

door.get('/bookings/:id/cancellation', guard, async (c) => {
  const booking = await findOwn(c, c.req.param('id'))
  if (!booking) return c.notFound()
  return MOVES.cancel[booking.state] ? cancelPage(c, booking) : seeOther(c, donePath(booking))
})

door.post('/bookings/:id/cancellation', guard, async (c) => {
  const t = words(c, strings)
  const booking = await findOwn(c, c.req.param('id'))
  if (!booking) return c.notFound()
  const reason = ((await readForm(c)).typed['reason'] ?? '').trim()
  const moved = await moveOf(c, booking.id, { kind: 'cancel', reason })
  if (!moved.ok && moved.code === 'reason_missing') {
    return cancelPage(c, booking, { reason, error: t.reason_missing })
  }
  if (!moved.ok && moved.code === 'reason_too_long') {
    return cancelPage(c, booking, { reason, error: t.too_long(REASON_MAX) })
  }
  return seeOther(c, donePath(booking))
})

function donePath({ id }: BookingRecord): string {
  return `${CARRIER_BOOKINGS}/${id}?did=cancel`
}

type Wrong = { reason: string; error: string }

function cancelPage(c: Ctx, booking: BookingRecord, wrong?: Wrong) {
  const t = words(c, strings)
  return page(
    c,
    <Layout c={c} title={t.cancel_title} error={wrong !== undefined}>
      <Crumbs items={[{ label: t.back, href: CARRIER_BOOKINGS }]} />
      <h1 class="govuk-heading-l">{t.cancel_title}</h1>
      <CancellationForm c={c} booking={booking} reason={wrong?.reason} error={wrong?.error} />
    </Layout>,
    wrong ? 422 : 200,
  )
}
