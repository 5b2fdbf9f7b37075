/** The list beside the map: how many of which kind, in which order, and one page of them. */
import type { Answer } from '../atlas/rules.ts'
import { findRegion, regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Empty, Pagination } from '../ui/list.tsx'
import { Notice } from '../ui/notice.tsx'
import { HitCard } from './hit-view.tsx'
import { KINDS, PAGE_MAX, SORTS, addressOf, nearOf, pagesOf } from './rules.ts'
import type { Kind, Search, Way } from './rules.ts'
import type { Extra, Open } from './store.ts'
import { strings } from './strings.ts'

export type Found = {
  answer: Answer
  counts: Readonly<Record<Kind, number>>
  extras: ReadonlyMap<string, Extra>
  /** Searches nearby, where nothing is found. */
  open: readonly Open[]
}

type ResultsProps = { c: Ctx; asked: Search; found: Found }

/** `county` is the one whose vouchers the reader has. */
export function Results({ c, asked, found, county }: ResultsProps & { county: string | null }) {
  const t = words(c, strings)
  const { total, hits } = found.answer
  return (
    <section id="results" class="map-results" aria-labelledby="found">
      <Kinds c={c} asked={asked} counts={found.counts} />
      <h2 id="found" class="map-found">
        {t.found[asked.kind](total.toLocaleString('en'))}
      </h2>
      <Narrowed c={c} asked={asked} />
      <Mine c={c} asked={asked} county={county} />
      {total > 1 ? <Sorts c={c} asked={asked} /> : null}
      {asked.sort === 'distance' && !nearOf(asked) ? <Notice>{t.need_place}</Notice> : null}
      {hits.map((hit) => (
        <HitCard c={c} asked={asked} hit={hit} extra={found.extras.get(hit.subject)} />
      ))}
      {hits.length === 0 ? <Nothing c={c} asked={asked} found={found} /> : null}
      {hits.length > 0 ? <Pagination c={c} page={asked.page} pages={pagesOf(total)} /> : null}
      {asked.page === PAGE_MAX && hits.length > 0 ? <p class="hint">{t.no_further}</p> : null}
      <p class="map-open">
        <a href="/api">{t.open}</a>
      </p>
    </section>
  )
}

/** The three kinds with how many each has; the number stands outside of the link's name. */
function Kinds({ c, asked, counts }: { c: Ctx; asked: Search; counts: Found['counts'] }) {
  const t = words(c, strings)
  return (
    <nav class="tabs kinds" aria-label={t.kind}>
      <ul>
        {KINDS.map((kind) => (
          <li>
            <a
              id={`kind-${kind}`}
              href={addressOf(asked, { kind })}
              aria-current={kind === asked.kind ? 'page' : undefined}
            >
              {t.kinds[kind]}
            </a>
            <span class="count">{counts[kind].toLocaleString('en')}</span>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Sorts({ c, asked }: { c: Ctx; asked: Search }) {
  const t = words(c, strings)
  const sorts = SORTS.filter((sort) => sort !== 'price' || asked.kind !== 'organisation')
  return (
    <nav class="sorts" aria-label={t.sort}>
      <span aria-hidden="true">{t.sort}</span>
      <ul>
        {sorts.map((sort) => (
          <li>
            <a
              id={`sort-${sort}`}
              href={addressOf(asked, { sort })}
              aria-current={sort === asked.sort ? 'true' : undefined}
            >
              {t.sorts[sort]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** What narrows the list and is not to be seen in the first row of the form, each to be lifted. */
function Narrowed({ c, asked }: { c: Ctx; asked: Search }) {
  const t = words(c, strings)
  const county = asked.accepts ? regionName(asked.accepts, c.var.lang) : ''
  const lifts: { what: string; change: Partial<Search> }[] = [
    ...(asked.box ? [{ what: t.in_view, change: { box: null } }] : []),
    ...(asked.accepts ? [{ what: t.for_vouchers(county), change: { accepts: null } }] : []),
    ...(asked.near && !asked.near.region ? [{ what: t.from_place, change: { near: null } }] : []),
  ]
  if (lifts.length === 0) return null
  return (
    <ul class="lifts" aria-label={t.narrowed}>
      {lifts.map(({ what, change }) => (
        <li>
          <span>{what}</span>
          <a href={addressOf(asked, change)} aria-label={t.lift(what)}>
            ×
          </a>
        </li>
      ))}
    </ul>
  )
}

/** For an enterprise: what its own vouchers may be used for, in one press. */
function Mine({ c, asked, county }: { c: Ctx; asked: Search; county: string | null }) {
  const t = words(c, strings)
  if (!county || asked.accepts === county) return null
  return (
    <p class="mine">
      <a href={addressOf(asked, { accepts: county })}>{t.mine(regionName(county, c.var.lang))}</a>
    </p>
  )
}

/** Why nothing stands here and where something does. */
function Nothing({ c, asked, found }: ResultsProps) {
  const t = words(c, strings)
  const { total } = found.answer
  const ways = [
    ...KINDS.filter((kind) => found.counts[kind] > 0).map((kind) => ({
      text: t.ways.kind(t.kinds[kind]),
      href: addressOf(asked, { kind }),
      total: found.counts[kind],
    })),
    ...found.open.map((way) => ({
      text: wayWords(c, way),
      href: addressOf(way.asked),
      total: way.total,
    })),
  ]
  if (total > 0)
    return (
      <Empty title={t.beyond}>
        <p>
          <a href={addressOf(asked, { page: pagesOf(total) })}>{t.last_page}</a>
        </p>
      </Empty>
    )
  return (
    <Empty title={t.none_title}>
      {ways.length > 0 ? (
        <>
          <p>{t.none_ways}</p>
          <ul class="ways">
            {ways.map(({ text, href, total }) => (
              <li>
                <a href={href}>{text}</a>{' '}
                <span class="hint">{t.hits(total.toLocaleString('en'))}</span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>{t.none_text}</p>
      )}
      <p>
        <a href="/map">{t.none_clear}</a>
      </p>
    </Empty>
  )
}

function wayWords(c: Ctx, { lifted, asked }: Way): string {
  const t = words(c, strings)
  if (lifted === 'word') return t.ways.word(asked.typed)
  if (lifted !== 'region') return t.ways[lifted]
  const wider = findRegion(asked.region ?? '')
  return t.ways.region(wider ? regionName(wider.code, c.var.lang) : t.whole_province)
}
