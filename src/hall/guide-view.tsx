/** 「办事大厅」: the services that a word finds, and the guide of each (SPEC L3). */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { LinkButton, TextField } from '../ui/form.tsx'
import { Empty, Filters, SummaryList } from '../ui/list.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import { WORD_CHARACTERS_MAX, findItems } from './item-rules.ts'
import type { Item } from './item-rules.ts'
import { guides, itemStrings, searchText } from './item-strings.ts'
import { strings } from './strings.ts'

export function HallPage({ c, word }: { c: Ctx; word: string }) {
  const t = words(c, strings)
  const found = findItems(word, searchText)
  return (
    <>
      <h1>{t.hall}</h1>
      <p>{t.hallLead}</p>
      <Filters c={c} action="/hall" submit={t.search} label={t.searchForm}>
        <TextField
          name="word"
          label={t.word}
          value={word}
          type="search"
          width={20}
          maxlength={WORD_CHARACTERS_MAX}
        />
      </Filters>
      {found.length > 0 ? (
        <>
          <h2>{t.found(found.length)}</h2>
          {found.map((item) => (
            <ItemCard c={c} item={item} />
          ))}
        </>
      ) : (
        <Nothing c={c} word={word} />
      )}
      <p class="hint">{t.toMap}</p>
    </>
  )
}

function ItemCard({ c, item }: { c: Ctx; item: Item }) {
  const t = words(c, itemStrings)
  const guide = guides[c.var.lang][item]
  return (
    <article class="item" aria-label={guide.name}>
      <div>
        <h3>{guide.name}</h3>
        <p>{guide.summary}</p>
        <p class="hint">{t.whoIs(guide.who)}</p>
      </div>
      <LinkButton href={`/hall/${item}`}>{t.handle}</LinkButton>
    </article>
  )
}

function Nothing({ c, word }: { c: Ctx; word: string }) {
  const t = words(c, strings)
  return (
    <Empty title={t.noneTitle(word)}>
      <p>{t.noneText}</p>
      <p class="tries">
        {t.tries.map((one) => (
          <a href={`/hall?word=${encodeURIComponent(one)}`}>{one}</a>
        ))}
        <a href="/hall">{t.all}</a>
      </p>
    </Empty>
  )
}

/** The guide of one service, and the way in. The guard of the way in asks for the sign-in. */
export function GuidePage({ c, item }: { c: Ctx; item: Item }) {
  const t = words(c, itemStrings)
  const guide = guides[c.var.lang][item]
  const { actor, account } = c.var
  const other = account !== null && actor?.role !== 'enterprise'
  return (
    <>
      <Crumbs items={[{ label: words(c, strings).hall, href: '/hall' }]} />
      <article aria-label={guide.name}>
        <h1>{guide.name}</h1>
        <p>{guide.summary}</p>
        <SummaryList
          rows={[
            { label: t.who, value: guide.who },
            {
              label: t.needs,
              value: (
                <ul>
                  {guide.needs.map((need) => (
                    <li>{need}</li>
                  ))}
                </ul>
              ),
            },
            { label: t.takes, value: guide.takes },
            { label: t.cost, value: guide.cost },
            { label: t.after, value: guide.after },
          ]}
        />
        {other ? (
          <Notice>{t.otherRole}</Notice>
        ) : (
          <>
            <LinkButton href="/enterprise">{t.fill}</LinkButton>
            {account ? null : <p class="hint">{t.signInFirst}</p>}
          </>
        )}
      </article>
    </>
  )
}
