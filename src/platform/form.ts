/** From a posted form to values or to messages beside their fields, keeping what was typed. */
import type { Ctx } from './bindings.ts'

/** One text per field, as typed; a field sent several times is in `many`, files are in `files`. */
export type Posted = {
  typed: Readonly<Record<string, string>>
  many: Readonly<Record<string, readonly string[]>>
  files: Readonly<Record<string, readonly File[]>>
}

/** Field name → message in the reader's language. `form` is for what belongs to no field. */
export type Errors = Readonly<Record<string, string>>

/**
 * Reads urlencoded and multipart forms alike. File inputs without a choice, which browsers send as
 * an unnamed file, are left out; a chosen file that is empty is not.
 */
export async function readForm(c: Ctx): Promise<Posted> {
  const body = await c.req.parseBody({ all: true })
  const typed: Record<string, string> = {}
  const many: Record<string, string[]> = {}
  const files: Record<string, File[]> = {}
  for (const [name, value] of Object.entries(body)) {
    const values = Array.isArray(value) ? value : [value]
    const texts = values.filter((one) => typeof one === 'string')
    const chosen = values.filter((one) => typeof one !== 'string' && (one.size > 0 || one.name))
    if (texts.length > 0) typed[name] = texts.at(-1) ?? ''
    many[name] = texts
    files[name] = chosen as File[]
  }
  return { typed, many, files }
}
