/** zh or en for this request: `?lang=` is remembered in a cookie for a year, Chinese otherwise. */
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Language } from '../kernel/text.ts'
import type { App, Ctx } from './bindings.ts'

const COOKIE = 'lang'

export const language = createMiddleware<App>(async (c, next) => {
  const asked = c.req.query('lang')
  if (asked === 'zh' || asked === 'en') {
    setCookie(c, COOKIE, asked, { path: '/', sameSite: 'Lax', maxAge: 31_536_000, httpOnly: true })
  }
  const chosen = asked === 'zh' || asked === 'en' ? asked : getCookie(c, COOKIE)
  c.set('lang', chosen === 'en' ? 'en' : 'zh')
  await next()
})

/** The strings of this request's language. */
export function words<T>(c: Ctx, strings: Record<Language, T>): T {
  return strings[c.var.lang]
}
