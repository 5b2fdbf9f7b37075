/** What is searched for and where, as a form whose answer's address can be shared. */
import { TYPED_CHARACTERS_MAX } from '../atlas/word-rules.ts'
import { categoryWord } from '../catalogue/client.ts'
import { CATEGORIES } from '../catalogue/rules.ts'
import { CITIES, countiesOf, regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { SelectField, TextField } from '../ui/form.tsx'
import { Reader } from '../ui/reader.ts'
import { boxText } from './rules.ts'
import type { Search } from './rules.ts'
import { strings } from './strings.ts'

type FormProps = { c: Ctx; asked: Search }

export function SearchForm({ c, asked }: FormProps) {
  const t = words(c, strings)
  return (
    <Reader.Provider value={c.var.lang}>
      <form
        id="search"
        class="map-search"
        method="get"
        action="/map"
        role="search"
        aria-label={t.search_form}
      >
        <div class="map-search-word">
          <TextField
            name="word"
            label={t.word}
            value={asked.typed}
            type="search"
            hint={t.word_hint}
            autocomplete="off"
            maxlength={TYPED_CHARACTERS_MAX}
          />
          <button type="submit" class="govuk-button">
            {t.search}
          </button>
        </div>
        <div class="map-search-where">
          <Where c={c} asked={asked} />
        </div>
        <More c={c} asked={asked} />
        <Kept asked={asked} />
      </form>
    </Reader.Provider>
  )
}

function Where({ c, asked }: FormProps) {
  const t = words(c, strings)
  return (
    <>
      <SelectField
        name="region"
        label={t.region}
        value={asked.region ?? ''}
        options={regionOptions(c)}
        empty={t.whole_province}
      />
      <SelectField
        name="category"
        label={t.category}
        value={asked.category ?? ''}
        options={CATEGORIES.map((category) => ({
          value: category,
          text: categoryWord(category, c.var.lang),
        }))}
        empty={t.all_categories}
      />
    </>
  )
}

/** What few ask for; open as soon as one of it is set. */
function More({ c, asked }: FormProps) {
  const t = words(c, strings)
  const { near, accepts } = asked
  const place = near && !near.region ? `${near.lng},${near.lat}` : null
  return (
    <details class="map-search-more" open={accepts !== null || near !== null}>
      <summary>{t.more}</summary>
      <div class="map-search-where">
        <SelectField
          name="accepts"
          label={t.accepts}
          hint={t.accepts_hint}
          value={accepts ?? ''}
          options={regionOptions(c).filter(({ city }) => !city)}
          empty={t.any_voucher}
        />
        <SelectField
          name="near"
          label={t.near}
          hint={t.near_hint}
          value={place ?? near?.region ?? ''}
          options={[...(place ? [{ value: place, text: t.my_place }] : []), ...regionOptions(c)]}
          empty={t.no_near}
        />
      </div>
    </details>
  )
}

/** What the address holds and no field shows: it stays when the form is sent, '' as a default. */
function Kept({ asked }: { asked: Search }) {
  const { kind, sort, box } = asked
  return (
    <>
      <input type="hidden" name="kind" value={kind === 'organisation' ? '' : kind} />
      {sort === 'relevance' ? null : <input type="hidden" name="sort" value={sort} />}
      {box ? <input type="hidden" name="box" value={boxText(box)} /> : null}
    </>
  )
}

type RegionOption = { value: string; text: string; group: string; city: boolean }

/** Each city as a group, itself first, then its counties. */
function regionOptions(c: Ctx): RegionOption[] {
  const t = words(c, strings)
  return CITIES.flatMap((city) => {
    const group = regionName(city.code, c.var.lang)
    const counties = countiesOf(city.code).map((county) => ({
      value: county.code,
      text: c.var.lang === 'zh' ? county.name : regionName(county.code, 'en'),
      group,
      city: false,
    }))
    return [{ value: city.code, text: t.whole_city(group), group, city: true }, ...counties]
  })
}
