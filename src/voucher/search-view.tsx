/** 「创新券查询」: filters and the list, and the section 「终止」 on a voucher's page. */
import { formatFen } from '../kernel/amount.ts'
import { minuteOf, yearOf } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import { REGIONS, covers, findRegion, regionName } from '../kernel/region.ts'
import { VoucherBadge } from '../ledger/badge-view.tsx'
import { stateWords } from '../ledger/strings.ts'
import type { Voucher } from '../ledger/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { Money } from '../ui/badge.tsx'
import { Button, Form, SelectField, TextArea, TextField } from '../ui/form.tsx'
import { Empty, Filters, Pagination, Table } from '../ui/list.tsx'
import { Consequence } from '../ui/notice.tsx'
import { isPast } from './card-view.tsx'
import { keyOf, useFormOf } from './client.ts'
import { isVoucherNumber } from './rules.ts'
import { STATES } from './search-rules.ts'
import { strings } from './search-strings.ts'
import { strings as terms } from './strings.ts'

/** Years one can ask for: this one and the four before. */
const YEARS = 5

export function SearchFilters({ c }: { c: Ctx }) {
  const [t, w] = [words(c, strings), words(c, terms)]
  const state_words = words(c, stateWords)
  const { word = '', state = '', year = '', county = '' } = c.req.query()
  const { region } = bureauOf(c)
  const thisYear = yearOf(c.var.now)
  const years = Array.from({ length: YEARS }, (_, back) => String(thisYear - back))
  const counties = REGIONS.filter((one) => one.level === 3 && covers(region, one.code))
  return (
    <Filters c={c} submit={t.search} label={t.title}>
      <TextField
        name="word"
        label={t.keyword}
        value={word}
        hint={t.keywordHint}
        type="search"
        width={20}
      />
      <SelectField
        name="state"
        label={w.state}
        value={state}
        options={STATES.map((one) => ({ value: one, text: state_words[one] }))}
        empty={t.anyState}
      />
      <SelectField
        name="year"
        label={w.year}
        value={year}
        options={years.map((one) => ({ value: one, text: one }))}
        empty={t.anyYear}
      />
      {counties.length > 1 ? (
        <SelectField
          name="county"
          label={t.county}
          value={county}
          options={counties.map((one) => ({
            value: one.code,
            text: regionName(one.code, c.var.lang),
            group: findRegion(one.parent ?? '')?.name ?? '',
          }))}
          empty={t.anyCounty}
        />
      ) : null}
    </Filters>
  )
}

type FoundProps = {
  c: Ctx
  vouchers: readonly Voucher[]
  count: number
  page: number
  pages: number
}

export function FoundVouchers({ c, vouchers, count, page, pages }: FoundProps) {
  const [t, w] = [words(c, strings), words(c, terms)]
  return (
    <>
      <p class="hint">{t.found(count)}</p>
      <Table
        caption={t.title}
        columns={[
          { label: w.number },
          { label: w.enterprise },
          { label: w.carrier },
          { label: w.region },
          { label: w.amount, align: 'right' },
          { label: w.state },
          { label: w.issued_at },
        ]}
        rows={vouchers.map((voucher) => ({
          name: [
            voucher.number,
            useFormOf(voucher).enterprise_name,
            useFormOf(voucher).carrier_name,
          ].join(' '),
          cells: [
            <a class="number" href={`/bureau/vouchers/${keyOf(voucher)}`}>
              {voucher.number}
            </a>,
            useFormOf(voucher).enterprise_name,
            useFormOf(voucher).carrier_name,
            regionName(voucher.region, c.var.lang),
            <Money fen={voucher.amount_fen} />,
            <VoucherBadge c={c} state={voucher.state} />,
            minuteOf(voucher.issued_at),
          ],
        }))}
        empty={
          <Empty title={t.none}>
            <p>{isMistyped(c.req.query('word') ?? '') ? t.mistyped : t.noneHint}</p>
            <a href="/bureau/vouchers">{t.clear}</a>
          </Empty>
        }
      />
      <Pagination c={c} page={page} pages={pages} />
    </>
  )
}

/** True for a whole voucher number whose check character says that it was misread. */
function isMistyped(word: string): boolean {
  const number = word.normalize('NFKC').trim().toUpperCase()
  return /^ZJ\d{4}-\d{6}-\w{4}-\w{4}$/.test(number) && !isVoucherNumber(number)
}

type TerminationProps = { c: Ctx; voucher: Voucher; reason: string; errors: Errors }

/** What ends a confirmed voucher, with its cost in yuan (SPEC V3, V4). */
export function Termination({ c, voucher, reason, errors }: TerminationProps) {
  const t = words(c, strings)
  const amount = formatFen(voucher.amount_fen)
  const past = isPast(c, voucher)
  const { year } = voucher
  return (
    <section aria-label={t.terminate} id="terminate">
      <h2 class="govuk-heading-m">{t.terminate}</h2>
      <p>{t.terminateLead}</p>
      <Form
        c={c}
        action={`/bureau/vouchers/${keyOf(voucher)}/terminations`}
        once={newId()}
        label={t.terminate}
      >
        <TextArea
          name="reason"
          label={t.reason}
          value={reason}
          hint={t.reasonHint}
          error={errors['reason']}
          required
        />
        <Consequence
          title={t.consequence}
          rows={[
            { label: t.freedLabel, value: past ? t.lost(amount, year) : t.returns(amount, year) },
          ]}
        >
          <p>{past ? t.lostNote : t.returnNote}</p>
        </Consequence>
        <Button tone="warning">{t.submit}</Button>
      </Form>
    </section>
  )
}
