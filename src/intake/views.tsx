/** 「批量导入」 of a carrier or a bureau: a file to send, templates, and what was imported before. */
import { minuteOf } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { Badge } from '../ui/badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import { Button, ErrorSummary, FileField, Form, RadioField } from '../ui/form.tsx'
import { Empty, Pagination, Table } from '../ui/list.tsx'
import { countsOf } from './rules.ts'
import type { Import, Kind, State } from './rules.ts'
import { strings } from './strings.ts'

/** Whose pages: a carrier imports its own offers, a bureau carriers besides. */
export type Desk = 'carrier' | 'bureau'

export const DESK_KINDS: Readonly<Record<Desk, readonly Kind[]>> = {
  carrier: ['service', 'instrument'],
  bureau: ['carrier', 'service', 'instrument'],
}

/** What an import brings in is kept there. */
export const HOMES: Readonly<Record<Desk, string>> = {
  carrier: '/carrier/services',
  bureau: '/bureau/carriers',
}

export function pathOf(desk: Desk, id?: string): string {
  return id === undefined ? `/${desk}/imports` : `/${desk}/imports/${id}`
}

const TONES: Readonly<Record<State, Tone>> = {
  reading: 'info',
  unreadable: 'bad',
  preview: 'waiting',
  in_review: 'waiting',
  returned: 'bad',
  applying: 'info',
  done: 'good',
  abandoned: 'neutral',
}

export function StateBadge({ c, state }: { c: Ctx; state: State }) {
  return <Badge word={words(c, strings).states[state]} tone={TONES[state]} />
}

type UploadProps = { c: Ctx; desk: Desk; errors: Errors; kind: string | undefined }

export function UploadForm({ c, desk, errors, kind }: UploadProps) {
  const t = words(c, strings)
  return (
    <>
      <ErrorSummary c={c} errors={errors} labels={{ kind: t.kind, file: t.file }} />
      <h2>{t.begin}</h2>
      <Form c={c} action={pathOf(desk)} once={newId()} multipart label={t.begin}>
        <RadioField
          name="kind"
          label={t.kind}
          value={kind}
          error={errors['kind']}
          required
          options={DESK_KINDS[desk].map((one) => ({
            value: one,
            text: t.kinds[one],
            hint: t.kind_hints[one],
          }))}
        />
        <FileField
          name="file"
          label={t.file}
          hint={t.file_hint}
          error={errors['file']}
          required
          accept=".csv,.txt,.xlsx"
        />
        <Button>{t.upload}</Button>
      </Form>
      <Templates c={c} desk={desk} />
    </>
  )
}

function Templates({ c, desk }: { c: Ctx; desk: Desk }) {
  const t = words(c, strings)
  return (
    <>
      <h2>{t.templates}</h2>
      <ul class="govuk-list">
        {DESK_KINDS[desk].map((kind) => (
          <li>
            {(['xlsx', 'csv'] as const).map((format) => (
              <>
                <a href={`${pathOf(desk)}/template?kind=${kind}&format=${format}`}>
                  {t.template(t.kinds[kind], format.toUpperCase())}
                </a>
                {'　'}
              </>
            ))}
          </li>
        ))}
      </ul>
    </>
  )
}

type ListProps = {
  c: Ctx
  desk: Desk
  imports: readonly Import[]
  title: string
  page?: number
  pages?: number
  /** Names of carriers by id, for a bureau. */
  names: ReadonlyMap<string, string>
}

export function ImportList({ c, desk, imports, title, page = 1, pages = 1, names }: ListProps) {
  const t = words(c, strings)
  const { columns } = t
  return (
    <>
      <h2>{title}</h2>
      <Table
        caption={title}
        columns={[
          { label: columns.file },
          { label: columns.kind },
          { label: columns.rows, align: 'right' },
          { label: columns.by },
          { label: columns.at },
          { label: columns.state },
        ]}
        rows={imports.map((one) => ({
          id: one.id,
          name: one.file_name,
          cells: [
            <a href={pathOf(desk, one.id)}>{one.file_name}</a>,
            t.kinds[one.kind],
            countsOf(one)?.rows.toLocaleString('en') ?? '',
            byWhom(one, names),
            minuteOf(one.at),
            <StateBadge c={c} state={one.state} />,
          ],
        }))}
        empty={
          <Empty title={t.empty}>
            <p>{t.empty_note}</p>
          </Empty>
        }
      />
      <Pagination c={c} page={page} pages={pages} />
    </>
  )
}

/** Who sent it, and for which carrier where a bureau looks. */
export function byWhom(one: Import, names: ReadonlyMap<string, string>): string {
  const carrier = one.carrier === null ? undefined : names.get(one.carrier)
  return carrier ? `${one.by_name}（${carrier}）` : one.by_name
}
