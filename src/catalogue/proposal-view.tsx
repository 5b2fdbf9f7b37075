/** The bureau's review: what waits, one beside what is published, what became of several. */
import { minuteOf } from '../kernel/clock.ts'
import { regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { Badge } from '../ui/badge.tsx'
import { Button, Buttons, ErrorSummary, Form, LinkButton, TextArea } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Pagination, Table, Timeline } from '../ui/list.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import { deskStrings } from './desk-strings.ts'
import { DESK, PAGE_SIZE, REVIEWS, mayAct } from './desk-view.tsx'
import { Changes } from './item-view.tsx'
import type { Item } from './item-store.ts'
import type { Picture } from './picture-rules.ts'
import { Pictures } from './picture-view.tsx'
import { changedByReview, changesBetween, contentOf } from './proposal-rules.ts'
import type { Content, Proposal } from './proposal-rules.ts'
import type { Waiting } from './proposal-store.ts'
import { proposalStrings } from './proposal-strings.ts'
import type { Carrier } from './rules.ts'
import { WaitingTable } from './waiting-view.tsx'

type ListProps = {
  c: Ctx
  waiting: readonly Waiting[]
  published: ReadonlySet<string>
  count: number
  page: number
  chosen: readonly string[]
  reason: string
  errors: Errors
}

export function ReviewList(props: ListProps) {
  const { c, count, page, chosen, reason, errors } = props
  const t = words(c, proposalStrings)
  const table = <WaitingTable {...props} chosen={chosen} />
  return (
    <Layout c={c} title={t.title} wide error={Object.keys(errors).length > 0}>
      <Crumbs items={[{ label: words(c, deskStrings).title, href: DESK }]} />
      <ErrorSummary c={c} errors={errors} />
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      {count > 0 ? <p>{t.count(count)}</p> : null}
      {count > 0 && mayAct(c) ? (
        <Form c={c} action={REVIEWS}>
          {table}
          <Decide c={c} title={t.bulk} reason={reason} errors={errors} />
        </Form>
      ) : (
        table
      )}
      <Pagination c={c} page={page} pages={Math.ceil(count / PAGE_SIZE)} />
    </Layout>
  )
}

type DecideProps = { c: Ctx; title: string; reason: string; errors: Errors }

function Decide({ c, title, reason, errors }: DecideProps) {
  const t = words(c, proposalStrings)
  return (
    <section aria-label={title}>
      <h2 class="govuk-heading-m">{title}</h2>
      <TextArea
        name="reason"
        label={t.reason}
        hint={t.reason_hint}
        value={reason}
        error={errors['reason']}
        rows={3}
      />
      <Buttons>
        <Button name="decision" value="approved">
          {t.approve}
        </Button>
        <Button name="decision" value="returned" tone="secondary">
          {t.return}
        </Button>
      </Buttons>
    </section>
  )
}

type PageProps = {
  c: Ctx
  proposal: Proposal
  carrier: Carrier
  item: Item | undefined
  earlier: readonly Proposal[]
  pictures: readonly Picture[]
  /** Another one that waits. */
  next: string | undefined
  reason: string
  errors: Errors
}

export function ReviewPage(props: PageProps) {
  const { c, proposal, carrier, item, pictures, next, reason, errors } = props
  const t = words(c, proposalStrings)
  const { name } = proposal.content
  const title = `${(item ? t.change : t.fresh)[proposal.kind]}：${name}`
  return (
    <Layout c={c} title={title} wide error={Object.keys(errors).length > 0}>
      <Crumbs items={[{ label: t.title, href: REVIEWS }]} />
      <ErrorSummary c={c} errors={errors} />
      <Verdict c={c} proposal={proposal} next={next} />
      <h1>{title}</h1>
      <p>
        <a href={`${DESK}/${carrier.id}`}>{carrier.name}</a>{' '}
        {regionName(carrier.county, c.var.lang)}
      </p>
      <p class="hint">{t.by(proposal.by_name, minuteOf(proposal.at))}</p>
      <Proposed c={c} proposal={proposal} item={item} />
      {pictures.length > 0 ? (
        <section aria-label={t.pictures}>
          <h2 class="govuk-heading-m">{t.pictures}</h2>
          <Pictures c={c} pictures={pictures} />
        </section>
      ) : null}
      {proposal.verdict === null && mayAct(c) ? (
        <Form c={c} action={`${REVIEWS}/${proposal.id}`}>
          <Decide c={c} title={t.decide} reason={reason} errors={errors} />
        </Form>
      ) : null}
      <History {...props} />
    </Layout>
  )
}

