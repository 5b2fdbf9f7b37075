/**
 * The page a voucher's QR code opens on any phone (SPEC V5). Whoever holds the code sees validity,
 * number, amount, state and parties; the full form is for those parties and the bureau, signed in.
 */
import { Hono } from 'hono'
import type { Actor } from '../kernel/actor.ts'
import { minuteOf } from '../kernel/clock.ts'
import { covers } from '../kernel/region.ts'
import { formatFen } from '../kernel/amount.ts'
import { readVoucher } from '../ledger/client.ts'
import { VoucherBadge } from '../ledger/badge-view.tsx'
import type { Voucher } from '../ledger/rules.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { hashOf } from '../platform/token.ts'
import { Layout } from '../ui/layout.tsx'
import { SummaryList } from '../ui/list.tsx'
import { Notice } from '../ui/notice.tsx'
import { keyOf, useFormOf } from './client.ts'
import { FormFacts, History } from './detail-view.tsx'
import { findQr } from './store.ts'
import { strings } from './strings.ts'

export const door = new Hono<App>()

door.get(
  '/v/:token',
  allow({ role: 'public', scope: 'any', action: 'voucher.check' }),
  async (c) => {
    const token = c.req.param('token')
    const row = /^[\w-]{22}$/.test(token) ? await findQr(dbOf(c.env), hashOf(token)) : undefined
    const found = row && (await readVoucher(c.env, row.enterprise, row.voucher, c.var.now))
    if (!found) return c.notFound()
    const t = words(c, strings)
    const { voucher, events } = found
    const answer = await page(
      c,
      <Layout c={c} title={t.check} head={<meta name="robots" content="noindex, nofollow" />}>
        <h1 class="govuk-heading-l">{t.check}</h1>
        <Check c={c} voucher={voucher} />
        {isParty(c.var.actor, voucher) ? (
          <>
            <p>
              <a href={ownPath(c.var.actor, voucher)}>{t.openDetails}</a>
            </p>
            <FormFacts c={c} voucher={voucher} />
            <History c={c} events={events} />
          </>
        ) : (
          <p class="hint">
            {t.checkFull}
            {c.var.account ? null : (
              <a href={`/login/legal?return=${encodeURIComponent(c.req.path)}`}>{t.checkSignIn}</a>
            )}
          </p>
        )}
      </Layout>,
    )
    answer.headers.set('Cache-Control', 'no-store')
    answer.headers.set('X-Robots-Tag', 'noindex, nofollow')
    return answer
  },
)

const VALID: readonly Voucher['state'][] = ['confirmed', 'in_review', 'redeemed']

function Check({ c, voucher }: { c: Ctx; voucher: Voucher }) {
  const t = words(c, strings)
  const form = useFormOf(voucher)
  return (
    <>
      <Notice
        tone={VALID.includes(voucher.state) ? 'good' : 'warning'}
        title={t.standing[voucher.state]}
      >
        <p class="hint">{t.checkedAt(minuteOf(c.var.now))}</p>
      </Notice>
      <SummaryList
        rows={[
          { label: t.number, value: voucher.number },
          { label: t.amount, value: formatFen(voucher.amount_fen) },
          { label: t.year, value: String(voucher.year) },
          { label: t.state, value: <VoucherBadge c={c} state={voucher.state} /> },
          { label: t.enterprise, value: form.enterprise_name },
          { label: t.carrier, value: form.carrier_name },
        ]}
      />
    </>
  )
}

/** The enterprise whose it is, the carrier named on it, and the bureaus whose region covers it. */
function isParty(actor: Actor | null, voucher: Voucher): boolean {
  if (actor?.role === 'enterprise') return actor.enterprise === voucher.enterprise
  if (actor?.role === 'carrier') return actor.carrier === voucher.carrier
  return actor?.role === 'bureau' && covers(actor.region, voucher.region)
}

function ownPath(actor: Actor | null, voucher: Voucher): string {
  if (actor?.role === 'enterprise') return `/enterprise/vouchers/${voucher.id}`
  return `/${actor?.role ?? 'carrier'}/vouchers/${keyOf(voucher)}`
}
