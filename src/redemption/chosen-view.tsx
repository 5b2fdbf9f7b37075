/** Several redemptions approved in full at one press, and what became of each (SPEC D4, K1). */
import type { Child } from 'hono/jsx'
import { formatFen } from '../kernel/amount.ts'
import { refusalText } from '../ledger/strings.ts'
import type { LedgerRefusal } from '../ledger/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Badge, Money } from '../ui/badge.tsx'
import { Button, Buttons, Form, LinkButton } from '../ui/form.tsx'
import { Table } from '../ui/list.tsx'
import { Consequence, Crumbs, Panel } from '../ui/notice.tsx'
import { useFormOf } from '../voucher/client.ts'
import { bulkStrings } from './bulk-strings.ts'
import { CHOSEN, reviewPath } from './desk-view.tsx'
import { DESK } from './filter-view.tsx'
import type { Pair } from './store.ts'
import { refText } from './submission-rules.ts'
import type { Submission } from './submission-rules.ts'
import { reviewStrings } from './review-strings.ts'

/** One that was chosen; `ok` where every check passed. */
export type Choice = { pair: Pair; ok: boolean }

type ChosenProps = { c: Ctx; choices: readonly Choice[]; submission: string }

export function Chosen({ c, choices, submission }: ChosenProps) {
  const t = words(c, bulkStrings)
  const r = words(c, reviewStrings)
  const sum_fen = choices.reduce((sum, { pair }) => sum + pair.voucher.amount_fen, 0)
  return (
    <>
      <Crumbs items={[{ label: r.title, href: DESK }]} />
      <h1>{r.chosenTitle}</h1>
      <p>{t.lead}</p>
      <Table
        caption={r.chosenTitle}
        columns={[
          { label: r.columns.voucher },
          { label: r.columns.payee },
          { label: r.columns.amount, align: 'right' },
          { label: r.checks },
        ]}
        rows={choices.map(({ pair: { voucher }, ok }) => ({
          name: voucher.number,
          cells: [
            <a class="number" href={reviewPath(voucher)}>
              {voucher.number}
            </a>,
            payeeName(voucher),
            <Money fen={voucher.amount_fen} />,
            <Badge word={ok ? t.rowOk : t.rowLook} tone={ok ? 'good' : 'waiting'} />,
          ],
        }))}
      />
      <Form c={c} action={CHOSEN} once={submission}>
        {choices.map(({ pair: { voucher } }) => (
          <input
            type="hidden"
            name="voucher"
            value={refText({ enterprise: voucher.enterprise, voucher: voucher.id })}
          />
        ))}
        <Consequence
          title={t.effect}
          rows={[
            { label: t.count, value: t.items(choices.length) },
            { label: t.sum, value: <Money fen={sum_fen} />, strong: true },
            { label: r.decidedRest, value: t.unchanged },
          ]}
        />
        <Buttons>
          <Button>{r.approve}</Button>
          <LinkButton href={DESK} tone="secondary">
            {r.back}
          </LinkButton>
        </Buttons>
      </Form>
    </>
  )
}

function payeeName(voucher: Pair['voucher']): string {
  const form = useFormOf(voucher)
  return voucher.payee === 'enterprise' ? form.enterprise_name : form.carrier_name
}

export function ChosenResult({ c, submission: { rows } }: { c: Ctx; submission: Submission }) {
  const t = words(c, bulkStrings)
  const r = words(c, reviewStrings)
  const done = rows.filter((row) => !row.refusal)
  const sum_fen = done.reduce((sum, row) => sum + row.amount_fen, 0)
  const why = ({ refusal }: Submission['rows'][number]): Child =>
    refusal
      ? refusalText(c.var.lang, { ok: false, ...refusal, code: refusal.code as LedgerRefusal })
      : null
  return (
    <>
      {done.length > 0 ? (
        <Panel title={t.resultHead(done.length, rows.length - done.length)}>
          <p>
            {t.sum} {formatFen(sum_fen)}
          </p>
        </Panel>
      ) : (
        <h1>{t.resultNone}</h1>
      )}
      <Table
        caption={t.resultTitle}
        columns={[
          { label: r.columns.voucher },
          { label: r.columns.amount, align: 'right' },
          { label: r.columns.state },
          { label: r.reason },
        ]}
        rows={rows.map((row) => ({
          name: row.number,
          cells: [
            <a href={reviewPath({ enterprise: row.enterprise, id: row.voucher })}>{row.number}</a>,
            <Money fen={row.amount_fen} />,
            <Badge word={row.refusal ? t.notDone : t.done} tone={row.refusal ? 'bad' : 'good'} />,
            why(row),
          ],
        }))}
      />
      {done.length > 0 ? <p>{r.decidedNext.approved}</p> : null}
      <LinkButton href={DESK}>{r.back}</LinkButton>
    </>
  )
}
