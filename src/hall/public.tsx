/**
 * What anybody sees: the home page 「科技大脑」, 「办事大厅」 with its services, the accessibility
 * statement, and the switch of the text size.
 */
import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import type { App } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, safeReturn } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { publicFigures } from '../report/client.ts'
import { Layout, SIZE_COOKIE } from '../ui/layout.tsx'
import { Accessibility } from './accessibility-view.tsx'
import { GuidePage, HallPage } from './guide-view.tsx'
import { Home } from './home-view.tsx'
import { WORD_CHARACTERS_MAX, isItem } from './item-rules.ts'
import { guides } from './item-strings.ts'
import { strings } from './strings.ts'

const YEAR_SECONDS = 31_536_000

export const door = new Hono<App>()

door.get('/', allow({ role: 'public', scope: 'any', action: 'home.read' }), async (c) => {
  const t = words(c, strings)
  const figures = await publicFigures(dbOf(c.env), c.var.now)
  return page(
    c,
    <Layout c={c} title={t.homeTitle}>
      <Home c={c} figures={figures} />
    </Layout>,
  )
})

door.get('/hall', allow({ role: 'public', scope: 'any', action: 'hall.read' }), (c) => {
  const t = words(c, strings)
  const word = (c.req.query('word') ?? '').slice(0, WORD_CHARACTERS_MAX)
  return page(
    c,
    <Layout c={c} title={t.hall}>
      <HallPage c={c} word={word} />
    </Layout>,
  )
})

door.get('/hall/:item', allow({ role: 'public', scope: 'any', action: 'hall.read' }), (c) => {
  const item = c.req.param('item')
  if (!isItem(item)) return c.notFound()
  return page(
    c,
    <Layout c={c} title={guides[c.var.lang][item].name}>
      <GuidePage c={c} item={item} />
    </Layout>,
  )
})

door.get('/accessibility', allow({ role: 'public', scope: 'any', action: 'site.read' }), (c) =>
  page(
    c,
    <Layout c={c} title={words(c, strings).accessibility}>
      <Accessibility c={c} />
    </Layout>,
  ),
)

door.post(
  '/text-size',
  allow({ role: 'public', scope: 'any', action: 'site.set_text_size' }),
  async (c) => {
    const { typed } = await readForm(c)
    const large = typed['size'] === 'large'
    setCookie(c, SIZE_COOKIE, large ? 'large' : '', {
      path: '/',
      sameSite: 'Lax',
      httpOnly: true,
      maxAge: large ? YEAR_SECONDS : 0,
    })
    return seeOther(c, safeReturn(typed['back']))
  },
)
