/**
 * 「用户面板」: who is signed in and where they work. Staff without duties are told what to do; the
 * phone is shown masked.
 */
import { Hono } from 'hono'
import type { App } from '../platform/bindings.ts'
import { accountOf, allow } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { Layout } from '../ui/layout.tsx'
import { Declarations, Desk, NotAdmitted, Person } from './account-view.tsx'
import { strings } from './strings.ts'

export const door = new Hono<App>()

door.get('/', allow({ role: 'member', scope: 'own', action: 'account.read' }), (c) => {
  const t = words(c, strings)
  const account = accountOf(c)
  const { actor } = c.var
  return page(
    c,
    <Layout c={c} title={t.account}>
      <h1>{t.account}</h1>
      <Person c={c} account={account} />
      {actor?.role === 'enterprise' ? <Declarations c={c} /> : null}
      {actor?.role === 'carrier' || actor?.role === 'bureau' ? (
        <Desk c={c} role={actor.role} />
      ) : null}
      {actor === null ? <NotAdmitted c={c} account={account} /> : null}
    </Layout>,
  )
})
