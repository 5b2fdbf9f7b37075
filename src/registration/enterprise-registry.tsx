/**
 * 「自动更新企业信息」 (SPEC G1): the draft, saved before, beside the government registry's entry; the
 * values shown are taken over only when asked. Refuses while the registration is under review.
 */
import { Hono } from 'hono'
import type { App, Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { accountOf, allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { fetchRegistryEntry } from '../platform/registry.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { newId } from '../kernel/id.ts'
import { Layout } from '../ui/layout.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { registrationOf } from './client.ts'
import { differences, formToFill, readRegistration, registryForm } from './form-rules.ts'
import { Differences, NoEntry } from './registry-view.tsx'
import { isOpen } from './rules.ts'
import type { Field, Registration } from './rules.ts'
import { PATH } from './status-view.tsx'
import { saveDraft } from './store.ts'
import { strings } from './strings.ts'

export const door = new Hono<App>()

const REGISTRY = `${PATH}/registry`
const read = allow({ role: 'enterprise', scope: 'own', action: 'registration.compare' })
const write = allow({ role: 'enterprise', scope: 'own', action: 'registration.adopt' })

door.get('/registration/registry', read, async (c) => {
  const t = words(c, strings)
  const registration = await readRegistrationOf(c)
  if (!isOpen(registration.latest?.state ?? 'none')) return seeOther(c, PATH)
  const uscc = accountOf(c).uscc ?? ''
  const entry = await fetchRegistryEntry(c.env, uscc)
  const form = formToFill(registration, accountOf(c))
  const down = !entry.ok && entry.code === 'registry_unavailable'
  const back = formPath(registration)
  return page(
    c,
    <Layout c={c} title={t.registryTitle} script={['registration']}>
      <Crumbs items={[{ label: t.title, href: back }]} />
      <h1>{t.registryTitle}</h1>
      {entry.ok ? (
        <Differences
          {...{ c, back }}
          action={REGISTRY}
          found={differences(form, registryForm(entry.value), lockedFields(registration))}
        />
      ) : (
        <NoEntry {...{ c, down, uscc, back }} />
      )}
    </Layout>,
    down ? 503 : 200,
  )
})

door.post('/registration/registry', write, async (c) => {
  const { account, enterprise, name } = enterpriseOf(c)
  const { typed } = await readForm(c)
  const registration = await readRegistrationOf(c)
  const { latest } = registration
  if (!isOpen(latest?.state ?? 'none')) return seeOther(c, PATH)
  const sent = readRegistration(typed)
  const taken = differences(
    formToFill(registration, accountOf(c)),
    Object.fromEntries(Object.entries(sent).filter(([field]) => field in typed)),
    lockedFields(registration),
  )
  const form = {
    ...formToFill(registration, accountOf(c)),
    ...Object.fromEntries(taken.map(({ field, registry }) => [field, registry])),
  }
  const db = dbOf(c.env)
  const by = { account, name }
  const draft = saveDraft(db, latest, { id: newId(), enterprise, form, at: c.var.now, by })
  const done = await commitOnce(db, [draft.statement])
  const path = formPath(registration)
  return seeOther(c, done ? `${path}${path.includes('?') ? '&' : '?'}adopted=1` : REGISTRY)
})

function readRegistrationOf(c: Ctx): Promise<Registration> {
  return registrationOf(dbOf(c.env), enterpriseOf(c).enterprise)
}

/** A 变更 leaves the name and the county as they are in force. */
function lockedFields({ approved }: Registration): readonly Field[] {
  return approved ? ['uscc', 'name', 'city', 'county'] : ['uscc']
}

function formPath({ approved }: Registration): string {
  return approved ? `${PATH}?change=1` : PATH
}
