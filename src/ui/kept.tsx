/**
 * What was typed into a form that could not be taken, held on the answer as a form that sends it
 * again. Keeps nothing that another site has sent, no file, and nothing beyond 256 KB.
 */
import { comesFromHere } from '../platform/guard.ts'
import { readForm } from '../platform/form.ts'
import type { Posted } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import type { Ctx } from '../platform/bindings.ts'
import { Button, Form } from './form.tsx'
import { strings } from './problem-strings.ts'

/** What a page of hidden fields may hold, names and texts together. */
const KEPT_CHARACTERS_MAX = 256 * 1024
/** As the limit of every request: a larger body is not read. */
const BODY_BYTES_MAX = 64 * 1024 * 1024

/** The texts and the names of the files; undefined for what must not or cannot be kept. */
export async function keptOf(c: Ctx): Promise<Posted | undefined> {
  const length = Number(c.req.header('Content-Length') ?? Number.NaN)
  if (!(length <= BODY_BYTES_MAX)) return undefined
  try {
    if (!(await comesFromHere(c))) return undefined
    const posted = await readForm(c)
    return fieldsOf(posted).join('').length <= KEPT_CHARACTERS_MAX ? posted : undefined
  } catch {
    return undefined
  }
}

/** Every name and value as it was sent, but for the token, which the form brings anew. */
function fieldsOf({ many }: Posted): [name: string, value: string][] {
  return Object.entries(many)
    .filter(([name]) => name !== 'csrf')
    .flatMap(([name, values]) => values.map((value): [string, string] => [name, value]))
}

type AgainProps = { c: Ctx; posted: Posted; told: string }

/** `told` says why it was not taken; a press sends the same again, key included. */
export function Again({ c, posted, told }: AgainProps) {
  const t = words(c, strings)
  const { pathname, search } = new URL(c.req.url)
  const files = Object.values(posted.files).flatMap((some) => some.map(({ name }) => name))
  const multipart = c.req.header('Content-Type')?.startsWith('multipart/') ?? false
  return (
    <>
      <p class="govuk-body">{told}</p>
      {files.length > 0 ? <p class="govuk-body">{t.filesNotKept(files.join('、'))}</p> : null}
      <Form c={c} action={pathname + search} multipart={multipart}>
        {fieldsOf(posted).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Button>{t.again}</Button>
      </Form>
    </>
  )
}
