/** 「预算」: a line for each county with what its budget of the year has come to. */
import { formatFen } from '../kernel/amount.ts'
import { regionName } from '../kernel/region.ts'
import { bureauName } from '../ledger/strings.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Money } from '../ui/badge.tsx'
import { Table } from '../ui/list.tsx'
import { Notice } from '../ui/notice.tsx'
import type { CountyBudget } from './budget-rules.ts'
import { budgetStrings } from './budget-strings.ts'

type BudgetsProps = { c: Ctx; region: string; year: number; budgets: readonly CountyBudget[] }

export function Budgets({ c, region, year, budgets }: BudgetsProps) {
  const t = words(c, budgetStrings)
  const right = 'right' as const
  return (
    <>
      <p>{t.lead(regionName(region, c.var.lang), year)}</p>
      {budgets.some(({ figures }) => figures === null) ? (
        <Notice tone="warning" title={t.unread_title}>
          {t.unread_text}
        </Notice>
      ) : null}
      <Table
        caption={t.caption(year)}
        columns={[
          { label: t.county },
          { label: t.budget, align: right },
          { label: t.leased, align: right },
          { label: t.granted, align: right },
          { label: t.returned, align: right },
          { label: t.left, align: right },
        ]}
        rows={budgets.map((budget) => ({
          name: regionName(budget.region, c.var.lang),
          cells: [
            regionName(budget.region, c.var.lang),
            <Limit c={c} budget={budget} />,
            ...figuresOf(c, budget),
          ],
        }))}
      />
      <h2>{t.notes_title}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {(['leased', 'granted', 'returned'] as const).map((name) => (
          <li>
            {t[name]}
            {c.var.lang === 'zh' ? '：' : ': '}
            {t.notes[name]}
          </li>
        ))}
        <li>{t.notes.unlimited}</li>
        <li>{t.policy}</li>
      </ul>
    </>
  )
}

/** A budget, and who set it where that is not the county itself. */
function Limit({ c, budget: { limit, region } }: { c: Ctx; budget: CountyBudget }) {
  const t = words(c, budgetStrings)
  if (limit.fen_max === null) return <>{t.unlimited}</>
  return (
    <>
      <Money fen={limit.fen_max} />
      {limit.set_by && limit.set_by !== region ? (
        <>
          <br />
          <span class="hint">{t.set_by(bureauName(c.var.lang, limit.set_by))}</span>
        </>
      ) : null}
    </>
  )
}

function figuresOf(c: Ctx, { limit, figures }: CountyBudget) {
  const t = words(c, budgetStrings)
  if (!figures) return [t.unread, t.dash, t.dash, t.dash]
  const { leased_fen, granted_fen, returned_fen, left_fen } = figures
  const money = [granted_fen, returned_fen].map((fen) => <Money fen={fen} />)
  if (limit.fen_max === null || left_fen === null) return [t.dash, ...money, t.dash]
  const left =
    left_fen >= 0 ? (
      <Money fen={left_fen} />
    ) : (
      <>
        <Money fen={0} />
        <br />
        <span class="hint">{t.over(formatFen(-left_fen))}</span>
      </>
    )
  return [<Money fen={leased_fen} />, ...money, left]
}
