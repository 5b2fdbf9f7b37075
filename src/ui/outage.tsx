/**
 * The page while D1 or a ledger is out of reach: 503, and a form that sends again what was typed,
 * key included. Needs no session, because looking one up needs D1. Keeps nothing that another site
 * has sent, no file, and nothing beyond 256 KB.
 */
import { comesFromHere, safeReturn } from '../platform/guard.ts'
import { readForm } from '../platform/form.ts'
import type { Posted } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import type { Ctx } from '../platform/bindings.ts'
import { csrfOf, sessionHashOf } from '../platform/session.ts'
import { Button, Form } from './form.tsx'
import { Layout } from './layout.tsx'
import { strings } from './problem-strings.ts'

/** Seconds until a browser or a program may ask again. */
const RETRY_AFTER = '5'
/** What a page of hidden fields may hold, names and texts together. */
const KEPT_CHARACTERS_MAX = 256 * 1024
/** As the limit of every request: a larger body is not read. */
const BODY_BYTES_MAX = 64 * 1024 * 1024

/** Answers 503 in words, with what was typed where a form was sent. */
export async function outage(c: Ctx): Promise<Response> {
  const t = words(c, strings)
  const hash = sessionHashOf(c)
  if (hash) c.set('csrf', csrfOf(c.env.SESSION_KEY, hash))
  const sent = c.req.method === 'POST'
  const posted = sent ? await keptOf(c) : undefined
  c.header('Retry-After', RETRY_AFTER)
  const body = (
    <Layout c={c} title={t.away.title}>
      <h1 class="govuk-heading-l">{t.away.title}</h1>
      {posted ? <Again c={c} posted={posted} /> : <Later c={c} sent={sent} />}
      {hash ? <p class="govuk-body">{t.stillSignedIn}</p> : null}
      <p class="govuk-body">{t.reference(c.var.request_id)}</p>
    </Layout>
  )
  const answer = await page(c, body, 503)
  // What was typed stands in it: no cache may keep it, signed in or not.
  answer.headers.set('Cache-Control', 'no-store')
  return answer
}

/** The texts and the names of the files; undefined for what must not or cannot be kept. */
async function keptOf(c: Ctx): Promise<Posted | undefined> {
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

function Again({ c, posted }: { c: Ctx; posted: Posted }) {
  const t = words(c, strings)
  const { pathname, search } = new URL(c.req.url)
  const files = Object.values(posted.files).flatMap((some) => some.map(({ name }) => name))
  const multipart = c.req.header('Content-Type')?.startsWith('multipart/') ?? false
  return (
    <>
      <p class="govuk-body">{t.kept}</p>
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

function Later({ c, sent }: { c: Ctx; sent: boolean }) {
  const t = words(c, strings)
  const { pathname, search } = new URL(c.req.url)
  return (
    <>
      <p class="govuk-body">{sent ? t.notKept : t.away.text}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={sent ? '/' : safeReturn(pathname + search)}>
          {sent ? t.home : t.reload}
        </a>
      </p>
    </>
  )
}
