/** Services to evaluate, the form, and an evaluation as it was given. */
import { dayOf, minuteOf } from '../kernel/clock.ts'
import type { Voucher } from '../ledger/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { Badge } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import { Button, ErrorSummary, Form, LinkButton, RadioField, TextArea } from '../ui/form.tsx'
import { Empty, SummaryList, Table } from '../ui/list.tsx'
import type { TableRow } from '../ui/list.tsx'
import { useFormOf } from '../voucher/client.ts'
import { COMMENT_MAX, STARS, TAGS, defaultDue, evaluationState } from './rules.ts'
import type { Evaluation, EvaluationState, Tag } from './rules.ts'
import { strings } from './strings.ts'

const TONES: Readonly<Record<EvaluationState, Tone>> = {
  waiting: 'waiting',
  given: 'good',
  default: 'neutral',
}

export function EvaluationBadge({ c, state }: { c: Ctx; state: EvaluationState }) {
  return <Badge word={words(c, strings).states[state]} tone={TONES[state]} />
}

export type ServiceRow = { voucher: Voucher; given: Evaluation | undefined }

export function Services({ c, rows }: { c: Ctx; rows: readonly ServiceRow[] }) {
  const t = words(c, strings)
  return (
    <Table
      caption={t.title}
      columns={[
        { label: t.service },
        { label: t.carrier },
        { label: t.number },
        { label: t.confirmed },
        { label: t.state },
        { label: t.action, hidden: true },
      ]}
      rows={rows.map((row) => serviceRow(c, row))}
      empty={
        <Empty title={t.none}>
          <p>{t.noneHint}</p>
          <LinkButton href="/enterprise/vouchers">{t.toVouchers}</LinkButton>
        </Empty>
      }
    />
  )
}

function serviceRow(c: Ctx, { voucher, given }: ServiceRow): TableRow {
  const t = words(c, strings)
  const form = useFormOf(voucher)
  const path = `/enterprise/evaluations/${voucher.id}`
  return {
    name: [form.service_name, voucher.number, form.carrier_name].join(' '),
    cells: [
      form.service_name,
      form.carrier_name,
      <a class="number" href={`/enterprise/vouchers/${voucher.id}`}>
        {voucher.number}
      </a>,
      <span class="number">{dayOf(voucher.confirmed_at ?? voucher.issued_at)}</span>,
      <>
        <EvaluationBadge c={c} state={evaluationState(given)} />
        <p class="hint">{given ? t.stars(given.stars) : dueWords(c, voucher)}</p>
      </>,
      given ? (
        <LinkButton href={path} tone="secondary">
          {t.view}
        </LinkButton>
      ) : (
        <LinkButton href={path}>{t.evaluate}</LinkButton>
      ),
    ],
  }
}

/** Until when it is theirs to evaluate; the run that ends it may be late. */
function dueWords(c: Ctx, voucher: Voucher): string {
  const t = words(c, strings)
  const due = defaultDue(voucher)
  if (due === null) return ''
  return due > c.var.now ? t.due(dayOf(due)) : t.overdue
}

export type Typed = { stars: string; comment: string; tags: readonly string[] }

type FormProps = { c: Ctx; voucher: Voucher; typed: Typed; errors: Errors }

export function EvaluationForm({ c, voucher, typed, errors }: FormProps) {
  const t = words(c, strings)
  return (
    <>
      <ErrorSummary c={c} errors={errors} />
      <Form c={c} action={`/enterprise/evaluations/${voucher.id}`} label={t.evaluate}>
        <RadioField
          name="stars"
          label={t.score}
          value={typed.stars}
          error={errors['stars']}
          options={[...STARS].reverse().map((stars) => ({
            value: String(stars),
            text: t.stars(stars),
            hint: t.starHints[stars - 1],
          }))}
          required
        />
        <fieldset class="govuk-fieldset govuk-form-group">
          <legend class="govuk-fieldset__legend">{t.tags}</legend>
          <div class="govuk-hint">{t.tagsHint}</div>
          <div class="tag-boxes">
            {TAGS.map((tag) => (
              <label class="pick">
                <input type="checkbox" name="tag" value={tag} checked={typed.tags.includes(tag)} />
                {t.tagWords[tag]}
              </label>
            ))}
          </div>
        </fieldset>
        <TextArea
          name="comment"
          label={t.comment}
          value={typed.comment}
          error={errors['comment']}
          hint={t.commentHint(COMMENT_MAX)}
        />
        <p>{t.once}</p>
        <Button>{t.submit}</Button>
      </Form>
    </>
  )
}

/** What was given, and by whom. */
export function Given({ c, given }: { c: Ctx; given: Evaluation }) {
  const t = words(c, strings)
  return (
    <SummaryList
      rows={[
        { label: t.score, value: t.stars(given.stars) },
        { label: t.tags, value: tagText(c, given.tags) },
        { label: t.comment, value: given.comment },
        { label: t.by, value: given.is_default ? t.byDefault : t.byOwn },
        { label: t.at, value: minuteOf(given.at) },
      ].filter((row) => row.value !== '')}
    />
  )
}

export function tagText(c: Ctx, tags: readonly string[]): string {
  const named: Partial<Record<string, string>> = words(c, strings).tagWords satisfies Record<
    Tag,
    string
  >
  return tags.flatMap((tag) => named[tag] ?? []).join(' · ')
}

/** What the service was, above its evaluation. */
export function ServiceFacts({ c, voucher }: { c: Ctx; voucher: Voucher }) {
  const t = words(c, strings)
  const form = useFormOf(voucher)
  return (
    <SummaryList
      rows={[
        { label: t.service, value: form.service_name },
        { label: t.carrier, value: form.carrier_name },
        { label: t.number, value: voucher.number },
      ]}
    />
  )
}
