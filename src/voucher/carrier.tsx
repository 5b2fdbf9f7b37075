/**
 * The carrier's desk 「待确认」 (SPEC V6, U3, B2): vouchers and bookings that wait, live. Vouchers come
 * from the mirror with what was said a moment ago laid over it; decisions on them are the ledger's.
 */
import { Hono } from 'hono'
import { auditOnce } from '../audit/client.ts'
import { auditBy, decideAll as decideBookings } from '../booking/client.ts'
import { ownBookings, waitingBookings } from '../booking/client.ts'
import type { BookingRecord } from '../booking/client.ts'
import { DESK_BODY, bookingOfRow } from '../booking/desk-view.tsx'
import { DESK_MAX } from '../booking/rules.ts'
import { BookingResults } from '../booking/state-view.tsx'
import { minuteOf } from '../kernel/clock.ts'
import { isId } from '../kernel/id.ts'
import { post } from '../ledger/client.ts'
import type { Voucher } from '../ledger/rules.ts'
import { channelOf, cursorOf, recentHints } from '../live/client.ts'
import { LiveRows } from '../live/page.tsx'
import type { App, Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import type { Errors, Posted } from '../platform/form.ts'
import { allow, carrierOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { ErrorSummary } from '../ui/form.tsx'
import { Fragment, Layout } from '../ui/layout.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { findVouchers, freeBookings } from './client.ts'
import { DESK, Desk, DeskRow, Refusal, Results } from './desk-view.tsx'
import { strings } from './desk-strings.ts'
import { REASON_MAX } from './rules.ts'
import type { Did } from './rules.ts'
import { keyOf, listWaiting } from './store.ts'

export const door = new Hono<App>()

const read = allow({ role: 'carrier', scope: 'own', action: 'voucher.read' })
const confirm = allow({ role: 'carrier', scope: 'own', action: 'voucher.confirm' })
const refuse = allow({ role: 'carrier', scope: 'own', action: 'voucher.refuse' })

/** Vouchers of one desk, one press and one address; of bookings there are as many again. */
const ROWS_MAX = 50
/** How far the mirror may trail before it counts as broken. */
const TRAIL_MS = 30_000

door.get('/', read, (c) => seeOther(c, DESK))

door.get('/desk', read, (c) => deskPage(c))

/** One row, or nothing once it waits no more. */
door.get('/desk/rows/:enterprise/:voucher', read, async (c) => {
  const [voucher] = await findOwn(c, [`${c.req.param('enterprise')}/${c.req.param('voucher')}`])
  if (voucher?.state !== 'unconfirmed') return c.body(null, 204)
  return c.html(
    <Fragment c={c}>
      <DeskRow c={c} voucher={voucher} />
    </Fragment>,
  )
})

door.post('/desk/confirmations', confirm, async (c) => {
  const posted = await readForm(c)
  const rows = pickedRows(posted)
  if (rows.length === 0) return deskPage(c, { form: words(c, strings).pickOne })
  const { vouchers, bookings } = await findRows(c, rows)
  if (vouchers.length + bookings.length === 0) return c.notFound()
  const key = posted.typed['key'] ?? ''
  await decideAll(c, vouchers, key, { kind: 'confirm' })
  await decideBookings(c, bookings, { kind: 'accept' })
  return seeOther(c, resultsPath('confirm', rows))
})

door.post('/desk/refusals/new', refuse, async (c) => {
  const rows = pickedRows(await readForm(c))
  if (rows.length === 0) return deskPage(c, { form: words(c, strings).pickOne })
  return seeOther(
    c,
    `${DESK}/refusals?${new URLSearchParams(rows.map((row) => ['row', row])).toString()}`,
  )
})

door.get('/desk/refusals', refuse, (c) => refusalPage(c, c.req.queries('row') ?? []))

door.post('/desk/refusals', refuse, async (c) => {
  const t = words(c, strings)
  const posted = await readForm(c)
  const rows = pickedRows(posted)
  const reason = (posted.typed['reason'] ?? '').trim()
  if (reason === '') return refusalPage(c, rows, { reason, errors: { reason: t.reasonMissing } })
  if ([...reason].length > REASON_MAX) {
    return refusalPage(c, rows, { reason, errors: { reason: t.reasonLong(REASON_MAX) } })
  }
  const { vouchers, bookings } = await findRows(c, rows)
  if (vouchers.length + bookings.length === 0) return c.notFound()
  const key = posted.typed['key'] ?? ''
  await decideAll(c, vouchers, key, { kind: 'refuse', reason })
  await decideBookings(c, bookings, { kind: 'decline', reason })
  return seeOther(c, resultsPath('refuse', rows))
})

/** The row pressed, else the rows ticked: enterprise/voucher, or booking:id. */
function pickedRows({ typed, many }: Posted): string[] {
  const rows = [...new Set(typed['only'] ? [typed['only']] : many['row'])]
  const vouchers = rows.filter((row) => row.split('/').every(isId))
  const bookings = rows.filter((row) => bookingOfRow(row) !== undefined)
  return [...vouchers.slice(0, ROWS_MAX), ...bookings.slice(0, DESK_MAX)]
}

function resultsPath(did: Did, rows: readonly string[]): string {
  const query = new URLSearchParams([['did', did], ...rows.map((row) => ['row', row])])
  return `${DESK}?${query.toString()}`
}

/** One command a voucher; the ledger lets only the carrier named on it through. */
async function decideAll(
  c: Ctx,
  vouchers: readonly Voucher[],
  key: string,
  command: { kind: 'confirm' } | { kind: 'refuse'; reason: string },
): Promise<void> {
  const actor = carrierOf(c)
  const answers = await Promise.all(
    vouchers.map(({ enterprise, id }) => {
      const own = { ...command, voucher: id }
      return post(c.env, enterprise, { key: `${key}:${id}`, actor, at: c.var.now, command: own })
    }),
  )
  const done = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
  const audits = done.map(({ at, voucher, book }) => {
    const subject = `voucher:${voucher?.id ?? ''}`
    return auditOnce(c, { at, action: `voucher.${command.kind}`, subject, region: book.region })
  })
  await commit(dbOf(c.env), audits)
  const decided = done.map(({ voucher }) => voucher)
  await freeBookings(c.env, decided, { actor, ...auditBy(c) })
}

/** Vouchers that name this carrier, of rows enterprise/voucher, read from their ledgers. */
async function findOwn(c: Ctx, rows: readonly string[]): Promise<Voucher[]> {
  const named = rows.slice(0, ROWS_MAX).map((row) => {
    const [enterprise = '', id = ''] = row.split('/')
    return { enterprise, id }
  })
  const found = await findVouchers(c.env, named, c.var.now)
  const { carrier } = carrierOf(c)
  return found.map(({ voucher }) => voucher).filter((one) => one.carrier === carrier)
}

type Rows = { vouchers: Voucher[]; bookings: BookingRecord[] }

/** What rows of the desk name, as far as it is this carrier's. */
async function findRows(c: Ctx, rows: readonly string[]): Promise<Rows> {
  const ids = rows.flatMap((row) => bookingOfRow(row) ?? [])
  const others = rows.filter((row) => bookingOfRow(row) === undefined)
  const [vouchers, bookings] = await Promise.all([findOwn(c, others), ownBookings(c, ids)])
  return { vouchers, bookings }
}

/** The mirror's rows, the longest waiting, corrected by what the channel said while it trails. */
async function waitingRows(c: Ctx): Promise<{ vouchers: Voucher[]; more: boolean }> {
  const actor = carrierOf(c)
  const hints = await recentHints(c.env, channelOf(actor), c.var.now - TRAIL_MS)
  const [mirrored, said] = await Promise.all([
    listWaiting(dbOf(c.env), actor.carrier, ROWS_MAX + 1),
    findOwn(
      c,
      hints
        .filter((one) => one.topic === 'voucher')
        .slice(-ROWS_MAX)
        .map(keyOf),
    ),
  ])
  const rows = new Map([...mirrored.slice(0, ROWS_MAX), ...said].map((one) => [keyOf(one), one]))
  const vouchers = [...rows.values()]
    .filter((one) => one.state === 'unconfirmed')
    .sort((one, other) => other.issued_at - one.issued_at)
  return { vouchers, more: mirrored.length > ROWS_MAX }
}

async function deskPage(c: Ctx, errors?: Errors): Promise<Response> {
  const t = words(c, strings)
  const cursor = await cursorOf(c.env, channelOf(carrierOf(c)))
  const did = c.req.query('did') === 'refuse' ? 'refuse' : 'confirm'
  const [{ vouchers, more }, bookings, results] = await Promise.all([
    waitingRows(c),
    waitingBookings(c),
    findRows(c, c.req.method === 'GET' ? (c.req.queries('row') ?? []) : []),
  ])
  return page(
    c,
    <Layout c={c} title={t.title} error={errors !== undefined} wide script={['live']}>
      <h1 class="govuk-heading-l">{t.title}</h1>
      <ErrorSummary c={c} errors={errors ?? {}} />
      <Results c={c} did={did} vouchers={results.vouchers} />
      <BookingResults
        c={c}
        did={did === 'refuse' ? 'decline' : 'accept'}
        bookings={results.bookings}
        to={(id) => `/carrier/bookings/${id}`}
      />
      <p>{t.lead}</p>
      <p class="hint">
        {t.refreshed(minuteOf(c.var.now))} <a href={DESK}>{t.refresh}</a>
      </p>
      <LiveRows
        topic="voucher"
        row={`${DESK}/rows/{enterprise}/{id}`}
        into="#desk-rows"
        cursor={cursor}
        said={t.live}
      />
      <LiveRows
        topic="booking"
        row="/carrier/bookings/waiting/rows/{id}"
        into={`#${DESK_BODY}`}
        cursor={cursor}
        said={t.liveBooking}
      />
      <Desk c={c} vouchers={vouchers} more={more ? ROWS_MAX : 0} bookings={bookings} />
    </Layout>,
    errors ? 422 : 200,
  )
}

type Refused = { reason: string; errors: Errors }

async function refusalPage(c: Ctx, rows: readonly string[], refused?: Refused): Promise<Response> {
  const t = words(c, strings)
  const own = await findRows(c, rows)
  if (own.vouchers.length + own.bookings.length === 0) return c.notFound()
  const vouchers = own.vouchers.filter((one) => one.state === 'unconfirmed')
  const bookings = own.bookings.filter((one) => one.state === 'waiting')
  if (vouchers.length + bookings.length === 0) return seeOther(c, resultsPath('refuse', rows))
  return page(
    c,
    <Layout c={c} title={t.refuseTitle} error={refused !== undefined}>
      <Crumbs items={[{ label: t.backLabel, href: DESK }]} />
      <h1 class="govuk-heading-l">{t.refuseTitle}</h1>
      <Refusal
        c={c}
        vouchers={vouchers}
        bookings={bookings}
        reason={refused?.reason ?? ''}
        errors={refused?.errors ?? {}}
      />
    </Layout>,
    refused ? 422 : 200,
  )
}
