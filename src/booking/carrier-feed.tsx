/** 「日历订阅」: the secret address under which a carrier's calendar reads its bookings; revocable. */
import { Hono } from 'hono'
import { auditOf } from '../audit/client.ts'
import { minuteOf } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import type { App } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import { allow, carrierOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { Button, Buttons, Form, TextField } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { strings } from './carrier-strings.ts'
import { CARRIER_BOOKINGS } from './desk-view.tsx'
import { deleteFeed, feedToken, findFeed, putFeed } from './feed-store.ts'

export const door = new Hono<App>()

const guard = allow({ role: 'carrier', scope: 'own', action: 'booking.feed' })
const FEED = `${CARRIER_BOOKINGS}/feed`

door.get('/bookings/feed', guard, async (c) => {
  const t = words(c, strings)
  const feed = await findFeed(dbOf(c.env), carrierOf(c).carrier)
  const address = feed && `${c.env.ORIGIN}/calendar/${feedToken(c.env, feed)}/bookings.ics`
  return page(
    c,
    <Layout c={c} title={t.feed_title}>
      <Crumbs items={[{ label: t.back, href: CARRIER_BOOKINGS }]} />
      <h1 class="govuk-heading-l">{t.feed_title}</h1>
      <p>{t.feed_lead}</p>
      {feed && address ? (
        <TextField
          name="address"
          label={t.feed_address}
          value={address}
          hint={t.feed_made(minuteOf(feed.at))}
          readonly
        />
      ) : (
        <p>{t.feed_none}</p>
      )}
      <Form c={c} action={FEED} label={t.feed_title}>
        <Buttons>
          <Button tone={feed ? 'secondary' : 'primary'}>{feed ? t.feed_renew : t.feed_make}</Button>
          {feed ? (
            <Button tone="warning" formaction={`${FEED}/end`}>
              {t.feed_end}
            </Button>
          ) : null}
        </Buttons>
      </Form>
    </Layout>,
  )
})

door.post('/bookings/feed', guard, async (c) => {
  const { carrier, account: by } = carrierOf(c)
  const db = dbOf(c.env)
  await commit(db, [
    putFeed(c.env, db, { carrier, serial: newId(), at: c.var.now, by }),
    auditOf(c, 'booking.feed_make', `carrier:${carrier}`),
  ])
  return seeOther(c, FEED)
})

door.post('/bookings/feed/end', guard, async (c) => {
  const { carrier } = carrierOf(c)
  const db = dbOf(c.env)
  await commit(db, [deleteFeed(db, carrier), auditOf(c, 'booking.feed_end', `carrier:${carrier}`)])
  return seeOther(c, FEED)
})
