/**
 * 「预算」 (SPEC K3): per county of the bureau's region and year what is set, in progress, granted,
 * handed back and left. Refuses years beside this one and the two before it.
 */
import { Hono } from 'hono'
import { yearOf } from '../kernel/clock.ts'
import type { App } from '../platform/bindings.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { Layout } from '../ui/layout.tsx'
import { budgetStrings } from './budget-strings.ts'
import { Budgets } from './budget-view.tsx'
import { listBudgets } from './store.ts'

export const door = new Hono<App>()

const read = allow({
  role: 'bureau',
  scope: 'region',
  action: 'budget.read',
  staff: ['policy', 'finance', 'admin'],
})

door.get('/budget', read, async (c) => {
  const t = words(c, budgetStrings)
  const { region } = bureauOf(c)
  const now = yearOf(c.var.now)
  const years = [now, now - 1, now - 2]
  const year = years.find((one) => String(one) === c.req.query('year')) ?? now
  const budgets = await listBudgets(c.env, region, year, c.var.now)
  return page(
    c,
    <Layout c={c} title={t.title} wide>
      <h1>{t.title}</h1>
      <nav class="pages" aria-label={t.years}>
        {years.map((one) =>
          one === year ? (
            <strong aria-current="page">{t.year(one)}</strong>
          ) : (
            <a href={`/bureau/budget?year=${one}`}>{t.year(one)}</a>
          ),
        )}
      </nav>
      <Budgets c={c} region={region} year={year} budgets={budgets} />
    </Layout>,
  )
})
