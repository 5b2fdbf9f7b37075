/** The claim page: region, amount, the figures, what one press changes in yuan, and the receipt. */
import { formatFen } from '../kernel/amount.ts'
import { dayOf, minuteOf } from '../kernel/clock.ts'
import { CITIES, countiesOf, regionName } from '../kernel/region.ts'
import type { Book, Claim } from '../ledger/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { AmountField, Button, ErrorSummary, Form, SelectField } from '../ui/form.tsx'
import { SummaryList } from '../ui/list.tsx'
import { Consequence, Notice, Panel } from '../ui/notice.tsx'
import { strings as claimStrings } from './claim-strings.ts'
import { largestClaim, readAmount, referenceOf, tightest } from './rules.ts'
import type { Quota, Refusals, Typed } from './rules.ts'
import { quotaMessages } from './refusal-view.tsx'
import { strings } from './strings.ts'
import { QuotaFigures } from './views.tsx'

type ClaimPageProps = {
  c: Ctx
  quota: Quota
  /** The idempotency key, which becomes the claim's id. */
  submission: string
  typed: Typed
  refusals: Refusals
  /** The bureau that set the limit which was broken; '' where none was. */
  bureau: string
}

export function ClaimPage({ c, quota, submission, typed, refusals, bureau }: ClaimPageProps) {
  const t = words(c, claimStrings)
  const errors = quotaMessages(c, refusals, bureau)
  const why = quota.remaining_fen === 0 ? tightest(quota) : null
  return (
    <>
      <ErrorSummary c={c} errors={errors} labels={{ region: t.region, amount: t.amount }} />
      <h1 class="govuk-heading-l">{t.title}</h1>
      <p>{t.lead}</p>
      <QuotaFigures c={c} quota={quota} />
      {why ? <Notice tone="warning">{t.nothing_left[why]}</Notice> : null}
      <Form c={c} action="/enterprise/quota/claim" once={submission}>
        <input type="hidden" name="year" value={String(quota.year)} />
        <SelectField
          name="region"
          label={t.region}
          value={typed['region'] ?? quota.region}
          error={errors['region']}
          hint={t.region_hint(regionName(quota.region, c.var.lang))}
          options={regionOptions(c)}
          required
        />
        <AmountWithEffect c={c} quota={quota} typed={typed} error={errors['amount']} />
        <Button>{t.submit}</Button>
      </Form>
    </>
  )
}

type AmountProps = { c: Ctx; quota: Quota; typed: Typed; error: string | undefined }

/** The amount and beneath it what it would change; with scripts that follows the typing. */
function AmountWithEffect({ c, quota, typed, error }: AmountProps) {
  const t = words(c, claimStrings)
  const largest_fen = largestClaim(quota)
  const largest = largest_fen === null ? t.free : t.largest(formatFen(largest_fen))
  return (
    <>
      <div
        hx-get="/enterprise/quota/claim/effect"
        hx-trigger="input delay:300ms"
        hx-include="#field-amount"
        hx-target="#effect"
        hx-swap="innerHTML"
        hx-sync="this:replace"
      >
        <AmountField
          name="amount"
          label={t.amount}
          value={typed['amount']}
          error={error}
          hint={t.amount_hint(largest)}
          required
        />
      </div>
      <div id="effect" aria-live="polite">
        <Effect c={c} quota={quota} typed={typed['amount'] ?? ''} />
      </div>
    </>
  )
}

/** What submitting does, in yuan; in words as long as no amount can be read. */
export function Effect({ c, quota, typed }: { c: Ctx; quota: Quota; typed: string }) {
  const t = words(c, claimStrings)
  const { no_limit } = words(c, strings)
  const amount = readAmount(typed)
  const add_fen = amount.ok ? amount.value : null
  const after = (fen: number, change: 1 | -1) => {
    const before = formatFen(fen)
    if (add_fen === null) return change === 1 ? t.plus(before) : t.minus(before)
    return t.becomes(before, formatFen(Math.max(0, fen + change * add_fen)))
  }
  return (
    <Consequence
      title={t.effect}
      rows={[
        ...(add_fen === null ? [] : [{ label: t.effect_add, value: formatFen(add_fen) }]),
        { label: t.effect_available, value: after(quota.available_fen, 1), strong: true },
        { label: t.effect_claimed, value: after(quota.claimed_fen, 1) },
        {
          label: t.effect_remaining,
          value: quota.remaining_fen === null ? no_limit : after(quota.remaining_fen, -1),
        },
      ]}
    >
      <p>{t.effect_note(quota.year)}</p>
    </Consequence>
  )
}

/** All counties under their cities. */
function regionOptions(c: Ctx): { value: string; text: string; group: string }[] {
  return CITIES.flatMap((city) =>
    countiesOf(city.code).map((county) => ({
      value: county.code,
      text: c.var.lang === 'zh' ? county.name : regionName(county.code, 'en'),
      group: regionName(city.code, c.var.lang),
    })),
  )
}

type ReceiptProps = {
  c: Ctx
  claim: Claim
  /** The book as it is now. */
  book: Book
  /** False where another agent of the enterprise made the claim. */
  own: boolean
}

/** The claim with its reference, the balance now, and what comes next. */
export function Receipt({ c, claim, book, own }: ReceiptProps) {
  const t = words(c, claimStrings)
  return (
    <>
      <Panel title={t.done} reference={referenceOf('claim', claim.id, dayOf(claim.at))} />
      {own ? null : <Notice>{t.by_colleague(claim.by)}</Notice>}
      <SummaryList
        rows={[
          { label: t.done_amount, value: formatFen(claim.amount_fen) },
          { label: t.done_available, value: formatFen(book.accounts.available) },
          { label: t.region, value: regionName(claim.region, c.var.lang) },
          { label: t.done_at, value: minuteOf(claim.at) },
          { label: t.done_by, value: claim.by },
        ]}
      />
      <h2 class="govuk-heading-m">{t.done_next}</h2>
      <p>{t.done_use}</p>
      <p class="links">
        <a class="govuk-link" href="/enterprise/use">
          {t.to_use}
        </a>
        <a class="govuk-link" href="/enterprise/quota">
          {t.to_quota}
        </a>
      </p>
      <p>{t.done_close}</p>
    </>
  )
}
