/** 实名注册 as a form (SPEC G1): works without scripts, keeps what was typed, says what is optional. */
import type { Child } from 'hono/jsx'
import { CITIES, countiesOf, findRegion, regionName } from '../kernel/region.ts'
import type { Region } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { Button, Buttons, Form } from '../ui/form.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import type { Option } from '../ui/choice.tsx'
import { SummaryList } from '../ui/list.tsx'
import { LENGTH_MAX } from './form-rules.ts'
import type { Against, Problem, Problems } from './form-rules.ts'
import { formStrings } from './form-strings.ts'
import { FIELDS, REQUIRED } from './rules.ts'
import type { Field, RegistrationForm } from './rules.ts'
import { strings } from './strings.ts'
import { fieldText } from './views.tsx'

type FormViewProps = {
  c: Ctx
  /** The id of the draft, or the one a new version will get: a retry carries the same. */
  version: string
  /** The submitted version it builds on, '' for none. */
  base: string
  form: RegistrationForm
  errors: Errors
  /** Name, city and county stay as approved. */
  change: boolean
}

/** The form alone; notices and history stand around it. */
export function FormView({ c, version, base, form, errors, change }: FormViewProps) {
  const t = words(c, strings)
  const f = words(c, formStrings)
  const fields = { c, form, errors }
  return (
    <Form c={c} action="/enterprise/registration" label={t.title}>
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="base" value={base} />
      {/* Enter in a field keeps the draft, where it would press the first button shown. */}
      <button type="submit" name="do" value="save" hidden tabindex={-1} aria-hidden="true" />
      <Group title={f.groups.enterprise}>
        <p class="hint" id="registry-note">
          {t.registryNote}
        </p>
        <Button name="do" value="registry" tone="secondary" describedby="registry-note">
          {t.updateFromRegistry}
        </Button>
        <Text {...fields} field="name" width={40} readonly={change} autocomplete="organization" />
        <Text {...fields} field="uscc" width={20} readonly={change} autocomplete="off" />
        <Text {...fields} field="legal_representative" width={20} autocomplete="off" />
      </Group>
      <Group title={f.groups.agent}>
        <Text {...fields} field="agent" width={20} autocomplete="name" />
        <Text {...fields} field="agent_phone" width={20} type="tel" autocomplete="tel-national" />
      </Group>
      <Group title={f.groups.region}>
        {change ? <RegionInForce {...fields} /> : <RegionFields {...fields} />}
      </Group>
      <Group title={f.groups.more}>
        <Text {...fields} field="address" width={40} autocomplete="street-address" />
        <Text {...fields} field="industry" width={20} autocomplete="off" />
        <Text {...fields} field="established" width={10} type="date" autocomplete="off" />
        <Text {...fields} field="staff_count" width={5} inputmode="numeric" suffix={f.people} />
        <Text {...fields} field="email" width={40} type="email" autocomplete="email" />
        <Text {...fields} field="bank" width={40} autocomplete="off" />
        <Text {...fields} field="bank_account" width={40} inputmode="numeric" />
      </Group>
      <p class="hint" id="submit-note">
        {t.submitNote}
      </p>
      <Buttons>
        <Button name="do" value="submit" describedby="submit-note">
          {t.submit}
        </Button>
        <Button name="do" value="save" tone="secondary">
          {t.save}
        </Button>
      </Buttons>
    </Form>
  )
}

function Group({ title, children }: { title: string; children?: Child }) {
  return (
    <>
      <h2>{title}</h2>
      {children}
    </>
  )
}

type FieldsProps = { c: Ctx; form: RegistrationForm; errors: Errors }
type TextProps = FieldsProps & {
  field: Field
  width: 5 | 10 | 20 | 40
  type?: 'tel' | 'email' | 'date'
  inputmode?: 'numeric'
  suffix?: string
  readonly?: boolean
  autocomplete?: string
}

function Text({ c, form, errors, field, ...look }: TextProps) {
  const t = words(c, formStrings)
  return (
    <TextField
      name={field}
      label={t.fields[field]}
      value={form[field]}
      error={errors[field]}
      hint={field in t.hints ? t.hints[field as keyof typeof t.hints] : undefined}
      required={REQUIRED.includes(field)}
      {...look}
    />
  )
}

/** A 变更 leaves the county as approved; the hidden fields keep the form whole. */
function RegionInForce({ c, form }: FieldsProps) {
  const t = words(c, formStrings)
  const fields = ['city', 'county'] as const
  return (
    <>
      {fields.map((field) => (
        <input type="hidden" name={field} value={form[field]} />
      ))}
      <SummaryList
        rows={fields.map((field) => ({
          label: t.fields[field],
          value: fieldText(form, field, c.var.lang),
        }))}
      />
    </>
  )
}

function RegionFields({ c, form, errors }: FieldsProps) {
  const t = words(c, formStrings)
  const name = (region: Region) => nameOf(c, region)
  const cities: Option[] = CITIES.map((city) => ({ value: city.code, text: name(city) }))
  const counties: Option[] = CITIES.flatMap((city) =>
    countiesOf(city.code).map((county) => ({
      value: county.code,
      text: name(county),
      group: name(city),
    })),
  )
  return (
    <>
      <p class="hint">{t.regionNote}</p>
      <div class="pair">
        <SelectField
          name="city"
          label={t.fields.city}
          value={form.city}
          error={errors['city']}
          options={cities}
          required
        />
        <SelectField
          name="county"
          label={t.fields.county}
          value={form.county}
          error={errors['county']}
          options={counties}
          required
        />
      </div>
    </>
  )
}

function nameOf(c: Ctx, region: Region): string {
  if (c.var.lang === 'zh') return region.name
  return regionName(region.code, 'en').split(', ')[0] ?? region.name
}

/** Problems as messages beside their fields, in the reader's language. */
export function messagesOf(
  c: Ctx,
  form: RegistrationForm,
  problems: Problems,
  against: Against,
): Errors {
  const found = FIELDS.flatMap((field) => {
    const problem = problems[field]
    return problem ? [[field, messageOf(c, form, field, problem, against)] as const] : []
  })
  return Object.fromEntries(found)
}

function messageOf(
  c: Ctx,
  form: RegistrationForm,
  field: Field,
  problem: Problem,
  { own_uscc, approved }: Against,
): string {
  const { fields, required, problems } = words(c, formStrings)
  const place = (code: string | undefined) => {
    const region = findRegion(code ?? '')
    return region ? nameOf(c, region) : ''
  }
  return problems[problem]({
    label: fields[field],
    asked: field in required ? required[field as keyof typeof required] : '',
    max: String(LENGTH_MAX[field]),
    own: own_uscc ?? '',
    county: place(form.county),
    city: place(form.city),
    home: place(approved?.county),
    name: approved?.name ?? '',
  })
}
