/** A service or instrument: its fields as text, its form, and what would change beside what is. */
import { plainFen } from '../kernel/amount.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { SelectField } from '../ui/form.tsx'
import { Table } from '../ui/list.tsx'
import type { Tone } from '../ui/badge.tsx'
import { Badge } from '../ui/badge.tsx'
import { categoryWord, priceWords } from './client.ts'
import type { Typed } from './form-rules.ts'
import { formStrings } from './form-strings.ts'
import { Line, Lines, propsOf } from './form-view.tsx'
import type { Told } from './form-view.tsx'
import { itemStrings } from './item-strings.ts'
import { CONTENT_FIELDS, changesBetween } from './proposal-rules.ts'
import type { Content, ContentField, InstrumentContent, ItemState } from './proposal-rules.ts'
import { AVAILABILITIES, CATEGORIES, isCategory, isRecognised } from './rules.ts'
import type { Carrier, Kind } from './rules.ts'
import { strings } from './strings.ts'

const TONES: Readonly<Record<ItemState, Tone>> = {
  published: 'good',
  waiting: 'waiting',
  returned: 'bad',
  taken_back: 'neutral',
  withdrawn: 'neutral',
}

export function StateBadge({ c, state }: { c: Ctx; state: ItemState }) {
  return <Badge word={words(c, strings).states[state]} tone={TONES[state]} />
}

/** A content as a form has it. */
export function typedOf(content: Content): Typed {
  const { price_fen, qualifications, ...rest } = content
  return {
    ...Object.fromEntries(
      Object.entries(rest).map(([field, value]) => [field, String(value ?? '')]),
    ),
    price: price_fen === null ? '' : plainFen(price_fen),
    qualifications: qualifications.join('、'),
  }
}

/** One field of a content in the reader's language; '' where nothing is said. */
export function fieldText(c: Ctx, content: Content, field: ContentField): string {
  const t = words(c, formStrings)
  const fields = content as unknown as Readonly<Record<string, string | number | null>>
  const text = String(fields[field] ?? '')
  if (field === 'price_fen') return priceWords(content, c.var.lang)
  if (field === 'qualifications') return content.qualifications.join('、')
  if (field === 'category' && isCategory(text)) return categoryWord(text, c.var.lang)
  if (field === 'availability') return t.availabilities[(content as InstrumentContent).availability]
  return field === 'turnaround_days' && text !== '' ? `${text} ${t.working_days}` : text
}

/** Fields that differ between what is published and what is proposed, side by side. */
export function Changes(props: { c: Ctx; kind: Kind; before: Content | null; after: Content }) {
  const { c, kind, before, after } = props
  const t = words(c, itemStrings)
  const { fields } = words(c, formStrings)
  const shown = before ? changesBetween(kind, before, after) : CONTENT_FIELDS[kind]
  const text = (content: Content, field: ContentField) =>
    fieldText(c, content, field) || <span class="hint">{t.empty}</span>
  return (
    <Table
      caption={t.proposed}
      columns={[t.field, ...(before ? [t.published] : []), t.proposed].map((label) => ({ label }))}
      rows={shown.map((field) => ({
        name: fields[field],
        cells: [
          <strong>{fields[field]}</strong>,
          ...(before ? [text(before, field)] : []),
          text(after, field),
        ],
      }))}
    />
  )
}

type FieldsProps = { c: Ctx; told: Told; carrier: Pick<Carrier, 'categories'> }

export function ItemFields({ kind, ...props }: FieldsProps & { kind: Kind }) {
  return kind === 'service' ? <ServiceFields {...props} /> : <InstrumentFields {...props} />
}

function ServiceFields({ c, told, carrier }: FieldsProps) {
  const t = words(c, formStrings)
  const offered = CATEGORIES.filter((category) => isRecognised(carrier, category))
  return (
    <>
      <Line c={c} told={told} name="name" required />
      <SelectField
        {...propsOf({ c, told, name: 'category', required: true })}
        hint={undefined}
        options={offered.map((value) => ({ value, text: categoryWord(value, c.var.lang) }))}
      />
      <Line c={c} told={told} name="price" width={10} suffix="元" />
      <Line c={c} told={told} name="unit" width={10} required />
      <Line c={c} told={told} name="turnaround_days" width={5} suffix={t.working_days} />
      <Line c={c} told={told} name="qualifications" width={20} />
      <Lines c={c} told={told} name="summary" />
    </>
  )
}

function InstrumentFields({ c, told }: FieldsProps) {
  const t = words(c, formStrings)
  return (
    <>
      <Line c={c} told={told} name="name" required />
      <Line c={c} told={told} name="model" width={20} required />
      <Line c={c} told={told} name="maker" required />
      <Line c={c} told={told} name="place" />
      <Line c={c} told={told} name="price" width={10} suffix="元" />
      <Line c={c} told={told} name="unit" width={10} required />
      <SelectField
        {...propsOf({ c, told, name: 'availability', required: true })}
        value={told.typed['availability'] ?? 'available'}
        empty={null}
        options={AVAILABILITIES.map((value) => ({ value, text: t.availabilities[value] }))}
      />
      <Line c={c} told={told} name="qualifications" width={20} />
      <Lines c={c} told={told} name="summary" />
    </>
  )
}
