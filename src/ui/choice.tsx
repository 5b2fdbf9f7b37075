/** Fields that choose: one of many, yes or no, files. */
import type { Child } from 'hono/jsx'
import { fieldId, Frame, Messages, Required, wiring } from './field.tsx'
import type { FieldProps } from './field.tsx'
import { useWords } from './reader.ts'

/** `group` gathers options under a heading: the counties of a city. */
export type Option = { value: string; text: string; group?: string; disabled?: boolean }

type SelectFieldProps = FieldProps & {
  options: readonly Option[]
  /** The text of the empty choice; null for none. */
  empty?: string | null
}

export function SelectField(props: SelectFieldProps) {
  const t = useWords()
  const empty = props.empty === undefined ? t.choose : props.empty
  const groups = [...new Set(props.options.map((option) => option.group))]
  return (
    <Frame {...props}>
      <select
        class={props.error ? 'govuk-select govuk-select--error' : 'govuk-select'}
        id={fieldId(props)}
        name={props.name}
        required={props.required}
        {...wiring(props)}
      >
        {empty === null ? null : <option value="">{empty}</option>}
        {groups.map((group) => {
          const options = props.options
            .filter((option) => option.group === group)
            .map((option) => (
              <option
                value={option.value}
                selected={option.value === props.value}
                disabled={option.disabled}
              >
                {option.text}
              </option>
            ))
          return group ? <optgroup label={group}>{options}</optgroup> : <>{options}</>
        })}
      </select>
    </Frame>
  )
}

type RadioFieldProps = FieldProps & {
  options: readonly { value: string; text: string; hint?: Child; disabled?: boolean }[]
  inline?: boolean
}

/** One of a few. The first option carries the field's id, so that the error summary finds it. */
export function RadioField(props: RadioFieldProps) {
  const id = fieldId(props)
  return (
    <div class={props.error ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}>
      <fieldset class="govuk-fieldset" aria-describedby={wiring(props)['aria-describedby']}>
        <legend class="govuk-fieldset__legend">{props.label}</legend>
        <Required required={props.required} />
        <Messages {...props} />
        <div
          class={
            props.inline
              ? 'govuk-radios govuk-radios--small govuk-radios--inline'
              : 'govuk-radios govuk-radios--small'
          }
        >
          {props.options.map((option, at) => {
            const own = at === 0 ? id : `${id}-${at + 1}`
            return (
              <div class="govuk-radios__item">
                <input
                  class="govuk-radios__input"
                  type="radio"
                  id={own}
                  name={props.name}
                  value={option.value}
                  checked={option.value === props.value}
                  disabled={option.disabled}
                  required={props.required}
                  aria-describedby={option.hint ? `${own}-about` : undefined}
                />
                <label class="govuk-label govuk-radios__label" for={own}>
                  {option.text}
                </label>
                {option.hint ? (
                  <div class="govuk-hint govuk-radios__hint" id={`${own}-about`}>
                    {option.hint}
                  </div>
                ) : null}
              </div>
            )
          })}
        </div>
      </fieldset>
    </div>
  )
}

type CheckFieldProps = FieldProps & { checked?: boolean; form?: string; disabled?: boolean }

/** One box. `value` is what a ticked box sends, '1' by default. */
export function CheckField(props: CheckFieldProps) {
  const id = fieldId(props)
  return (
    <div class={props.error ? 'govuk-form-group govuk-form-group--error' : 'govuk-form-group'}>
      <Messages {...props} />
      <div class="govuk-checkboxes govuk-checkboxes--small">
        <div class="govuk-checkboxes__item">
          <input
            class="govuk-checkboxes__input"
            type="checkbox"
            id={id}
            name={props.name}
            value={props.value ?? '1'}
            checked={props.checked}
            form={props.form}
            disabled={props.disabled}
            required={props.required}
            {...wiring(props)}
          />
          <label class="govuk-label govuk-checkboxes__label" for={id}>
            {props.label}
          </label>
        </div>
      </div>
    </div>
  )
}

type FileFieldProps = FieldProps & {
  multiple?: boolean
  accept?: string
  /** What is on record already. */
  files?: readonly { name: string; href: string; size: number }[]
}

/** Chooses files; those on record are listed above and stay when none is chosen. */
export function FileField(props: FileFieldProps) {
  const t = useWords()
  const files = props.files ?? []
  const hint = props.hint ?? (props.multiple ? t.filesHint : undefined)
  return (
    <Frame {...props} hint={hint}>
      {files.length > 0 ? (
        <ul class="files" aria-label={t.chosenFiles}>
          {files.map((file) => (
            <li>
              <a href={file.href}>{file.name}</a> <span class="hint">{sizeText(file.size)}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <input
        class={props.error ? 'govuk-file-upload govuk-file-upload--error' : 'govuk-file-upload'}
        type="file"
        id={fieldId(props)}
        name={props.name}
        multiple={props.multiple}
        accept={props.accept}
        required={props.required && files.length === 0}
        {...wiring({ ...props, hint })}
      />
    </Frame>
  )
}

/** A size in bytes as people read it: 812 KB, 1.4 MB. */
export function sizeText(size: number): string {
  if (size < 1_000_000) return `${Math.max(1, Math.round(size / 1000))} KB`
  return `${(size / 1_000_000).toFixed(1)} MB`
}
