/**
 * The page for what went wrong: 401, 403, 404, 413, 429, 500, 503 and the rest. It names what to do
 * next and a reference to the log, never the error itself.
 */
import type { HTTPException } from 'hono/http-exception'
import { safeReturn } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import type { Ctx } from '../platform/bindings.ts'
import { LinkButton } from './form.tsx'
import { Again, keptOf } from './kept.tsx'
import { Layout } from './layout.tsx'
import { strings } from './problem-strings.ts'

const KINDS = {
  400: 'bad',
  401: 'ended',
  403: 'role',
  404: 'missing',
  413: 'large',
  429: 'often',
  500: 'broken',
  503: 'away',
} as const

type Status = keyof typeof KINDS

/** Answers the page of this status; `cause` tells a cross-site post from a wrong role. */
export function problem(c: Ctx, status: Status, cause = ''): Response | Promise<Response> {
  const t = words(c, strings)
  const { title, text } = cause === 'cross_site' ? t.crossSite : t[KINDS[status]]
  if (status === 503) c.header('Retry-After', '5')
  if (status === 429) c.header('Retry-After', '60')
  const body = (
    <Layout c={c} title={title}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{text}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={status === 401 ? signInPath(c) : '/'}>
          {status === 401 ? t.signIn : t.home}
        </a>
      </p>
      {status >= 500 && <p class="govuk-body">{t.reference(c.var.request_id)}</p>}
    </Layout>
  )
  return page(c, body, status)
}

/**
 * 401 to a form whose session has ended: sign in again in a window of its own, come back to this
 * page, and send what was typed.
 */
export async function ended(c: Ctx): Promise<Response> {
  const t = words(c, strings)
  const posted = c.req.method === 'POST' ? await keptOf(c) : undefined
  if (!posted) return problem(c, 401)
  const body = (
    <Layout c={c} title={t.ended.title}>
      <h1 class="govuk-heading-l">{t.ended.title}</h1>
      <p class="govuk-body">
        <LinkButton href={signInPath(c)} target="_blank">
          {t.signIn}
        </LinkButton>
      </p>
      <Again c={c} posted={posted} told={t.endedKept} />
    </Layout>
  )
  const answer = await page(c, body, 401)
  answer.headers.set('Cache-Control', 'no-store')
  return answer
}

/** The status of an exception as far as there is a page for it: 400 for the other 4xx, else 500. */
export function statusFor(error: HTTPException): Status {
  if (error.status in KINDS) return error.status as Status
  return error.status < 500 ? 400 : 500
}

/** Signing in again leads back to the page whose form was sent, where the browser names it. */
function signInPath(c: Ctx): string {
  const { origin, pathname } = new URL(c.req.url)
  const came = c.req.header('Referer')
  const from = came && URL.canParse(came) ? new URL(came) : undefined
  const back = from?.origin === origin ? safeReturn(from.pathname + from.search) : '/'
  const door = pathname.startsWith('/bureau') ? 'staff' : 'legal'
  return `/login/${door}?return=${encodeURIComponent(back)}`
}
