/** 「我的创新券」: figures, filters and the cards, to look at or to choose from for voiding. */
import type { Carrier } from '../catalogue/rules.ts'
import { minuteOf } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import { stateWords } from '../ledger/strings.ts'
import type { Voucher, VoucherState } from '../ledger/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { quotaFigures } from '../quota/client.ts'
import type { Quota } from '../quota/client.ts'
import { CardGrid } from '../ui/card.tsx'
import { Button, Form, LinkButton, SelectField } from '../ui/form.tsx'
import { Empty, Filters, Pagination } from '../ui/list.tsx'
import { Consequence, Figure, Figures, Notice } from '../ui/notice.tsx'
import { VoucherCard, freedWords, isPast } from './card-view.tsx'
import { useFormOf } from './client.ts'
import type { Paged } from './mine-rules.ts'
import { strings } from './mine-strings.ts'
import { strings as terms } from './strings.ts'

/** A page of vouchers with what their cards need; `all` is every voucher there is. */
export type Shown = Paged & {
  all: readonly Voucher[]
  /** Voucher id → the address its QR code opens. */
  qr: ReadonlyMap<string, string>
  /** Those whose confirmation is waited for. */
  carriers: readonly Carrier[]
}

export function MineFigures({ c, quota }: { c: Ctx; quota: Quota }) {
  return (
    <Figures>
      {quotaFigures(quota, c.var.lang).map((figure) => (
        <Figure {...figure} />
      ))}
    </Figures>
  )
}

export function Unregistered({ c }: { c: Ctx }) {
  const t = words(c, strings)
  return (
    <Notice tone="warning">
      <p>
        {t.notRegistered} <a href="/enterprise/registration">{t.toRegistration}</a>
      </p>
    </Notice>
  )
}

const STATES: readonly VoucherState[] = [
  'unconfirmed',
  'confirmed',
  'in_review',
  'redeemed',
  'refused',
  'voided',
  'expired',
  'terminated',
  'rejected',
]

/** By year, state and carrier, as far as there is a choice. */
export function MineFilters({ c, shown }: { c: Ctx; shown: Shown }) {
  const [t, w] = [words(c, strings), words(c, terms)]
  const { year = '', state = '', carrier = '' } = c.req.query()
  if (shown.all.length === 0) return null
  const years = [...new Set(shown.all.map((one) => one.year))].sort((one, other) => other - one)
  const names = new Map(shown.all.map((one) => [one.carrier, useFormOf(one).carrier_name]))
  const state_words = words(c, stateWords)
  return (
    <Filters c={c} action="/enterprise/vouchers" label={t.filters}>
      <SelectField
        name="year"
        label={w.year}
        value={year}
        options={years.map((one) => ({ value: String(one), text: String(one) }))}
        empty={t.anyYear}
      />
      <SelectField
        name="state"
        label={w.state}
        value={state}
        options={STATES.map((one) => ({ value: one, text: state_words[one] }))}
        empty={t.anyState}
      />
      <SelectField
        name="carrier"
        label={w.carrier}
        value={carrier}
        options={[...names].map(([value, text]) => ({ value, text }))}
        empty={t.anyCarrier}
      />
    </Filters>
  )
}

/** The count, and the way to choosing what to void. */
export function MineLinks({ c, shown }: { c: Ctx; shown: Shown }) {
  const t = words(c, strings)
  if (shown.all.length === 0) return null
  return (
    <div class="list-links">
      <p class="hint">{t.lead}</p>
      <LinkButton href={withQuery(c, 'void', '1')} tone="secondary">
        {t.void}
      </LinkButton>
    </div>
  )
}

/** The cards of this page, or why there are none. */
export function Deck(props: Shown & { c: Ctx; choosing?: boolean }) {
  const { c, vouchers, all, qr, carriers, page, pages, count, choosing = false } = props
  const t = words(c, strings)
  if (all.length === 0) {
    return (
      <Empty title={t.none}>
        <p>{t.noneHint}</p>
        <LinkButton href="/enterprise/use">{t.toUse}</LinkButton>
      </Empty>
    )
  }
  if (count === 0) {
    return (
      <Empty title={t.noMatch}>
        <a href="/enterprise/vouchers">{t.clear}</a>
      </Empty>
    )
  }
  return (
    <>
      <CardGrid label={t.title}>
        {vouchers.map((voucher) => (
          <VoucherCard
            c={c}
            voucher={voucher}
            qr={qr.get(voucher.id) ?? ''}
            carrier={carriers.find((one) => one.id === voucher.carrier)}
            choosing={choosing}
          />
        ))}
      </CardGrid>
      <p class="hint">
        {t.shown(count)} · {t.refreshed(minuteOf(c.var.now))}
      </p>
      <Pagination c={c} page={page} pages={pages} />
    </>
  )
}

/** The same cards with a box on each that may be voided, and what it would cost (SPEC V2, V4). */
export function Choosing({ c, shown }: { c: Ctx; shown: Shown }) {
  const t = words(c, strings)
  const may = shown.vouchers.filter((one) => one.state === 'unconfirmed')
  const back = withQuery(c, 'void', '')
  if (may.length === 0) {
    return (
      <Empty title={t.nothingToVoid}>
        <p>{t.nothingToVoidHint}</p>
        <LinkButton href={back} tone="secondary">
          {t.stopVoid}
        </LinkButton>
      </Empty>
    )
  }
  return (
    <>
      <Form c={c} action={`/enterprise/vouchers/voids${new URL(c.req.url).search}`} once={newId()}>
        {/* Enter on a box would press the button below: only a press on it voids. */}
        <button type="submit" hidden disabled />
        <p id="field-voucher" tabindex={-1}>
          {t.voidLead}
        </p>
        <Deck c={c} {...shown} choosing />
        <Consequence
          title={t.consequence}
          rows={may.map((one) => ({ label: one.number, value: freedWords(c, one) }))}
        >
          <p>{may.some((one) => isPast(c, one)) ? t.lostNote : t.returnNote}</p>
        </Consequence>
        <div class="govuk-button-group">
          <Button tone="warning">{t.submitVoid}</Button>
          <LinkButton href={back} tone="secondary">
            {t.stopVoid}
          </LinkButton>
        </div>
      </Form>
    </>
  )
}

/** This list's address with one part set, or taken out where `value` is ''. */
function withQuery(c: Ctx, name: string, value: string): string {
  const { searchParams } = new URL(c.req.url)
  if (value === '') searchParams.delete(name)
  else searchParams.set(name, value)
  const query = searchParams.toString()
  return query ? `/enterprise/vouchers?${query}` : '/enterprise/vouchers'
}
