/** The search as a form, its answers as a list, and an organisation as a page. */
import { categoryWord, priceWords } from '../catalogue/client.ts'
import { CATEGORIES, SEARCH_CHARACTERS_MAX } from '../catalogue/rules.ts'
import { CITIES, countiesOf, regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { SelectField, TextField } from '../ui/form.tsx'
import { Card, CardGrid } from '../ui/card.tsx'
import { Empty, Filters, Pagination } from '../ui/list.tsx'
import { KINDS, addressOf, pagesOf } from './rules.ts'
import type { Kind, Search } from './rules.ts'
import type { Hit } from './store.ts'
import { strings } from './strings.ts'

export function SearchForm({ c, asked }: { c: Ctx; asked: Search }) {
  const t = words(c, strings)
  return (
    <Filters c={c} action="/map" submit={t.search} label={t.search_form}>
      <TextField
        name="word"
        label={t.word}
        value={asked.typed}
        type="search"
        hint={t.word_hint}
        maxlength={SEARCH_CHARACTERS_MAX}
      />
      <SelectField
        name="kind"
        label={t.kind}
        value={asked.kind}
        options={KINDS.map((kind) => ({ value: kind, text: t.kinds[kind] }))}
        empty={null}
      />
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
    </Filters>
  )
}

/** Each city as a group, itself first, then its counties. */
function regionOptions(c: Ctx): { value: string; text: string; group: string }[] {
  const t = words(c, strings)
  return CITIES.flatMap((city) => {
    const group = regionName(city.code, c.var.lang)
    const counties = countiesOf(city.code).map((county) => ({
      value: county.code,
      text: c.var.lang === 'zh' ? county.name : regionName(county.code, 'en'),
      group,
    }))
    return [{ value: city.code, text: t.whole_city(group), group }, ...counties]
  })
}

type ResultsProps = {
  c: Ctx
  asked: Search
  counts: Readonly<Record<Kind, number>>
  hits: readonly Hit[]
}

/** How many there are, what else the same search finds, and one page of the list. */
export function Results({ c, asked, counts, hits }: ResultsProps) {
  const t = words(c, strings)
  const total = counts[asked.kind]
  return (
    <>
      <h2 class="govuk-heading-m">{t.found[asked.kind](total)}</h2>
      <OtherKinds c={c} asked={asked} counts={counts} />
      {hits.length === 0 ? (
        <Empty title={t.none_title}>
          <p>{t.none_text}</p>
          <p>
            <a class="govuk-link" href="/map">
              {t.none_clear}
            </a>
          </p>
        </Empty>
      ) : (
        <CardGrid label={t.kinds[asked.kind]}>
          {hits.map((hit) => (
            <HitCard c={c} hit={hit} kind={asked.kind} />
          ))}
        </CardGrid>
      )}
      <Pagination c={c} page={asked.page} pages={pagesOf(total)} />
    </>
  )
}

function OtherKinds({ c, asked, counts }: Omit<ResultsProps, 'hits'>) {
  const t = words(c, strings)
  const others = KINDS.filter((kind) => kind !== asked.kind && counts[kind] > 0)
  if (others.length === 0) return null
  return (
    <p class="govuk-body">
      {t.also}{' '}
      {others.map((kind) => (
        <>
          {' '}
          <a class="govuk-link" href={addressOf(asked, { kind })}>
            {t.also_kind[kind](counts[kind])}
          </a>
        </>
      ))}
    </p>
  )
}

function HitCard({ c, hit, kind }: { c: Ctx; hit: Hit; kind: Kind }) {
  const t = words(c, strings)
  const own = kind === 'organisation'
  return (
    <Card
      name={own ? hit.name : `${hit.name} ${hit.organisation_name}`}
      link={hit.name}
      href={`/map/organisations/${hit.organisation}`}
      tone="info"
    >
      {own ? <p>{t.offers(hit.services, hit.instruments)}</p> : <p>{hit.organisation_name}</p>}
      {hit.matched ? <p>{t.matched(hit.matched)}</p> : null}
      {hit.category ? <p>{categoryWord(hit.category, c.var.lang)}</p> : null}
      {hit.price ? <p>{priceWords(hit.price, c.var.lang)}</p> : null}
      <p class="hint">
        {regionName(hit.county, c.var.lang)} · {hit.phone}
      </p>
    </Card>
  )
}
