/** What a carrier offers, to choose from: the first of many, and a word to find the others by. */
import type { Offers } from '../catalogue/client.ts'
import { isOffered } from '../catalogue/rules.ts'
import type { Instrument, Service } from '../catalogue/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Button, SelectField } from '../ui/form.tsx'
import { TextField } from '../ui/field.tsx'
import { strings } from './form-strings.ts'
import type { Asked } from './ground.ts'

/** Of each kind in the list to choose from. */
export const CHOICES_MAX = 50

/** What there is to choose from, as far as it is listed; `find` is the word that was typed. */
export type Choice = { find: string; services: Offers<Service>; instruments: Offers<Instrument> }

type FilterProps = { c: Ctx; choice: Choice }

/** Part of the form, where more is offered than the list holds: what was typed is kept. */
export function ItemFilter({ c, choice }: FilterProps) {
  const t = words(c, strings)
  const { find, services, instruments } = choice
  const most = Math.max(services.count, instruments.count)
  if (find === '' && most <= CHOICES_MAX) return null
  return (
    <div class="filters" role="search" aria-label={t.find_label}>
      <TextField
        name="find"
        label={t.find_word}
        hint={t.find_hint}
        value={find}
        type="search"
        width={20}
      />
      <Button tone="secondary" formaction="/enterprise/bookings/hours">
        {t.find}
      </Button>
    </div>
  )
}

type ItemProps = { c: Ctx; asked: Asked; choice: Choice; error: string | undefined }

/** What was chosen stays in the list, whatever is looked for. */
export function ItemField({ c, asked, choice, error }: ItemProps) {
  const t = words(c, strings)
  const services = withChosen(choice.services.rows, asked.service)
  const instruments = withChosen(choice.instruments.rows, asked.instrument)
  return (
    <SelectField
      name="item"
      label={t.item}
      value={asked.item}
      error={error}
      hint={hintOf(c, choice)}
      empty={t.item_none}
      options={[
        ...services.map((one) => ({
          value: `service:${one.id}`,
          text: one.name,
          group: t.services,
        })),
        ...instruments.map((one) => ({
          value: `instrument:${one.id}`,
          text: one.model ? `${one.name} ${one.model}` : one.name,
          group: t.instruments,
        })),
      ]}
    />
  )
}

function withChosen<T extends Service | Instrument>(rows: readonly T[], one: T | undefined) {
  if (!one || !isOffered(one) || rows.some(({ id }) => id === one.id)) return rows
  return [one, ...rows]
}

/** How many there are where the list does not hold them, or what the word has found. */
function hintOf(c: Ctx, { find, services, instruments }: Choice): string {
  const t = words(c, strings)
  const count = services.count + instruments.count
  const shown = services.rows.length + instruments.rows.length
  if (find !== '' && count === 0) return t.found_none(find)
  if (count > shown) return t.found_more(shown, count)
  return find === '' ? t.item_hint : t.found(find, count)
}
