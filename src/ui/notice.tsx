/** What a page tells beside its content: notices, results, consequences, the way back, figures. */
import type { Child, PropsWithChildren } from 'hono/jsx'
import { Badge } from './badge.tsx'
import type { Tone } from './badge.tsx'
import { useWords } from './reader.ts'

type NoticeProps = PropsWithChildren<{ tone?: 'info' | 'good' | 'warning'; title?: string }>

export function Notice({ tone = 'info', title, children }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`}>
      {title ? <p class="notice-title">{title}</p> : null}
      <div class="notice-body">{children}</div>
    </div>
  )
}

/** The head of a confirmation page: what happened, with the reference to quote. */
export function Panel({ title, reference, children }: PropsWithChildren<PanelProps>) {
  const t = useWords()
  return (
    <div class="panel">
      <h1 class="panel-title">{title}</h1>
      {reference ? (
        <p class="panel-reference">
          {t.reference} <strong>{reference}</strong>
        </p>
      ) : null}
      {children}
    </div>
  )
}
type PanelProps = { title: string; reference?: string }

export type ConsequenceRow = { label: string; value: Child; strong?: boolean }

/** What one press of the button below it does, in yuan. */
export function Consequence({ title, rows, children }: PropsWithChildren<ConsequenceProps>) {
  return (
    <section class="consequence" aria-label={title}>
      <h2 class="consequence-title">{title}</h2>
      <dl class="consequence-rows">
        {rows.map((row) => (
          <div class={row.strong ? 'consequence-row consequence-strong' : 'consequence-row'}>
            <dt>{row.label}</dt>
            <dd>{row.value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  )
}
type ConsequenceProps = { title: string; rows: readonly ConsequenceRow[] }

/** The way back: one link to each page above, nearest last. Its names never equal the menu's. */
export function Crumbs({ items }: { items: readonly { label: string; href: string }[] }) {
  const t = useWords()
  return (
    <nav class="crumbs" aria-label={t.crumbs}>
      <ul>
        {items.map((item) => (
          <li>
            <a href={item.href}>{t.backTo(item.label)}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export type Step = {
  label: string
  href?: string
  state: string
  tone: Tone
  note?: Child
  /** The one next action. */
  current?: boolean
}

/** The function diagram 功能导航: steps in order, each with its state and what to do or why not. */
export function Steps({ items }: { items: readonly Step[] }) {
  const t = useWords()
  return (
    <nav class="steps-nav" aria-label={t.functionNav}>
      <ol class="steps">
        {items.map((item) => (
          <li class={`step step-${item.tone}${item.current ? ' step-current' : ''}`}>
            {item.current ? <p class="step-next">{t.nextStep}</p> : null}
            <h2 class="step-name">
              {item.href ? <a href={item.href}>{item.label}</a> : <span>{item.label}</span>}
            </h2>
            <Badge word={item.state} tone={item.tone} />
            {item.note ? <div class="step-note">{item.note}</div> : null}
          </li>
        ))}
      </ol>
    </nav>
  )
}

export function Figures({ children }: PropsWithChildren) {
  return <dl class="figures">{children}</dl>
}

/** One number with its name; the value is text or Money. */
export function Figure({ label, value, note }: { label: string; value: Child; note?: Child }) {
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd>
        <span class="figure-value">{value}</span>
        {note ? <span class="figure-note">{note}</span> : null}
      </dd>
    </div>
  )
}
