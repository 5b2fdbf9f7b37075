/**
 * The page while D1 or a ledger is out of reach: 503, and a form that sends again what was typed,
 * key included. Needs no session, because looking one up needs D1. Keeps nothing that another site
 * has sent, no file, and nothing beyond 256 KB.
 */
import { safeReturn } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import type { Ctx } from '../platform/bindings.ts'
import { csrfOf, sessionHashOf } from '../platform/session.ts'
import { Again, keptOf } from './kept.tsx'
import { Layout } from './layout.tsx'
import { strings } from './problem-strings.ts'

/** Seconds until a browser or a program may ask again. */
const RETRY_AFTER = '5'

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
      {posted ? <Again c={c} posted={posted} told={t.kept} /> : <Later c={c} sent={sent} />}
      {hash ? <p class="govuk-body">{t.stillSignedIn}</p> : null}
      <p class="govuk-body">{t.reference(c.var.request_id)}</p>
    </Layout>
  )
  const answer = await page(c, body, 503)
  // What was typed stands in it: no cache may keep it, signed in or not.
  answer.headers.set('Cache-Control', 'no-store')
  return answer
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
