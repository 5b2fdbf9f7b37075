/** Marks on a page that keep it live; without scripts they do nothing. */
import type { Child } from 'hono/jsx'
import type { Topic } from './rules.ts'

/**
 * Rows that change by themselves. On a hint of `topic` the address `row` is fetched with
 * {enterprise} and {id} filled in; it answers the row, an element with id `row-{id}`, or 204 when
 * the row no longer belongs here. A new row is put at the top of `into`. `cursor` comes from
 * `cursorOf`, read before the rows. `said` replaces the announced words.
 */
export function LiveRows(props: {
  topic: Topic
  row: string
  into: string
  cursor: number
  said?: string
}) {
  return (
    <div
      hidden
      data-live="rows"
      data-topic={props.topic}
      data-row={props.row}
      data-into={props.into}
      data-cursor={String(props.cursor)}
      data-said={props.said}
    />
  )
}

/** A part of the page that is fetched anew from `get` on a hint of `topic`. */
export function LiveBlock(props: {
  topic: Topic
  get: string
  cursor: number
  said?: string
  children?: Child
}) {
  return (
    <div
      data-live="block"
      data-topic={props.topic}
      data-get={props.get}
      data-cursor={String(props.cursor)}
      data-said={props.said}
    >
      {props.children}
    </div>
  )
}
