/** 「政策设置」 to read: what is in force, by whom each parameter was set, which versions hold. */
import { formatFen } from '../kernel/amount.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Badge } from '../ui/badge.tsx'
import { Empty, Table, Timeline } from '../ui/list.tsx'
import { Notice } from '../ui/notice.tsx'
import { PARAMETERS } from './rules.ts'
import type { Origin, Parameter, Policy } from './rules.ts'
import type { PolicyVersion } from './store.ts'
import { strings } from './strings.ts'

/** The commitment is a text of its own length and stands below the table. */
const TABLED = PARAMETERS.filter((name) => name !== 'commitment')

type PolicyProps = { c: Ctx; policy: Policy; own: string }

/** One row a parameter, in the order of PARAMETERS; `own` is the reader's region. */
export function Parameters({ c, policy, own }: PolicyProps) {
  const t = words(c, strings)
  const { columns } = t
  return (
    <Table
      caption={t.caption}
      columns={[{ label: columns.name }, { label: columns.value }, { label: columns.by }]}
      rows={TABLED.map((name) => ({
        name: t.parameters[name],
        cells: [
          <strong>{t.parameters[name]}</strong>,
          valueText(c, policy, name),
          <SetBy c={c} origin={policy.origins[name]} own={own} />,
        ],
      }))}
    />
  )
}

/** 承诺条款 word for word, with who set it. */
export function Commitment({ c, policy, own }: PolicyProps) {
  const t = words(c, strings)
  return (
    <>
      <h2>{t.parameters.commitment}</h2>
      <Notice>{valueText(c, policy, 'commitment')}</Notice>
      <p>
        <SetBy c={c} origin={policy.origins.commitment} own={own} />
      </p>
    </>
  )
}

function SetBy({ c, origin, own }: { c: Ctx; origin: Origin | null; own: string }) {
  const t = words(c, strings)
  if (!origin) return <span class="hint">{t.nobody}</span>
  if (origin.region === own) return <Badge word={t.own} tone="info" />
  return <span>{t.inherited(origin.bureau)}</span>
}

/** The value as people say it: ￥200,000.00, 不限, or that nobody set it. */
export function valueText(c: Ctx, policy: Policy, name: Parameter): string {
  const t = words(c, strings)
  if (!policy.origins[name]) return name === 'commitment' ? t.nothing : t.unset
  const listed = (list: readonly string[]) => list.join(t.comma) || t.nothing
  const limited = <T,>(value: T | null, say: (value: T) => string) =>
    value === null ? t.unlimited : say(value)
  const papers = (kinds: readonly (keyof typeof t.papers)[]) =>
    listed(kinds.map((kind) => t.papers[kind]))
  const category = (one: string) => t.categories[one as keyof typeof t.categories] ?? one
  const values: Record<Parameter, () => string> = {
    claim_total_fen: () => limited(policy.claim_total.fen_max, formatFen),
    claim_single_fen: () => limited(policy.claim_single.fen_max, formatFen),
    holding_fen: () => limited(policy.holding.fen_max, formatFen),
    budget_fen: () => limited(policy.budget.fen_max, formatFen),
    contract_fen: () => limited(policy.contract.fen_max, formatFen),
    ratio_percent: () => limited(policy.ratio_percent.value, t.percent),
    confirm_days: () => limited(policy.confirm_days, t.days),
    contract_from: () => limited(policy.contract_from.value, String),
    contract_until: () => limited(policy.contract_until.value, String),
    categories: () => listed(policy.categories.map(category)),
    payees: () => listed(policy.payees.map((payee) => t.payees[payee])),
    online_booking_required: () => (policy.online_booking_required ? t.yes : t.no),
    papers_at_use: () => papers(policy.papers_at_use),
    papers_at_redemption: () => papers(policy.papers_at_redemption),
    commitment: () => policy.commitment.text,
  }
  return values[name]()
}

/** The rows the policy is resolved from: the reader's own first, then what lies above. */
export function VersionsInForce({ c, rows }: { c: Ctx; rows: readonly PolicyVersion[] }) {
  const t = words(c, strings)
  if (rows.length === 0) {
    return (
      <Empty title={t.none}>
        <p>{t.noneNote}</p>
      </Empty>
    )
  }
  return (
    <>
      <h2>{t.versions}</h2>
      <Timeline
        items={rows.map((row) => ({
          at: row.effective_from,
          title: t.version(row.bureau, row.version),
          by: t.from,
          note: t.signed(row.author_name, row.approver_name),
        }))}
      />
    </>
  )
}
