/** The forms of what a carrier keeps of itself. */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Button, ErrorSummary, Form } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import type { Account } from './carrier-rules.ts'
import { formStrings } from './form-strings.ts'
import { Line, Lines, OpeningFields } from './form-view.tsx'
import type { Told } from './form-view.tsx'
import { itemStrings } from './item-strings.ts'
import { LIST, Masked } from './list-view.tsx'
import { openingOf } from './rules.ts'
import type { Carrier } from './rules.ts'
import { strings } from './strings.ts'

/** What a carrier's row says, as a form has it. */
export function toldOf(carrier: Carrier): Told {
  const { contact, phone, intro, website } = carrier
  const { days, from, to } = openingOf(carrier)
  return {
    typed: { contact, phone, intro, website: website ?? '', from, to },
    many: { days: days.map(String), categories: carrier.categories },
    errors: {},
  }
}

export function Stale({ c, stale }: { c: Ctx; stale: boolean }) {
  const t = words(c, itemStrings)
  if (!stale) return null
  return (
    <Notice tone="warning" title={t.stale_title}>
      <p>{t.stale_note}</p>
    </Notice>
  )
}

type ContactProps = { c: Ctx; carrier: Carrier; told: Told | undefined; stale: boolean }

export function ContactPage({ c, carrier, told, stale }: ContactProps) {
  const t = words(c, strings)
  const shown = told ?? toldOf(carrier)
  return (
    <Layout c={c} title={t.edit_contact} error={told !== undefined}>
      <Crumbs items={[{ label: t.title, href: LIST }]} />
      <ErrorSummary c={c} errors={shown.errors} labels={words(c, formStrings).fields} />
      <Stale c={c} stale={stale} />
      <h1>{t.edit_contact}</h1>
      <Form c={c} action="/carrier/services/organisation">
        <input type="hidden" name="seen" value={String(carrier.updated_at)} />
        <ContactFields c={c} told={shown} />
        <Button>{words(c, itemStrings).save}</Button>
      </Form>
    </Layout>
  )
}

/** Contact, opening hours and introduction. */
export function ContactFields({ c, told }: { c: Ctx; told: Told }) {
  return (
    <>
      <Line c={c} told={told} name="contact" width={20} required />
      <Line c={c} told={told} name="phone" width={20} type="tel" required />
      <Line c={c} told={told} name="website" />
      <Lines c={c} told={told} name="intro" />
      <OpeningFields c={c} told={told} />
    </>
  )
}

type AccountProps = {
  c: Ctx
  told: Told | undefined
  account: Account | undefined
  seen: number
  stale: boolean
}

export function AccountPage({ c, told, account, seen, stale }: AccountProps) {
  const t = words(c, strings)
  const shown = told ?? { typed: { bank: account?.bank }, many: {}, errors: {} }
  return (
    <Layout c={c} title={t.edit_account} error={told !== undefined || stale}>
      <Crumbs items={[{ label: t.title, href: LIST }]} />
      <ErrorSummary c={c} errors={shown.errors} labels={words(c, formStrings).fields} />
      <Stale c={c} stale={stale} />
      <h1>{t.edit_account}</h1>
      {account ? (
        <p>
          {t.account_now} <Masked account={account} />
        </p>
      ) : null}
      <Form c={c} action="/carrier/services/account">
        <input type="hidden" name="seen" value={String(seen)} />
        <Line c={c} told={shown} name="bank" required />
        <Line c={c} told={shown} name="bank_account" required />
        <Button>{words(c, itemStrings).save}</Button>
      </Form>
    </Layout>
  )
}
