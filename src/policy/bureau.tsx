/**
 * 「政策设置」 (SPEC K2) to read: the parameters in force in the bureau's region and who set each.
 * Refuses years beside this one and the two before it.
 */
import { Hono } from 'hono'
import { yearOf } from '../kernel/clock.ts'
import { chainOf, regionName } from '../kernel/region.ts'
import type { App } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { Layout } from '../ui/layout.tsx'
import { resolvePolicy } from './rules.ts'
import { commitmentVersion, listPoliciesInForce } from './store.ts'
import { strings } from './strings.ts'
import { Commitment, Parameters, VersionsInForce } from './views.tsx'

export const door = new Hono<App>()

const read = allow({
  role: 'bureau',
  scope: 'region',
  action: 'policy.read',
  staff: ['policy', 'admin', 'audit'],
})

door.get('/policy', read, async (c) => {
  const t = words(c, strings)
  const { region } = bureauOf(c)
  const now = yearOf(c.var.now)
  const years = [now, now - 1, now - 2]
  const year = years.find((one) => String(one) === c.req.query('year')) ?? now
  const rows = await listPoliciesInForce(dbOf(c.env), region, year, c.var.now)
  const policy = resolvePolicy(region, year, rows, commitmentVersion)
  const chain = chainOf(region).map(({ code }) => code)
  const sorted = rows.toSorted(
    (one, other) => chain.indexOf(one.region) - chain.indexOf(other.region),
  )
  return page(
    c,
    <Layout c={c} title={t.title} wide>
      <h1>{t.title}</h1>
      <nav class="pages" aria-label={t.years}>
        {years.map((one) =>
          one === year ? (
            <strong aria-current="page">{t.year(one)}</strong>
          ) : (
            <a href={`/bureau/policy?year=${one}`}>{t.year(one)}</a>
          ),
        )}
      </nav>
      <p>{t.lead(regionName(region, c.var.lang), String(year))}</p>
      <Parameters c={c} policy={policy} own={region} />
      <Commitment c={c} policy={policy} own={region} />
      <VersionsInForce c={c} rows={sorted} />
    </Layout>,
  )
})
