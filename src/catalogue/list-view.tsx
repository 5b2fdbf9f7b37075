/** 「服务与仪器」: what a carrier offers, each with its state, and what the organisation says. */
import { regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { SelectField, TextField } from '../ui/field.tsx'
import { Buttons, LinkButton } from '../ui/form.tsx'
import { Empty, Filters, Pagination, SummaryList, Table } from '../ui/list.tsx'
import type { TableRow } from '../ui/list.tsx'
import type { Account } from './carrier-rules.ts'
import { maskedAccount } from './carrier-rules.ts'
import { categoryWord, openingWords, priceWords } from './client.ts'
import { formStrings } from './form-strings.ts'
import { StateBadge } from './item-view.tsx'
import type { Item } from './item-store.ts'
import { stateOf } from './proposal-rules.ts'
import type { Content, InstrumentContent, Proposal, ServiceContent } from './proposal-rules.ts'
import { openingOf } from './rules.ts'
import type { Carrier, Kind } from './rules.ts'
import { strings } from './strings.ts'

export const PATHS = {
  service: '/carrier/services',
  instrument: '/carrier/services/instruments',
} as const
export const LIST = PATHS.service
/** Of each kind on the first page, and on a page of one kind. */
export const SHOWN_MAX = 20

export type Listing = {
  kind: Kind
  items: readonly Item[]
  count: number
  /** Proposals that wait or were returned, by subject; some of subjects that are not published. */
  open: ReadonlyMap<string, Proposal>
  /** Those of this kind that nothing is published of yet. */
  fresh: readonly Proposal[]
}

type ItemsProps = { c: Ctx; listing: Listing; pages?: number; page?: number }

/** The items of one kind: first what is not public yet, then what is published. */
export function Items({ c, listing }: ItemsProps) {
  const t = words(c, strings)
  const { kind, items, fresh, open, count } = listing
  const middle = kind === 'service' ? [t.category] : [t.model, t.maker]
  const rows = [
    ...fresh.map((proposal) => rowOf(c, kind, proposal.subject, proposal.content, proposal)),
    ...items.map(({ row }) => rowOf(c, kind, row.id, row, open.get(row.id), row)),
  ]
  return (
    <>
      {count > 0 ? <p class="hint">{t.count(count + fresh.length)}</p> : null}
      <Table
        caption={t.kinds[kind]}
        columns={[
          { label: t.name },
          ...middle.map((label) => ({ label })),
          { label: t.price, align: 'right' },
          { label: t.state },
        ]}
        rows={rows}
        empty={<Empty title={kind === 'service' ? t.no_services : t.no_instruments} />}
      />
    </>
  )
}

function rowOf(
  c: Ctx,
  kind: Kind,
  id: string,
  content: Content,
  proposal: Proposal | undefined,
  row?: { withdrawn_at: number | null },
): TableRow {
  const middle =
    kind === 'service'
      ? [categoryWord((content as ServiceContent).category, c.var.lang)]
      : [(content as InstrumentContent).model, (content as InstrumentContent).maker]
  return {
    name: content.name,
    cells: [
      <a href={`${PATHS[kind]}/${id}`}>{content.name}</a>,
      ...middle,
      priceWords(content, c.var.lang),
      <Stands c={c} kind={kind} content={content} proposal={proposal} row={row} />,
    ],
  }
}

type StandsProps = {
  c: Ctx
  kind: Kind
  content: Content
  proposal: Proposal | undefined
  row: { withdrawn_at: number | null } | undefined
}

/** The state with what needs to be known of it: a reason, a change on its way, 维护中. */
function Stands({ c, kind, content, proposal, row }: StandsProps) {
  const t = words(c, strings)
  const { availabilities } = words(c, formStrings)
  const verdict = proposal?.verdict
  const { availability } = content as InstrumentContent
  return (
    <>
      <StateBadge c={c} state={stateOf(row, proposal)} />
      {kind === 'instrument' && row && availability !== 'available' ? (
        <p class="hint">{availabilities[availability]}</p>
      ) : null}
      {row && proposal ? (
        <p class="hint">{verdict ? t.change_returned : t.change_waiting}</p>
      ) : null}
      {verdict?.reason ? <p class="hint">{t.because(verdict.reason)}</p> : null}
    </>
  )
}

export type ListFilter = { word: string; state: 'offered' | 'withdrawn' | null; page: number }

/** A page of one kind with its filters. */
export function OneKind({ c, listing, filter }: ItemsProps & { filter: ListFilter }) {
  const t = words(c, strings)
  const { kind } = listing
  return (
    <>
      <Filters c={c} action={LIST} submit={t.find} label={t.find}>
        <input type="hidden" name="kind" value={kind} />
        <TextField name="word" label={t.word} value={filter.word} type="search" />
        <SelectField
          name="state"
          label={t.state}
          value={filter.state ?? ''}
          empty={t.any_state}
          options={[
            { value: 'offered', text: t.states.published },
            { value: 'withdrawn', text: t.states.withdrawn },
          ]}
        />
      </Filters>
      <Items c={c} listing={listing} />
      <Pagination c={c} page={filter.page} pages={Math.ceil(listing.count / SHOWN_MAX)} />
    </>
  )
}

/** Where a carrier stands, its county said once. */
export function placeText(
  c: Ctx,
  { county, address }: Pick<Carrier, 'county' | 'address'>,
): string {
  if (address.startsWith(regionName(county))) return address
  return `${regionName(county, c.var.lang)} ${address}`
}

type OrganisationProps = { c: Ctx; carrier: Carrier; account: Account | undefined }

/** What the carrier keeps of itself, and what the bureau keeps of it. */
export function Organisation({ c, carrier, account }: OrganisationProps) {
  const t = words(c, strings)
  const { fields } = words(c, formStrings)
  const recognised = carrier.categories.map((one) => categoryWord(one, c.var.lang))
  return (
    <section aria-label={t.organisation}>
      <h2 class="govuk-heading-m">{t.organisation}</h2>
      <SummaryList
        rows={[
          { label: fields.name, value: carrier.name },
          {
            label: fields.address,
            value: placeText(c, carrier),
          },
          ...(recognised.length > 0
            ? [{ label: fields.categories, value: recognised.join(' · ') }]
            : []),
          { label: fields.contact, value: `${carrier.contact} ${carrier.phone}` },
          { label: t.opening, value: openingWords(openingOf(carrier), c.var.lang) },
          { label: t.account, value: account ? <Masked account={account} /> : t.no_account },
        ]}
      />
      <p class="hint">{t.fixed}</p>
      <Buttons>
        <LinkButton href="/carrier/services/organisation" tone="secondary">
          {t.edit_contact}
        </LinkButton>
        <LinkButton href="/carrier/services/account" tone="secondary">
          {t.edit_account}
        </LinkButton>
        <LinkButton href="/carrier/services/pictures" tone="secondary">
          {t.edit_pictures}
        </LinkButton>
      </Buttons>
    </section>
  )
}

/** An account as it is shown: the bank and the last four digits. */
export function Masked({ account }: { account: Account }) {
  return (
    <>
      {account.bank} <span class="number">{maskedAccount(account.bank_account)}</span>
    </>
  )
}
