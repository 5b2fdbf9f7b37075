/** 「待办」: what waits, how many, since when, each with the way to its desk. */
import { daysSince, minuteOf } from '../kernel/clock.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Money } from '../ui/badge.tsx'
import { LinkButton } from '../ui/form.tsx'
import { Empty, Table } from '../ui/list.tsx'
import type { TableRow } from '../ui/list.tsx'
import type { Queue, Task, Waiting } from './todo-rules.ts'
import { todoStrings } from './todo-strings.ts'

const DESKS: Readonly<Record<Task, string>> = {
  registrations: '/bureau/registrations',
  redemptions: '/bureau/redemptions',
  payments: '/bureau/payments',
  catalogue: '/bureau/carriers/proposals',
  imports: '/bureau/imports',
}

/** What is no money has a name in place of a voucher's number, and no amount. */
const NAMED: readonly Task[] = ['registrations', 'catalogue', 'imports']

export function QueueSection({ c, queue }: { c: Ctx; queue: Queue }) {
  const t = words(c, todoStrings)
  const { task, count, oldest } = queue
  const [first] = oldest
  const named = NAMED.includes(task)
  return (
    <section class="queue" aria-label={t.tasks[task]}>
      <div class="queue-head">
        <h2>{t.tasks[task]}</h2>
        <p>
          <strong>{t.units(count)}</strong>
          {first ? <span class="hint">{t.oldest(daysSince(first.at, c.var.now))}</span> : null}
        </p>
      </div>
      <Table
        caption={t.tasks[task]}
        columns={[
          { label: named ? t.name : t.number },
          { label: t.party },
          ...(named ? [] : [{ label: t.amount, align: 'right' as const }]),
          { label: t.since },
          { label: t.age },
        ]}
        rows={oldest.map((waiting) => rowOf(c, waiting))}
        empty={<p class="queue-empty">{t.nothing}</p>}
      />
      {count > 0 ? (
        <LinkButton href={DESKS[task]} tone="secondary">
          {t.all[task]}
        </LinkButton>
      ) : null}
    </section>
  )
}

function rowOf(c: Ctx, waiting: Waiting): TableRow {
  const t = words(c, todoStrings)
  const { name, party, amount_fen, at, href } = waiting
  return {
    name,
    cells: [
      <a href={href}>{name}</a>,
      party,
      ...(amount_fen === null ? [] : [<Money fen={amount_fen} />]),
      minuteOf(at),
      t.days(daysSince(at, c.var.now)),
    ],
  }
}

export function NoDuty({ c }: { c: Ctx }) {
  const t = words(c, todoStrings)
  return (
    <Empty title={t.noDutyTitle}>
      <p>{t.noDutyText}</p>
      <LinkButton href="/bureau/vouchers">{t.lookUp}</LinkButton>
    </Empty>
  )
}
