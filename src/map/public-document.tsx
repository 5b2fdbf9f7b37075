/** 「开放接口」: what anybody's program may ask of the map, as a page. */
import { Hono } from 'hono'
import type { App } from '../platform/bindings.ts'
import { allow } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { strings } from './api-strings.ts'
import { Interfaces } from './document-view.tsx'
import { documentOf } from './document.ts'
import { door as api } from './public-api.tsx'
import { strings as mapStrings } from './strings.ts'

export const door = new Hono<App>()

door.get('/api', allow({ role: 'public', scope: 'any', action: 'map.document' }), async (c) => {
  const t = words(c, strings)
  const document = await documentOf(api, c.var.lang)
  return page(
    c,
    <Layout c={c} title={t.title} head={<meta name="description" content={t.lead} />}>
      <Crumbs items={[{ label: words(c, mapStrings).title, href: '/map' }]} />
      <h1 class="govuk-heading-l">{t.title}</h1>
      <p class="govuk-body">{t.lead}</p>
      <p class="govuk-body">{t.terms}</p>
      <p class="govuk-body">
        <a href={`/api/openapi.json?lang=${c.var.lang}`}>{t.document}</a>
      </p>
      <Interfaces c={c} document={document} />
    </Layout>,
  )
})
