/** A thing that opens by a click anywhere on it, through one link; boxes inside stay above it. */
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Tone } from './badge.tsx'

type CardProps = PropsWithChildren<{
  /** The accessible name of the whole card: a voucher number, a service. */
  name: string
  href: string
  /** The text of the stretched link; the name when absent. */
  link?: string
  tone?: Tone
  head?: Child
  foot?: Child
  corner?: Child
  id?: string
  class?: string
}>

/** An article of a grid. `head` stands above, `foot` at the lower left, `corner` at the right. */
export function Card(props: CardProps) {
  const { name, href, link, tone = 'neutral', head, foot, corner, id, children } = props
  return (
    <article
      class={`card voucher-card card-${tone}${props.class ? ` ${props.class}` : ''}`}
      aria-label={name}
      id={id}
    >
      <div class="card-head voucher-card-head">
        <h2 class="card-name">
          <a class="card-link" href={href}>
            {link ?? name}
          </a>
        </h2>
        {head}
      </div>
      <div class="card-body voucher-card-body">{children}</div>
      <div class="card-base">
        <div class="card-foot voucher-card-foot">{foot}</div>
        {corner ? <div class="card-corner voucher-card-corner">{corner}</div> : null}
      </div>
    </article>
  )
}

export function CardGrid({ label, children }: PropsWithChildren<{ label?: string }>) {
  return (
    <div class="card-grid voucher-cards" role={label ? 'group' : undefined} aria-label={label}>
      {children}
    </div>
  )
}
