/**
 * Forms: the frame with its hidden fields, the summary of errors and the buttons. The server checks
 * everything; the browser's own checks are off, so that messages are ours and come all at once.
 */
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { Reader, useWords } from './reader.ts'

export {
  AmountField,
  CheckField,
  DateField,
  FileField,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from './field.tsx'

type FormProps = PropsWithChildren<{
  c: Ctx
  action: string
  /** The idempotency key, made when the form is rendered; sent as the hidden field `key`. */
  once?: string | undefined
  /** JSX keeps `key` to itself and never hands it to a component: give `once`. */
  key?: never
  multipart?: boolean
  method?: 'get' | 'post'
  /** Enhanced by htmx: the whole answer comes back and #main is cut out of it. True by default. */
  live?: boolean
  id?: string
  /** The form's accessible name, where a page has several. */
  label?: string
  class?: string
}>

/** Cuts #main out of the whole page that the server answers, and the frame's parts that change. */
export const LIVE = {
  'hx-boost': 'true',
  'hx-target': '#main',
  'hx-select': '#main',
  'hx-select-oob': '#menu,#person',
  'hx-swap': 'outerHTML',
  'hx-sync': 'this:drop',
  'hx-disable': 'findAll button',
} as const

/** A form of this site. Never nest two; a second action is a Button with `formaction`. */
export function Form(props: FormProps) {
  const { c, action, once, multipart, method = 'post', live = true, id, label, children } = props
  return (
    <Reader.Provider value={c.var.lang}>
      <form
        method={method}
        action={action}
        enctype={multipart ? 'multipart/form-data' : undefined}
        novalidate
        id={id}
        class={props.class ? `form ${props.class}` : 'form'}
        aria-label={label}
        {...(live ? LIVE : {})}
      >
        {method === 'post' ? <input type="hidden" name="csrf" value={c.var.csrf} /> : null}
        {once ? <input type="hidden" name="key" value={once} /> : null}
        {children}
      </form>
    </Reader.Provider>
  )
}

type ErrorSummaryProps = {
  c: Ctx
  errors: Errors
  /** Fields in the order of the page; those that are missing here come last. */
  labels?: Readonly<Record<string, string>>
}

/** All that is wrong, above everything; takes the focus and links to the fields. */
export function ErrorSummary({ c, errors, labels = {} }: ErrorSummaryProps) {
  const order = Object.keys(labels)
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const names = Object.keys(errors).sort((one, other) => place(one) - place(other))
  if (names.length === 0) return null
  return (
    <Reader.Provider value={c.var.lang}>
      <Summary names={names} errors={errors} />
    </Reader.Provider>
  )
}

function Summary({ names, errors }: { names: readonly string[]; errors: Errors }) {
  const t = useWords()
  return (
    <div
      class="govuk-error-summary"
      id="error-summary"
      tabindex={-1}
      autofocus
      role="group"
      aria-labelledby="error-summary-title"
    >
      <div role="alert">
        <h2 class="govuk-error-summary__title" id="error-summary-title">
          {t.problem}
        </h2>
        <ul class="govuk-list govuk-error-summary__list">
          {names.map((name) => (
            <li>
              {name === 'form' ? errors[name] : <a href={`#field-${name}`}>{errors[name]}</a>}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

type ButtonProps = PropsWithChildren<{
  name?: string
  value?: string
  tone?: 'primary' | 'secondary' | 'warning'
  formaction?: string
  disabled?: boolean
  /** The id of a form that the button stands outside of. */
  form?: string
  /** The id of the text that says what pressing does. */
  describedby?: string
}>

/** Changes data. What only leads elsewhere is a LinkButton. */
export function Button(props: ButtonProps) {
  const { name, value, tone = 'primary', formaction, disabled, form, describedby } = props
  return (
    <button
      type="submit"
      class={tone === 'primary' ? 'govuk-button' : `govuk-button govuk-button--${tone}`}
      name={name}
      value={value}
      formaction={formaction}
      disabled={disabled}
      form={form}
      aria-describedby={describedby}
    >
      {props.children}
    </button>
  )
}

type LinkButtonProps = PropsWithChildren<{
  href: string
  target?: '_blank'
  tone?: 'primary' | 'secondary'
}>

/** A link that looks like a button. That it opens a window stands beside its name. */
export function LinkButton({ href, target, tone = 'primary', children }: LinkButtonProps) {
  const t = useWords()
  const look = tone === 'primary' ? 'govuk-button' : 'govuk-button govuk-button--secondary'
  const link = (
    <a class={look} href={href} target={target} rel={target ? 'noopener' : undefined}>
      {children}
    </a>
  )
  if (!target) return link
  return (
    <span class="link-window">
      {link} <span class="hint">{t.newWindow}</span>
    </span>
  )
}

/** Buttons side by side. */
export function Buttons({ children }: { children?: Child }) {
  return <div class="govuk-button-group">{children}</div>
}
