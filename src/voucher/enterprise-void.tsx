/**
 * 「提交作废」: ends ticked vouchers that no carrier has confirmed (SPEC V2, V4). Where the carrier
 * confirms in the same second the ledger lets one of the two through, and the result says which.
 */
import { Hono } from 'hono'
import { auditOnce } from '../audit/client.ts'
import { auditBy } from '../booking/client.ts'
import { isId } from '../kernel/id.ts'
import { post, readLedger } from '../ledger/client.ts'
import type { Voucher, VoucherState } from '../ledger/rules.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commit, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, enterpriseOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { VoucherBadge } from '../ledger/badge-view.tsx'
import { LinkButton } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Table } from '../ui/list.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { freedWords } from './card-view.tsx'
import { freeBookings } from './client.ts'
import { minePage } from './enterprise.tsx'
import { PAGE_SIZE } from './mine-rules.ts'
import { strings } from './mine-strings.ts'
import { strings as terms } from './strings.ts'

export const door = new Hono<App>()

const guard = allow({ role: 'enterprise', scope: 'own', action: 'voucher.void' })

door.post('/vouchers/voids', guard, async (c) => {
  const actor = enterpriseOf(c)
  const { many, typed } = await readForm(c)
  const ids = [...new Set(many['voucher'] ?? [])].filter(isId).slice(0, PAGE_SIZE)
  if (ids.length === 0) return minePage(c, { voucher: words(c, strings).pickOne })
  const answers = await Promise.all(
    ids.map((voucher) =>
      post(c.env, actor.enterprise, {
        key: `${typed['key'] ?? ''}:${voucher}`,
        actor,
        at: c.var.now,
        command: { kind: 'void', voucher },
      }),
    ),
  )
  const done = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
  await commit(
    dbOf(c.env),
    done.map(({ at, voucher, book }) => {
      const subject = `voucher:${voucher?.id ?? ''}`
      return auditOnce(c, { at, action: 'voucher.void', subject, region: book.region })
    }),
  )
  const ended = done.map(({ voucher }) => voucher)
  await freeBookings(c.env, ended, { actor, ...auditBy(c) })
  return seeOther(
    c,
    `/enterprise/vouchers/voids?${new URLSearchParams(ids.map((id) => ['id', id])).toString()}`,
  )
})

/** What became of each, as it stands now. */
door.get('/vouchers/voids', guard, async (c) => {
  const [t, w] = [words(c, strings), words(c, terms)]
  const asked = c.req.queries('id') ?? []
  const { vouchers } = await readLedger(c.env, enterpriseOf(c).enterprise, c.var.now)
  const found = vouchers.filter((one) => asked.includes(one.id))
  if (found.length === 0) return c.notFound()
  return page(
    c,
    <Layout c={c} title={t.results}>
      <Crumbs items={[{ label: t.title, href: '/enterprise/vouchers' }]} />
      <h1 class="govuk-heading-l">{t.results}</h1>
      <Table
        caption={t.results}
        columns={[{ label: w.number }, { label: w.state }, { label: t.result }]}
        rows={found.map((voucher) => ({
          name: voucher.number,
          cells: [
            <a class="number" href={`/enterprise/vouchers/${voucher.id}`}>
              {voucher.number}
            </a>,
            <VoucherBadge c={c} state={voucher.state} />,
            resultOf(c, voucher),
          ],
        }))}
      />
      <LinkButton href="/enterprise/vouchers">{t.back}</LinkButton>
    </Layout>,
  )
})

function resultOf(c: Ctx, voucher: Voucher): string {
  const t = words(c, strings)
  if (voucher.state === 'voided') return t.voided(freedWords(c, voucher))
  const told: Partial<Record<VoucherState, string>> = t.notVoided
  return told[voucher.state] ?? t.notVoided.other
}