/** What would become public, beside what is; once it is decided, what was asked for. */
function Proposed({ c, proposal, item }: { c: Ctx; proposal: Proposal; item: Item | undefined }) {
  const t = words(c, proposalStrings)
  const { kind, content, verdict } = proposal
  if (verdict) return <Changes c={c} kind={kind} before={null} after={content} />
  if (!item)
    return (
      <>
        <p class="hint">{t.fresh_note}</p>
        <Changes c={c} kind={kind} before={null} after={content} />
      </>
    )
  const before: Content = contentOf(kind, item.row)
  const after = changedByReview(kind, before, content)
  if (changesBetween(kind, before, after).length === 0) return <p class="hint">{t.nothing_left}</p>
  return (
    <>
      <p class="hint">{t.change_note}</p>
      <Changes c={c} kind={kind} before={before} after={after} />
    </>
  )
}

type VerdictProps = { c: Ctx; proposal: Proposal; next: string | undefined }

/** How it was decided; just now, with the way to the next one. */
function Verdict({ c, proposal: { verdict }, next }: VerdictProps) {
  const t = words(c, proposalStrings)
  if (!verdict) return null
  const { decision, by_name, at, reason } = verdict
  const own = c.req.query('done') === '1' && (decision === 'approved' || decision === 'returned')
  const good = decision === 'approved'
  return (
    <Notice
      tone={good ? 'good' : 'info'}
      title={own ? t.done[decision] : t.late(t.decided[decision], by_name, minuteOf(at))}
    >
      {reason ? <p>{reason}</p> : null}
      <LinkButton href={next ? `${REVIEWS}/${next}` : REVIEWS} tone="secondary">
        {next ? t.next : t.back}
      </LinkButton>
    </Notice>
  )
}

function History({ c, earlier }: PageProps) {
  const t = words(c, proposalStrings)
  if (earlier.length === 0) return null
  return (
    <section aria-label={t.history}>
      <h2 class="govuk-heading-m">{t.history}</h2>
      <Timeline
        items={earlier.map(({ verdict, content, at, by_name }) => ({
          at: verdict?.at ?? at,
          title: `${content.name}${verdict ? ` ${t.decided[verdict.decision]}` : ''}`,
          by: verdict?.by_name ?? by_name,
          ...(verdict?.reason ? { note: verdict.reason } : {}),
        }))}
      />
    </section>
  )
}

type ResultProps = {
  c: Ctx
  proposals: readonly Proposal[]
  /** Whether this press decided it. */
  isDone: (proposal: Proposal) => boolean
}

/** Row by row what a press decided, and who was first where it did not. */
export function ResultPage({ c, proposals, isDone }: ResultProps) {
  const t = words(c, proposalStrings)
  const done = proposals.filter(isDone).length
  return (
    <Layout c={c} title={t.result_title}>
      <Crumbs items={[{ label: t.title, href: REVIEWS }]} />
      <h1>{t.result_title}</h1>
      <Notice tone={done === proposals.length ? 'good' : 'warning'}>
        {t.result(done, proposals.length - done)}
      </Notice>
      <Table
        caption={t.result_title}
        columns={[{ label: t.columns.name }, { label: t.result_column }]}
        rows={proposals.map((proposal) => ({
          name: proposal.content.name,
          cells: [
            <a href={`${REVIEWS}/${proposal.id}`}>{proposal.content.name}</a>,
            <Result c={c} proposal={proposal} done={isDone(proposal)} />,
          ],
        }))}
      />
      <LinkButton href={REVIEWS}>{t.back}</LinkButton>
    </Layout>
  )
}

function Result({ c, proposal, done }: { c: Ctx; proposal: Proposal; done: boolean }) {
  const t = words(c, proposalStrings)
  const { verdict } = proposal
  const good = verdict?.decision === 'approved'
  if (done && verdict)
    return <Badge word={t.decided[verdict.decision]} tone={good ? 'good' : 'bad'} />
  return (
    <>
      <Badge word={t.not_done} tone="neutral" />
      <p class="hint">
        {verdict
          ? t.late(t.decided[verdict.decision], verdict.by_name, minuteOf(verdict.at))
          : t.still_waiting}
      </p>
    </>
  )
}
