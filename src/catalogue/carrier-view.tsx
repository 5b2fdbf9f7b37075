/** One carrier as the bureau sees it: its data, what it offers, what waits, and its suspension. */
import type { Child } from 'hono/jsx'
import { dayOf } from '../kernel/clock.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Button, Buttons, Form, LinkButton, TextArea } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Empty, Pagination, SummaryList, Table } from '../ui/list.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import { AsEnterprise } from './admission-view.tsx'
import { isAtSeat } from './carrier-rules.ts'
import type { Account } from './carrier-rules.ts'
import { categoryWord, openingWords, priceWords } from './client.ts'
import { deskStrings } from './desk-strings.ts'
import { CarrierBadge, DESK, mayAct } from './desk-view.tsx'
import { formStrings } from './form-strings.ts'
import type { Item } from './item-store.ts'
import { StateBadge } from './item-view.tsx'
import { Masked, SHOWN_MAX, placeText } from './list-view.tsx'
import type { Picture } from './picture-rules.ts'
import { Pictures } from './picture-view.tsx'
import { stateOf } from './proposal-rules.ts'
import type { Waiting } from './proposal-store.ts'
import { WaitingTable } from './waiting-view.tsx'
import { openingOf } from './rules.ts'
import type { Carrier, Kind } from './rules.ts'
import { strings } from './strings.ts'

export type Offers = { kind: Kind; items: readonly Item[]; count: number; page: number }

type PageProps = {
  c: Ctx
  carrier: Carrier
  account: Account | undefined
  /** The registered enterprise with the same credit code, by its name. */
  enterprise: string | undefined
  suspension: { at: number; reason: string } | undefined
  offers: readonly Offers[]
  waiting: readonly Waiting[]
  pictures: readonly Picture[]
}

export function CarrierPage(props: PageProps) {
  const { c, carrier, enterprise, suspension, offers, waiting, pictures } = props
  const t = words(c, deskStrings)
  return (
    <Layout c={c} title={carrier.name} wide>
      <Crumbs items={[{ label: t.title, href: DESK }]} />
      <Done c={c} />
      <h1>{carrier.name}</h1>
      <p>
        <CarrierBadge c={c} carrier={carrier} />
      </p>
      {suspension ? null : <AsEnterprise c={c} enterprise={enterprise} />}
      {suspension ? (
        <Notice tone="warning" title={t.suspended(dayOf(suspension.at))}>
          <p>{t.because(suspension.reason)}</p>
        </Notice>
      ) : null}
      <Data {...props} />
      <section aria-label={t.proposals} id="proposals">
        <h2 class="govuk-heading-m">{t.proposals}</h2>
        {waiting.length > 0 ? (
          <WaitingTable c={c} waiting={waiting} />
        ) : (
          <p class="hint">{t.no_proposals}</p>
        )}
      </section>
      {offers.map((one) => (
        <Offered c={c} offers={one} />
      ))}
      <section aria-label={t.pictures}>
        <h2 class="govuk-heading-m">{t.pictures}</h2>
        <Pictures c={c} pictures={pictures} />
      </section>
      {mayAct(c) ? <Suspension c={c} carrier={carrier} /> : null}
    </Layout>
  )
}

