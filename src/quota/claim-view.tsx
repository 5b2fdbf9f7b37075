/** The claim page: the figures, region and amount, what one press changes, and the receipt. */
import { formatFen } from '../kernel/amount.ts'
import { dayOf, minuteOf } from '../kernel/clock.ts'
import { CITIES, countiesOf, regionName } from '../kernel/region.ts'
import type { Book, Claim } from '../ledger/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Button, Buttons, ErrorSummary, Form, LinkButton, SelectField } from '../ui/form.tsx'
import { SummaryList } from '../ui/list.tsx'
import { Notice, Panel } from '../ui/notice.tsx'
import { strings } from './claim-strings.ts'
import { AmountWithEffect, ClaimEffect } from './effect-view.tsx'
import { largestClaim, referenceOf, tightest } from './rules.ts'
import type { Quota, Refusals, Typed } from './rules.ts'
import { quotaMessages } from './refusal-view.tsx'
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
  const t = words(c, strings)
  const errors = quotaMessages(c, refusals, bureau)
  const largest_fen = largestClaim(quota)
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
        <AmountWithEffect
          effect="/enterprise/quota/claim/effect"
          label={t.amount}
          hint={t.amount_hint(largest_fen === null ? t.free : t.largest(formatFen(largest_fen)))}
          value={typed['amount']}
          error={errors['amount']}
        >
          <ClaimEffect c={c} quota={quota} typed={typed['amount'] ?? ''} />
        </AmountWithEffect>
        <Button>{t.submit}</Button>
      </Form>
    </>
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
  const t = words(c, strings)
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
      <Buttons>
        <LinkButton href="/enterprise/use">{t.to_use}</LinkButton>
        <LinkButton href="/enterprise/quota" tone="secondary">
          {t.to_quota}
        </LinkButton>
      </Buttons>
      <p>{t.done_close}</p>
    </>
  )
}
