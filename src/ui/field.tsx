/**
 * One field each: label, then 必填, hint and message outside the label, wired by aria-describedby.
 * The input's id is `field-{name}`, where the error summary leads.
 */
import type { Child } from 'hono/jsx'
import { useWords } from './reader.ts'

export type FieldProps = {
  name: string
  label: string
  value?: string | undefined
  error?: string | undefined
  hint?: Child
  required?: boolean
  /** The id suffix, where a page repeats a name: `field-{id}` instead of `field-{name}`. */
  id?: string
}

type FrameProps = FieldProps & { children: Child; group?: boolean }

export function fieldId(props: { name: string; id?: string }): string {
  return `field-${props.id ?? props.name}`
}

/** What ties an input to its hint, its 必填 and its message. */
export function wiring(props: FieldProps) {
  const id = fieldId(props)
  const described = [props.hint ? `${id}-hint` : '', props.error ? `${id}-error` : '']
  return {
    'aria-describedby': described.filter(Boolean).join(' ') || undefined,
    'aria-invalid': props.error ? ('true' as const) : undefined,
  }
}

/** Label, required mark, hint and message around an input. */
export function Frame(props: FrameProps) {
  const id = fieldId(props)
  return (
    <div class={props.error ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}>
      <div class="field-head">
        <label class="govuk-label" for={id}>
          {props.label}
        </label>
        <Required required={props.required} />
      </div>
      <Messages {...props} />
      {props.children}
    </div>
  )
}

export function Required({ required }: { required?: boolean | undefined }) {
  const t = useWords()
  return required ? (
    <span class="field-required" aria-hidden="true">
      {t.required}
    </span>
  ) : null
}

export function Messages(props: FieldProps) {
  const t = useWords()
  const id = fieldId(props)
  return (
    <>
      {props.hint ? (
        <div class="govuk-hint" id={`${id}-hint`}>
          {props.hint}
        </div>
      ) : null}
      {props.error ? (
        <p class="govuk-error-message" id={`${id}-error`}>
          <span class="hidden">{t.errorPrefix}</span>
          {props.error}
        </p>
      ) : null}
    </>
  )
}

type TextFieldProps = FieldProps & {
  type?: 'text' | 'search' | 'tel' | 'email' | 'password' | 'date' | 'number'
  inputmode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'search'
  autocomplete?: string
  /** Stands behind the input and outside the label: 元, %. */
  suffix?: string
  /** About so many characters wide. */
  width?: 5 | 10 | 20 | 40
  readonly?: boolean
  maxlength?: number
  min?: string
  max?: string
  list?: string
}

export function TextField(props: TextFieldProps) {
  const { name, value, type = 'text', suffix, width, readonly } = props
  const wide = width ? ` width-${width}` : ''
  const look = `govuk-input${wide}${props.error ? ' govuk-input--error' : ''}`
  const input = (
    <input
      class={readonly ? `${look} input-readonly` : look}
      id={fieldId(props)}
      name={name}
      type={type}
      value={value ?? ''}
      inputmode={props.inputmode}
      autocomplete={props.autocomplete}
      readonly={readonly}
      required={props.required}
      maxlength={props.maxlength}
      min={props.min}
      max={props.max}
      list={props.list}
      {...wiring(props)}
    />
  )
  return (
    <Frame {...props}>
      {suffix ? (
        <div class="govuk-input__wrapper">
          {input}
          <div class="govuk-input__suffix" aria-hidden="true">
            {suffix}
          </div>
        </div>
      ) : (
        input
      )}
    </Frame>
  )
}

/** Yuan as typed: 12000 or 12,000.00. `value` is text, parseFen reads it back. */
export function AmountField(props: FieldProps & { readonly?: boolean }) {
  return <TextField {...props} inputmode="decimal" autocomplete="off" suffix="元" width={10} />
}

/** A day, YYYY-MM-DD. */
export function DateField(props: FieldProps & { min?: string; max?: string; readonly?: boolean }) {
  return <TextField {...props} type="date" width={10} />
}

type TextAreaProps = FieldProps & { rows?: number; maxlength?: number; readonly?: boolean }

export function TextArea(props: TextAreaProps) {
  return (
    <Frame {...props}>
      <textarea
        class={props.error ? 'govuk-textarea govuk-textarea--error' : 'govuk-textarea'}
        id={fieldId(props)}
        name={props.name}
        rows={props.rows ?? 4}
        required={props.required}
        readonly={props.readonly}
        maxlength={props.maxlength}
        {...wiring(props)}
      >
        {props.value ?? ''}
      </textarea>
    </Frame>
  )
}

export { CheckField, FileField, RadioField, SelectField } from './choice.tsx'
