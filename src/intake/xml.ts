/**
 * A long XML text read some at a time: a block goes through the parser, and the next block begins
 * where the last whole element ended, with the elements around it opened anew. Nothing outside of
 * the text is ever loaded; a document type, which could define entities, is refused.
 */
import { SaxesParser } from 'saxes'
import { FaultError } from './fault.ts'

export type Tag = { name: string; attributes: Readonly<Record<string, string>> }

/** What is looked for: each `element` as it ends, until `container` does. Names have no prefix. */
export type Watch = {
  container: string
  element: string
  open: (tag: Tag) => void
  text: (text: string) => void
  close: (name: string) => void
}

/** `bytes`: where the last whole element ended; `path`: what is open there, with its prefixes. */
export type Place = { bytes: number; path: string[]; ended: boolean }

/** Reads what is whole in a block, whose first byte stands inside of `path`. */
export function scan(block: Uint8Array, path: readonly string[], watch: Watch): Place {
  const place: Place = { bytes: 0, path: [...path], ended: false }
  const text = textOf(block)
  const before = path.map((name) => `<${name}>`).join('')
  const open: string[] = []
  let resumed = before === ''
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    if (!place.ended) throw new FaultError('broken_sheet', { detail: error.message.slice(0, 100) })
  })
  parser.on('doctype', () => {
    throw new FaultError('broken_sheet', { detail: 'DOCTYPE' })
  })
  parser.on('opentag', ({ name, attributes }) => {
    open.push(name)
    if (resumed && !place.ended) watch.open({ name: localOf(name), attributes })
    resumed ||= open.length === path.length
  })
  parser.on('text', (part) => {
    if (!place.ended) watch.text(part)
  })
  parser.on('cdata', (part) => {
    if (!place.ended) watch.text(part)
  })
  parser.on('closetag', ({ name }) => {
    open.pop()
    if (place.ended) return
    const local = localOf(name)
    watch.close(local)
    if (local === watch.container) place.ended = true
    else if (local !== watch.element) return
    place.bytes = Buffer.byteLength(text.slice(0, parser.position - before.length))
    place.path = [...open]
  })
  parser.write(before + text)
  return place
}

/** A small document as a whole: every tag in it, in order. */
export function listTags(bytes: Uint8Array): Tag[] {
  const tags: Tag[] = []
  const nothing = () => undefined
  const open = (tag: Tag) => void tags.push(tag)
  scan(bytes, [], { container: '', element: '', open, text: nothing, close: nothing })
  return tags
}

/** Without the bytes of a character that the block cuts through. */
function textOf(block: Uint8Array): string {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return decoder.decode(block, { stream: true })
  } catch {
    throw new FaultError('broken_sheet', { detail: 'UTF-8' })
  }
}

/** Some programs write x:row, others row. */
function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
