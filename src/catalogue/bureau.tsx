/**
 * 「载体管理」 (SPEC K4): the carriers that a bureau's region covers, found and exported. Decisions
 * are made by review and admin staff; auditors read.
 */
import { Hono } from 'hono'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow, bureauOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { formatOf } from '../platform/sheet.ts'
import { Buttons, LinkButton } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { listDesk } from './desk-store.ts'
import type { DeskQuery } from './desk-store.ts'
import { deskStrings } from './desk-strings.ts'
import { DESK, Desk, PAGE_SIZE, REVIEWS, WHATS, filterOf, mayAct } from './desk-view.tsx'
import { answerCarriers, answerItems } from './export.ts'
import { countWaiting } from './proposal-store.ts'
import { wordsOf } from './rules.ts'

export const door = new Hono<App>()

const read = allow({
  role: 'bureau',
  scope: 'region',
  action: 'carrier.read',
  staff: ['review', 'admin', 'audit'],
})

door.get('/carriers', read, async (c) => {
  const t = words(c, deskStrings)
  const db = dbOf(c.env)
  const filter = filterOf(c)
  const offset = (filter.page - 1) * PAGE_SIZE
  const [found, waiting] = await Promise.all([
    listDesk(db, { ...queryOf(c), limit: PAGE_SIZE, offset }),
    countWaiting(db, bureauOf(c).region),
  ])
  return page(
    c,
    <Layout c={c} title={t.title} wide>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <Buttons>
        {mayAct(c) ? <LinkButton href={`${DESK}/new`}>{t.admit}</LinkButton> : null}
        <LinkButton href={REVIEWS} tone="secondary">
          {t.review}
        </LinkButton>
        {mayAct(c) ? (
          <LinkButton href="/bureau/imports" tone="secondary">
            {t.import}
          </LinkButton>
        ) : null}
      </Buttons>
      {waiting > 0 ? (
        <p>
          <a href={REVIEWS}>{t.waiting(waiting)}</a>
        </p>
      ) : null}
      <Desk c={c} filter={filter} {...found} />
    </Layout>,
  )
})

/** `what` is carriers, services or instruments, `format` csv or xlsx; the list's filter applies. */
door.get('/carriers/export', read, (c) => {
  const what = WHATS.find((one) => one === c.req.query('what')) ?? 'carriers'
  const format = formatOf(c.req.query('format'))
  const query = queryOf(c)
  if (what === 'carriers') return answerCarriers(c, query, format)
  return answerItems(c, what === 'services' ? 'service' : 'instrument', query, format)
})

function queryOf(c: Ctx): DeskQuery {
  const { word, state, county } = filterOf(c)
  return { region: bureauOf(c).region, county: county || null, word: wordsOf(word), state }
}
