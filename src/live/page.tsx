/** Marks on a page that keep it live; without scripts they do nothing. */
import { useContext } from 'hono/jsx'
import type { Child } from 'hono/jsx'
import { Reader } from '../ui/reader.ts'
import type { Topic } from './rules.ts'
import { strings } from './strings.ts'

type Mark = {
  topic: Topic
  /** From `cursorOf`, read before what the page shows. */
  cursor: number
  /** Replaces the words that are announced. */
  said?: string
}

/**
 * Rows that change by themselves. On a hint of `topic` the address `row` is fetched with
 * {enterprise} and {id} filled in; it answers the row, an element with id `row-{id}`, or 204 when
 * the row no longer belongs here. A new row is put at the top of `into`, a selector.
 */
export function LiveRows({ topic, cursor, said, row, into }: Mark & { row: string; into: string }) {
  const t = strings[useContext(Reader)]
  return (
    <div
      hidden
      data-live="rows"
      data-topic={topic}
      data-row={row}
      data-into={into}
      data-cursor={String(cursor)}
      data-said={said ?? t[topic]}
    />
  )
}

/** A part of the page that is fetched anew from `get`, which answers its content alone. */
export function LiveBlock({
  topic,
  cursor,
  said,
  get,
  children,
}: Mark & { get: string; children?: Child }) {
  const t = strings[useContext(Reader)]
  return (
    <div
      data-live="block"
      data-topic={topic}
      data-get={get}
      data-cursor={String(cursor)}
      data-said={said ?? t[topic]}
    >
      {children}
    </div>
  )
}
