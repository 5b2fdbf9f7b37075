/**
 * The service's own pages, where the government portal stands: 「在线办理」 → 「进入办事」 → 「确定」 →
 * the claim page. Each step is a link to the next page, so that it works without scripts (SPEC Q1).
 */
import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type { App, Ctx } from '../platform/bindings.ts'
import { allow } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { LinkButton } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { SummaryList } from '../ui/list.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { strings } from './service-strings.ts'

export const door = new Hono<App>()

const STEPS = 3

door.get(
  '/quota/service',
  allow({ role: 'enterprise', scope: 'own', action: 'quota.read' }),
  (c) => {
    const t = words(c, strings)
    return page(
      c,
      <Layout c={c} title={t.title}>
        <Crumbs items={[{ label: t.back, href: '/enterprise/quota' }]} />
        <Head c={c} title={t.title} at={1} />
        <p class="govuk-body">{t.lead}</p>
        <h2 class="govuk-heading-m">{t.facts}</h2>
        <SummaryList
          rows={[
            { label: t.who, value: t.who_text },
            { label: t.need, value: t.need_text },
            { label: t.how, value: t.how_text },
            { label: t.time, value: t.time_text },
            { label: t.fee, value: t.fee_text },
          ]}
        />
        <LinkButton href="/enterprise/quota/service/guide">{t.online}</LinkButton>
      </Layout>,
    )
  },
)

door.get(
  '/quota/service/guide',
  allow({ role: 'enterprise', scope: 'own', action: 'quota.read' }),
  (c) => {
    const t = words(c, strings)
    const next = <LinkButton href="/enterprise/quota/service/notice">{t.enter}</LinkButton>
    return told(c, { title: t.guide_title, at: 2, points: t.guide, next })
  },
)

door.get(
  '/quota/service/notice',
  allow({ role: 'enterprise', scope: 'own', action: 'quota.read' }),
  (c) => {
    const t = words(c, strings)
    const next = <LinkButton href="/enterprise/quota/claim">{t.ok}</LinkButton>
    return told(c, { title: t.notice_title, at: 3, points: t.notice, next })
  },
)

type Told = { title: string; at: number; points: readonly string[]; next: Child }

function told(c: Ctx, { title, at, points, next }: Told): Response | Promise<Response> {
  const t = words(c, strings)
  return page(
    c,
    <Layout c={c} title={`${title} - ${t.title}`}>
      <Crumbs items={[{ label: t.title, href: '/enterprise/quota/service' }]} />
      <Head c={c} title={title} at={at} />
      <ol class="govuk-list govuk-list--number">
        {points.map((point) => (
          <li>{point}</li>
        ))}
      </ol>
      {next}
    </Layout>,
  )
}

/** Whose page this is, which step, and its title. */
function Head({ c, title, at }: { c: Ctx; title: string; at: number }) {
  const t = words(c, strings)
  return (
    <>
      <p class="govuk-caption-l">
        {t.portal} · {t.step(at, STEPS)}
      </p>
      <h1 class="govuk-heading-l">{title}</h1>
    </>
  )
}