function Data({ c, carrier, account }: PageProps) {
  const t = words(c, deskStrings)
  const { fields } = words(c, formStrings)
  const row = (label: string, value: Child) => ({ label, value })
  const word = encodeURIComponent(carrier.name)
  return (
    <section aria-label={t.data}>
      <h2 class="govuk-heading-m">{t.data}</h2>
      <SummaryList
        rows={[
          row(fields.uscc, <span class="number">{carrier.uscc}</span>),
          row(fields.legal_representative, carrier.legal_representative),
          row(
            fields.categories,
            carrier.categories.map((one) => categoryWord(one, c.var.lang)).join(' · '),
          ),
          row(fields.address, placeText(c, carrier)),
          row(t.position, <Position c={c} carrier={carrier} />),
          row(fields.contact, `${carrier.contact} ${carrier.phone}`),
          ...(carrier.website ? [row(fields.website, carrier.website)] : []),
          row(t.opening, openingWords(openingOf(carrier), c.var.lang)),
          ...(carrier.intro ? [row(fields.intro, carrier.intro)] : []),
          row(t.account, account ? <Masked account={account} /> : t.no_account),
          row(t.admitted_at, dayOf(carrier.admitted_at)),
        ]}
      />
      <Buttons>
        {mayAct(c) ? (
          <LinkButton href={`${DESK}/${carrier.id}/edit`} tone="secondary">
            {t.edit}
          </LinkButton>
        ) : null}
        <a class="row-link" href={`/bureau/vouchers?word=${word}`}>
          {t.vouchers}
        </a>
        {carrier.state === 'active' ? (
          <a class="row-link" href={`/map/organisations/${carrier.id}`}>
            {t.on_map}
          </a>
        ) : null}
      </Buttons>
    </section>
  )
}

function Position({ c, carrier }: { c: Ctx; carrier: Carrier }) {
  const t = words(c, deskStrings)
  return (
    <>
      <span class="number">{`${carrier.lng}, ${carrier.lat}`}</span>
      {isAtSeat(carrier) ? <p class="hint">{t.at_seat}</p> : null}
    </>
  )
}

/** A page of one kind; the other kind's page is its own part of the address. */
function Offered({ c, offers }: { c: Ctx; offers: Offers }) {
  const t = words(c, strings)
  const { offers: titles, none } = words(c, deskStrings)
  const { kind, items, count, page } = offers
  const middle = kind === 'service' ? [t.category] : [t.model, t.maker]
  return (
    <section aria-label={titles[kind]}>
      <h2 class="govuk-heading-m">{titles[kind]}</h2>
      {count > 0 ? <p class="hint">{t.count(count)}</p> : null}
      <Table
        caption={titles[kind]}
        columns={[
          { label: t.name },
          ...middle.map((label) => ({ label })),
          { label: t.price, align: 'right' },
          { label: t.state },
        ]}
        rows={items.map(({ kind: of, row }) => ({
          name: row.name,
          cells: [
            row.name,
            ...(of === 'service'
              ? [categoryWord(row.category, c.var.lang)]
              : [row.model, row.maker]),
            priceWords(row, c.var.lang),
            <StateBadge c={c} state={stateOf(row, undefined)} />,
          ],
        }))}
        empty={<Empty title={none[kind]} />}
      />
      <Pagination c={c} page={page} pages={Math.ceil(count / SHOWN_MAX)} name={`${kind}s`} />
    </section>
  )
}

/** 「暂停」 with its reason, or 「恢复」. */
function Suspension({ c, carrier }: { c: Ctx; carrier: Carrier }) {
  const t = words(c, deskStrings)
  const { fields } = words(c, formStrings)
  const at = `${DESK}/${carrier.id}`
  if (carrier.state === 'suspended')
    return (
      <section aria-label={t.resume_title}>
        <h2 class="govuk-heading-m">{t.resume_title}</h2>
        <p id="suspension-note">{t.resume_note}</p>
        <Form c={c} action={`${at}/resumption`}>
          <Button describedby="suspension-note">{t.resume}</Button>
        </Form>
      </section>
    )
  return (
    <section aria-label={t.suspend_title}>
      <h2 class="govuk-heading-m">{t.suspend_title}</h2>
      <p id="suspension-note">{t.suspend_note}</p>
      <Form c={c} action={`${at}/suspension`}>
        <TextArea name="reason" label={fields.reason} required rows={3} />
        <Button tone="warning" describedby="suspension-note">
          {t.suspend}
        </Button>
      </Form>
    </section>
  )
}

function Done({ c }: { c: Ctx }) {
  const t = words(c, deskStrings)
  const done = c.req.query('done')
  if (done === 'saved') return <Notice tone="good">{t.saved}</Notice>
  if (done !== 'admitted') return null
  return (
    <Notice tone="good" title={t.admitted}>
      <p>{t.admitted_note}</p>
    </Notice>
  )
}
