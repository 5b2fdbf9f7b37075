/** What waits for a review, as a table: with boxes to choose several, or without. */
import { daysSince, minuteOf } from '../kernel/clock.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { CheckField } from '../ui/field.tsx'
import { Empty, Table } from '../ui/list.tsx'
import { DESK, REVIEWS } from './desk-view.tsx'
import type { Waiting } from './proposal-store.ts'
import { proposalStrings } from './proposal-strings.ts'

type TableProps = {
  c: Ctx
  waiting: readonly Waiting[]
  /** Subjects that are public already: the proposal changes them. */
  published?: ReadonlySet<string>
  /** Ids that are ticked; absent where nothing is chosen here. */
  chosen?: readonly string[]
}

export function WaitingTable({ c, waiting, published, chosen }: TableProps) {
  const t = words(c, proposalStrings)
  const { choose, name, carrier, what, at, age } = t.columns
  return (
    <Table
      caption={t.caption}
      columns={[
        ...(chosen ? [{ label: choose }] : []),
        { label: name },
        ...(chosen ? [{ label: carrier }, { label: what }] : []),
        { label: at },
        { label: age },
      ]}
      rows={waiting.map(({ proposal, carrier_name }) => ({
        id: proposal.id,
        name: proposal.content.name,
        cells: [
          ...(chosen
            ? [
                <CheckField
                  name="proposal"
                  id={proposal.id}
                  label={t.choose}
                  value={proposal.id}
                  checked={chosen.includes(proposal.id)}
                />,
              ]
            : []),
          <a href={`${REVIEWS}/${proposal.id}`}>{proposal.content.name}</a>,
          ...(chosen
            ? [
                <a href={`${DESK}/${proposal.carrier}`}>{carrier_name}</a>,
                (published?.has(proposal.subject) ? t.change : t.fresh)[proposal.kind],
              ]
            : []),
          minuteOf(proposal.at),
          t.days(daysSince(proposal.at, c.var.now)),
        ],
      }))}
      empty={
        <Empty title={t.empty}>
          <p>{t.empty_note}</p>
        </Empty>
      }
    />
  )
}
