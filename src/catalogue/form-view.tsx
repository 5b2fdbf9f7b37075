/** Fields that the catalogue's forms share, and what is wrong with them in the reader's words. */
import { regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { Messages, Required, TextArea, TextField, fieldId, wiring } from '../ui/field.tsx'
import type { Fault, FaultCode, Typed } from './form-rules.ts'
import { formStrings } from './form-strings.ts'

type Message = (label: string, one?: string, two?: string) => string

/** The message of each faulty field. */
export function errorsOf(c: Ctx, faults: readonly Fault[]): Errors {
  const { fields, faults: messages } = words(c, formStrings)
  const labels: Readonly<Record<string, string>> = fields
  const known = messages as Readonly<Record<FaultCode, Message>>
  return Object.fromEntries(
    faults.map(({ field, code, facts }) => [
      field,
      known[code](labels[field] ?? field, ...factsOf(c, facts)),
    ]),
  )
}

function factsOf(c: Ctx, facts: Fault['facts']): string[] {
  const { county, category, name, min, max } = facts
  const place = county ? regionName(String(county), c.var.lang) : undefined
  return [place ?? category ?? name ?? min ?? max, place ? undefined : max].map((one) =>
    String(one ?? ''),
  )
}

/** What was typed, and what is wrong with it. */
export type Told = { typed: Typed; many: Listed; errors: Errors }
export type Listed = Readonly<Record<string, readonly string[] | undefined>>

type FieldName = keyof (typeof formStrings)['zh']['fields']

type OwnProps = { c: Ctx; told: Told; name: FieldName; required?: boolean; suffix?: string }

/** What every field of these forms is given: label, hint, value and message. */
export function propsOf({ c, told, name, required }: OwnProps) {
  const t = words(c, formStrings)
  const hints: Readonly<Record<string, string | undefined>> = t.hints
  return {
    name,
    label: t.fields[name],
    hint: hints[name],
    value: told.typed[name],
    error: told.errors[name],
    ...(required ? { required } : {}),
  }
}

/** A line of text. */
export function Line(props: OwnProps & { width?: 5 | 10 | 20 | 40; type?: 'text' | 'tel' }) {
  const { width, type, suffix } = props
  return (
    <TextField
      {...propsOf(props)}
      {...(width ? { width } : {})}
      {...(type ? { type } : {})}
      {...(suffix ? { suffix } : {})}
    />
  )
}

/** Several lines of text. */
export function Lines(props: OwnProps & { rows?: number }) {
  return <TextArea {...propsOf(props)} rows={props.rows ?? 4} />
}

type ChoicesProps = OwnProps & { options: readonly { value: string; text: string }[] }

/** Any of a few, each a box of its own under one heading. */
export function Choices(props: ChoicesProps) {
  const own = propsOf(props)
  const { told, name, options } = props
  const chosen = told.many[name] ?? []
  const id = fieldId(own)
  return (
    <div class={own.error ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}>
      <fieldset class="govuk-fieldset" aria-describedby={wiring(own)['aria-describedby']}>
        <legend class="govuk-fieldset__legend">{own.label}</legend>
        <Required required={props.required} />
        <Messages {...own} />
        <div class="govuk-checkboxes govuk-checkboxes--small choices">
          {options.map(({ value, text }, at) => {
            const box = at === 0 ? id : `${id}-${at + 1}`
            return (
              <div class="govuk-checkboxes__item">
                <input
                  class="govuk-checkboxes__input"
                  type="checkbox"
                  id={box}
                  name={name}
                  value={value}
                  checked={chosen.includes(value)}
                />
                <label class="govuk-label govuk-checkboxes__label" for={box}>
                  {text}
                </label>
              </div>
            )
          })}
        </div>
      </fieldset>
    </div>
  )
}

/** The days of the week as choices, Monday first. */
export function weekdayOptions(c: Ctx): { value: string; text: string }[] {
  return words(c, formStrings)
    .weekdays.split(' ')
    .map((text, at) => ({ value: String(at + 1), text }))
}

/** Opening days and hours. */
export function OpeningFields({ c, told }: { c: Ctx; told: Told }) {
  return (
    <>
      <Choices c={c} told={told} name="days" required options={weekdayOptions(c)} />
      <Line c={c} told={told} name="from" width={5} required />
      <Line c={c} told={told} name="to" width={5} required />
    </>
  )
}
