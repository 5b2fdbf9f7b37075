/**
 * 「服务预约记录」: the enterprise's bookings, the way to book, and the way to use a voucher without
 * one, which is open only where the bureau does not require booking (SPEC B1, B3).
 */
import { Hono } from 'hono'
import { yearOf } from '../kernel/clock.ts'
import { policyOf } from '../policy/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { registrationOf } from '../registration/client.ts'
import { Layout } from '../ui/layout.tsx'
import { offlineUseAllowed } from './rules.ts'
import { listBookings } from './store.ts'
import { strings } from './strings.ts'
import { BookingTable, Ways } from './views.tsx'
import type { Closed } from './views.tsx'

export const door = new Hono<App>()

door.get(
  '/bookings',
  allow({ role: 'enterprise', scope: 'own', action: 'booking.read' }),
  async (c) => {
    const t = words(c, strings)
    const { enterprise } = enterpriseOf(c)
    const [closed, bookings] = await Promise.all([
      whyClosed(c, enterprise),
      listBookings(dbOf(c.env), enterprise, c.var.now),
    ])
    return page(
      c,
      <Layout c={c} title={t.title}>
        <h1 class="govuk-heading-l">{t.title}</h1>
        <Ways c={c} closed={closed} />
        <BookingTable c={c} bookings={bookings} />
      </Layout>,
    )
  },
)

async function whyClosed(c: Ctx, enterprise: string): Promise<Closed | null> {
  const db = dbOf(c.env)
  const { state, approved } = await registrationOf(db, enterprise)
  if (state !== 'approved' || !approved) return { why: 'unregistered' }
  const policy = await policyOf(db, approved.county, yearOf(c.var.now), c.var.now)
  if (offlineUseAllowed(policy)) return null
  const bureau = policy.origins.online_booking_required?.bureau ?? null
  return { why: 'booking_required', bureau }
}
