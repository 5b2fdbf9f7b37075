/** What became of each voucher after 「提交所选」 or 「全部提交」, row by row (SPEC D3). */
import { refusalText } from '../ledger/strings.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import type { RedemptionPaper } from '../policy/rules.ts'
import { Badge, Money } from '../ui/badge.tsx'
import { LinkButton } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Table } from '../ui/list.tsx'
import { Notice, Panel } from '../ui/notice.tsx'
import { LIST, papersText, placeOf } from './row-view.tsx'
import type { Side } from './row-view.tsx'
import type { Submission, SubmissionRow } from './submission-rules.ts'
import { strings } from './strings.ts'

/** `status` 503 where a ledger did not answer and the same press should be sent again. */
export async function resultPage(
  c: Ctx,
  side: Side,
  submission: Submission,
  status: 200 | 503 = 200,
): Promise<Response> {
  return page(
    c,
    <Layout c={c} title={words(c, strings).resultTitle}>
      <Result c={c} side={side} submission={submission} />
    </Layout>,
    status,
  )
}

type ResultProps = { c: Ctx; side: Side; submission: Submission }

function Result({ c, side, submission: { rows } }: ResultProps) {
  const t = words(c, strings)
  const done = rows.filter((row) => !row.refusal)
  const left = rows.length - done.length
  const sum_fen = done.reduce((sum, row) => sum + row.amount_fen, 0)
  return (
    <>
      {done.length > 0 ? (
        <Panel title={t.resultHead(done.length, left)}>
          <p>
            {t.resultSum} <Money fen={sum_fen} strong />
          </p>
        </Panel>
      ) : (
        <>
          <h1>{t.resultNone}</h1>
          {rows.length === 0 ? <p>{t.resultNothing}</p> : null}
        </>
      )}
      {rows.length > 0 ? <ResultTable c={c} side={side} rows={rows} /> : null}
      {done.length > 0 ? <p>{t.resultNext}</p> : null}
      {left > 0 ? <Notice tone="warning">{t.resultLeft}</Notice> : null}
      <LinkButton href={LIST[side]}>{t.back}</LinkButton>
    </>
  )
}

type RowsProps = { c: Ctx; side: Side; rows: readonly SubmissionRow[] }

function ResultTable({ c, side, rows }: RowsProps) {
  const t = words(c, strings)
  const { number, amount, result, why } = t.resultColumns
  return (
    <Table
      caption={t.resultTitle}
      columns={[
        { label: number },
        { label: amount, align: 'right' },
        { label: result },
        { label: why },
      ]}
      rows={rows.map((row) => ({
        name: row.number,
        cells: [
          row.number,
          <Money fen={row.amount_fen} />,
          <Badge word={row.refusal ? t.notDone : t.done} tone={row.refusal ? 'bad' : 'good'} />,
          <Why c={c} side={side} row={row} />,
        ],
      }))}
    />
  )
}

function Why({ c, side, row }: { c: Ctx; side: Side; row: SubmissionRow }) {
  const t = words(c, strings)
  if (!row.refusal) return null
  const { code, facts } = row.refusal
  if (code !== 'papers_missing') {
    return <>{refusalText(c.var.lang, { ok: false, code, facts })}</>
  }
  const missing = String(facts['missing']).split(',') as RedemptionPaper[]
  const place = placeOf(side, { enterprise: row.enterprise, id: row.voucher })
  return (
    <>
      {t.refusals.papers_missing(papersText(c, missing))} <a href={`${place}/papers`}>{t.view}</a>
    </>
  )
}
