/** The form of a carrier as the bureau keeps it: to admit one, and to correct one. */
import type { Ctx } from '../platform/bindings.ts'
import { bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { Button, ErrorSummary, Form, SelectField } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import { DATUMS } from './carrier-rules.ts'
import { categoryWord } from './client.ts'
import { deskStrings } from './desk-strings.ts'
import { DESK, countyOptions } from './desk-view.tsx'
import { formStrings } from './form-strings.ts'
import { Choices, Line, propsOf } from './form-view.tsx'
import type { Told } from './form-view.tsx'
import { ContactFields, Stale, toldOf } from './organisation-view.tsx'
import { CATEGORIES } from './rules.ts'
import type { Carrier } from './rules.ts'

/** `enterprise` is the registered one that has the code in the form, by its name. */
type Whose = { enterprise: string | undefined }
type AdmitProps = Whose & { c: Ctx; once: string; told: Told | undefined }

export function AdmitPage({ c, once, told, enterprise }: AdmitProps) {
  const t = words(c, deskStrings)
  const shown = told ?? emptyOf(c)
  return (
    <Layout c={c} title={t.admit_title} error={told !== undefined}>
      <Crumbs items={[{ label: t.title, href: DESK }]} />
      <ErrorSummary c={c} errors={shown.errors} labels={words(c, formStrings).fields} />
      <h1>{t.admit_title}</h1>
      <p>{t.admit_lead}</p>
      <Form c={c} action={DESK} once={once}>
        <AdmissionFields c={c} told={shown} enterprise={enterprise} />
        <Button>{t.submit}</Button>
      </Form>
    </Layout>
  )
}

/** Monday to Friday, nine to five; the one county of a county's own bureau. */
function emptyOf(c: Ctx): Told {
  const counties = countyOptions(c, bureauOf(c).region)
  const county = counties.length === 1 ? counties[0]?.value : ''
  return {
    typed: { from: '09:00', to: '17:00', datum: 'WGS-84', county },
    many: { days: ['1', '2', '3', '4', '5'], categories: [] },
    errors: {},
  }
}

type EditProps = Whose & { c: Ctx; carrier: Carrier; told: Told | undefined; stale: boolean }

export function EditPage({ c, carrier, told, stale, enterprise }: EditProps) {
  const t = words(c, deskStrings)
  const title = t.edit_title(carrier.name)
  const shown = told ?? filledOf(carrier)
  return (
    <Layout c={c} title={title} error={told !== undefined}>
      <Crumbs items={[{ label: carrier.name, href: `${DESK}/${carrier.id}` }]} />
      <ErrorSummary c={c} errors={shown.errors} labels={words(c, formStrings).fields} />
      <Stale c={c} stale={stale} />
      <h1>{title}</h1>
      <Form c={c} action={`${DESK}/${carrier.id}`}>
        <input type="hidden" name="seen" value={String(carrier.updated_at)} />
        <AdmissionFields c={c} told={shown} enterprise={enterprise} />
        <Button>{t.save}</Button>
      </Form>
    </Layout>
  )
}

function filledOf(carrier: Carrier): Told {
  const { typed, many } = toldOf(carrier)
  const { name, uscc, legal_representative, county, address, lng, lat } = carrier
  const place = { county, address, lng: String(lng), lat: String(lat), datum: 'WGS-84' }
  return { typed: { ...typed, name, uscc, legal_representative, ...place }, many, errors: {} }
}

type CodeProps = Whose & { c: Ctx }

/** What it means that a registered enterprise becomes a carrier: it acts as one from then on. */
export function AsEnterprise({ c, enterprise }: CodeProps) {
  const t = words(c, deskStrings)
  if (!enterprise) return null
  return (
    <Notice tone="info" title={t.as_enterprise}>
      <p>{t.as_enterprise_note(enterprise)}</p>
    </Notice>
  )
}

/** With scripts the code is looked up as soon as it is typed. */
const LOOKED_UP = {
  'hx-get': `${DESK}/code`,
  'hx-trigger': 'change from:#field-uscc',
  'hx-include': '#field-uscc',
  'hx-swap': 'innerHTML',
}

function AdmissionFields({ c, told, enterprise }: CodeProps & { told: Told }) {
  const t = words(c, deskStrings)
  const { datums } = words(c, formStrings)
  const own = { c, told }
  return (
    <>
      <h2 class="govuk-heading-m">{t.identity}</h2>
      <Line {...own} name="name" required />
      <Line {...own} name="uscc" width={20} required />
      <div role="status" {...LOOKED_UP}>
        <AsEnterprise c={c} enterprise={enterprise} />
      </div>
      <Line {...own} name="legal_representative" width={20} required />
      <Choices
        {...own}
        name="categories"
        required
        options={CATEGORIES.map((value) => ({ value, text: categoryWord(value, c.var.lang) }))}
      />
      <h2 class="govuk-heading-m">{t.place}</h2>
      <SelectField
        {...propsOf({ ...own, name: 'county', required: true })}
        options={countyOptions(c, bureauOf(c).region)}
      />
      <Line {...own} name="address" required />
      <Line {...own} name="lng" width={10} />
      <Line {...own} name="lat" width={10} />
      <SelectField
        {...propsOf({ ...own, name: 'datum' })}
        empty={null}
        options={DATUMS.map((value) => ({ value, text: datums[value] }))}
      />
      <h2 class="govuk-heading-m">{t.contact}</h2>
      <ContactFields {...own} />
    </>
  )
}
