/** What a carrier offers, to choose from: the first of many, and a word to find the others by. */
import type { Offers } from '../catalogue/client.ts'
import { isOffered } from '../catalogue/rules.ts'
import type { Instrument, Service } from '../catalogue/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { SelectField } from '../ui/form.tsx'
import { TextField } from '../ui/field.tsx'
import { Filters } from '../ui/list.tsx'
import { strings } from './form-strings.ts'
import type { Asked } from './ground.ts'

/** Of each kind in the list to choose from. */
export const CHOICES_MAX = 50

/** What there is to choose from, as far as it is listed; `find` is the word that was typed. */
export type Choice = { find: string; services: Offers<Service>; instruments: Offers<Instrument> }

/** With scripts only the list to choose from is fetched; what was typed elsewhere stays. */
const SWAP = {
  'hx-boost:inherited': 'true',
  'hx-target:inherited': '#items',
  'hx-select:inherited': '#items',
  'hx-swap:inherited': 'outerHTML',
  'hx-push-url:inherited': 'false',
}

type FilterProps = { c: Ctx; action: string; asked: Asked; choice: Choice }

/** Above the form, where more is offered than the list holds; `action` is the form's page. */
export function ItemFilter({ c, action, asked, choice }: FilterProps) {
  const t = words(c, strings)
  const { find, services, instruments } = choice
  const most = Math.max(services.count, instruments.count)
  if (find === '' && most <= CHOICES_MAX) return null
  return (
    <div {...SWAP}>
      <Filters c={c} action={action} submit={t.find} label={t.find_label}>
        <input type="hidden" name="carrier" value={asked.carrier.id} />
        <TextField
          name="find"
          label={t.find_word}
          hint={t.find_hint}
          value={find}
          type="search"
          width={20}
        />
      </Filters>
    </div>
  )
}

type ItemProps = { c: Ctx; asked: Asked; choice: Choice; error: string | undefined }

/** What was chosen stays in the list, whatever is looked for. */
export function ItemField({ c, asked, choice, error }: ItemProps) {
  const t = words(c, strings)
  const { find } = choice
  const services = withChosen(choice.services.rows, asked.service)
  const instruments = withChosen(choice.instruments.rows, asked.instrument)
  return (
    <div id="items">
      <input type="hidden" name="find" value={find} />
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
    </div>
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
