/**
 * One redemption before its reviewer: form, papers beside it, checks, history, and the decision.
 */
import type { Child } from 'hono/jsx'
import { formatFen, plainFen } from '../kernel/amount.ts'
import { minuteOf } from '../kernel/clock.ts'
import { VoucherBadge } from '../ledger/badge-view.tsx'
import type { LedgerEvent, Redemption } from '../ledger/rules.ts'
import { redemptionWords } from '../ledger/strings.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { Money } from '../ui/badge.tsx'
import { AmountField, Button, Buttons, ErrorSummary, Form, TextArea } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { SummaryList } from '../ui/list.tsx'
import { Consequence, Crumbs, Notice } from '../ui/notice.tsx'
import { useFormOf } from '../voucher/client.ts'
import { FormFacts, History } from '../voucher/detail-view.tsx'
import type { Check } from './check-rules.ts'
import { Checks, Papers } from './check-view.tsx'
import { reviewPath } from './desk-view.tsx'
import { DESK } from './filter-view.tsx'
import { effectOf, readPaid } from './rules.ts'
import type { Full } from './store.ts'
import { reviewStrings } from './review-strings.ts'

export type ReviewProps = {
  c: Ctx
  full: Full
  checks: readonly Check[]
  events: readonly LedgerEvent[]
  /** Why this reader only reads; null for who decides. */
  readonly: string | null
  submission: string
  typed?: Readonly<Record<string, string>>
  errors?: Errors
  status?: 200 | 409 | 422 | 503
}

export async function reviewPage(props: ReviewProps): Promise<Response> {
  const { c, full, checks, events, errors = {}, status = 200 } = props
  const t = words(c, reviewStrings)
  const { voucher, redemption } = full.item
  const waits = redemption?.state === 'in_review'
  return page(
    c,
    <Layout c={c} title={`${voucher.number} ${t.title}`} error={status !== 200} wide>
      <Crumbs items={[{ label: t.title, href: DESK }]} />
      <ErrorSummary c={c} errors={errors} labels={{ paid: t.paid, reason: t.reason }} />
      <h1>{voucher.number}</h1>
      <Head c={c} full={full} />
      <div class="split">
        <div>
          {waits ? null : <Ended c={c} redemption={redemption} />}
          <Checks c={c} checks={checks} />
          {waits ? <Deciding {...props} /> : null}
          <FormFacts c={c} voucher={voucher} />
        </div>
        <div>
          <Papers c={c} full={full} />
          <History c={c} events={events} />
        </div>
      </div>
    </Layout>,
    status,
  )
}

function Head({ c, full: { item } }: { c: Ctx; full: Full }) {
  const t = words(c, reviewStrings)
  const { voucher, redemption } = item
  const form = useFormOf(voucher)
  const own = voucher.payee === 'enterprise'
  return (
    <p>
      <VoucherBadge c={c} state={voucher.state} /> <Money fen={voucher.amount_fen} strong />{' '}
      <span>
        {t.columns.payee} {t.payees[voucher.payee]} ·{' '}
        {own ? form.enterprise_name : form.carrier_name}
      </span>{' '}
      {redemption ? (
        <span class="hint">{t.submitted(redemption.by, minuteOf(redemption.submitted_at))}</span>
      ) : null}
    </p>
  )
}

function Ended({ c, redemption }: { c: Ctx; redemption: Redemption | null }) {
  const t = words(c, reviewStrings)
  if (!redemption) return null
  const { state, paid_fen, reason, decided_at } = redemption
  const rows: ({ label: string; value: Child } | null)[] = [
    { label: t.columns.state, value: words(c, redemptionWords)[state] },
    decided_at ? { label: t.columns.decided, value: minuteOf(decided_at) } : null,
    paid_fen === null ? null : { label: t.decidedPaid, value: formatFen(paid_fen) },
    reason ? { label: t.decidedReason, value: reason } : null,
  ]
  return <SummaryList rows={rows.filter((row) => row !== null)} />
}

function Deciding(props: ReviewProps) {
  const { c, full, readonly, submission, typed = {}, errors = {} } = props
  const t = words(c, reviewStrings)
  if (readonly !== null) return <Notice>{readonly}</Notice>
  const { voucher, redemption } = full.item
  const place = reviewPath(voucher)
  return (
    <section aria-label={t.decide}>
      <h2>{t.decide}</h2>
      <Form c={c} action={place} once={submission}>
        <input type="hidden" name="redemption" value={redemption?.id ?? ''} />
        <AmountField
          name="paid"
          label={t.paid}
          value={typed['paid'] ?? plainFen(voucher.amount_fen, ',')}
          error={errors['paid']}
          hint={t.paidHint(formatFen(voucher.amount_fen))}
        />
        <TextArea
          name="reason"
          label={t.reason}
          value={typed['reason']}
          error={errors['reason']}
          hint={t.reasonHint}
          rows={3}
        />
        <div
          hx-get={`${place}/effect`}
          hx-trigger="input changed delay:300ms from:#field-paid"
          hx-include="#field-paid"
          hx-swap="innerHTML"
        >
          <Effect c={c} voucher={voucher} paid={typed['paid']} />
        </div>
        <Buttons>
          <Button name="verdict" value="approve">
            {t.approve}
          </Button>
          <Button name="verdict" value="return" tone="secondary">
            {t.return}
          </Button>
          <Button name="verdict" value="reject" tone="warning">
            {t.reject}
          </Button>
        </Buttons>
      </Form>
    </section>
  )
}

type EffectProps = { c: Ctx; voucher: Full['item']['voucher']; paid: string | undefined }

/**
 * What each of the three buttons does, in yuan; an amount that cannot be paid counts as the whole.
 */
export function Effect({ c, voucher, paid }: EffectProps) {
  const t = words(c, reviewStrings)
  const read = readPaid(paid ?? '', voucher)
  const approve = effectOf(voucher, read.ok ? read.value : voucher.amount_fen, c.var.now)
  const goes = (freed_fen: number) => {
    const { lapses, year } = approve
    const amount = formatFen(freed_fen)
    return lapses ? t.toLapse(amount, year) : t.toQuota(amount, year)
  }
  const whole = formatFen(voucher.amount_fen)
  return (
    <Consequence
      title={t.effect}
      rows={[
        { label: t.effectApprove, value: <Money fen={approve.paid_fen} />, strong: true },
        {
          label: t.effectRest,
          value: approve.freed_fen > 0 ? goes(approve.freed_fen) : t.effectNothing,
        },
        { label: t.effectReturn, value: t.effectReturnTo(whole) },
        { label: t.effectReject, value: goes(voucher.amount_fen) },
      ]}
    >
      {approve.lapses ? <p class="hint">{t.lapseNote(approve.year)}</p> : null}
    </Consequence>
  )
}
