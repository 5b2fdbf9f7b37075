/** The home page: what vouchers are in one sentence, a search, how it goes, and the figures. */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import type { PublicFigures } from '../report/client.ts'
import { Money } from '../ui/badge.tsx'
import { LinkButton } from '../ui/form.tsx'
import { Figure, Figures } from '../ui/notice.tsx'
import { WORD_CHARACTERS_MAX } from './item-rules.ts'
import { strings } from './strings.ts'

/** Where somebody of a role works. */
export const WORKPLACES = {
  enterprise: '/enterprise',
  carrier: '/carrier',
  bureau: '/bureau',
} as const

export function Home({ c, figures }: { c: Ctx; figures: PublicFigures }) {
  const t = words(c, strings)
  return (
    <>
      <Hero c={c} />
      <section aria-labelledby="figures">
        <h2 id="figures">{t.figuresTitle(figures.year)}</h2>
        <Figures>
          <Figure label={t.claimed} value={<Money fen={figures.claimed_fen} />} />
          <Figure label={t.used} value={<Money fen={figures.used_fen} />} />
          <Figure label={t.paid} value={<Money fen={figures.paid_fen} />} />
          <Figure label={t.carriers} value={t.carrierUnit(figures.carriers)} />
        </Figures>
        <p class="hint">{t.figuresNote}</p>
      </section>
      <section aria-labelledby="how">
        <h2 id="how">{t.howTitle}</h2>
        <ol class="how">
          {t.how.map(({ title, text }) => (
            <li>
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </section>
      <section aria-labelledby="doors">
        <h2 id="doors">{t.doorsTitle}</h2>
        <ul class="doors">
          {t.doors.map(({ title, text }) => (
            <li>
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

function Hero({ c }: { c: Ctx }) {
  const t = words(c, strings)
  const role = c.var.actor?.role
  return (
    <div class="hero">
      <h1>{t.site}</h1>
      <p class="hero-lead">{t.lead}</p>
      <form class="hero-search" action="/hall" role="search" aria-label={t.searchForm}>
        <label class="govuk-label" for="field-word">
          {t.word}
        </label>
        <div class="hero-row">
          <input
            class="govuk-input"
            id="field-word"
            name="word"
            type="search"
            maxlength={WORD_CHARACTERS_MAX}
            aria-describedby="word-hint"
          />
          <button type="submit" class="govuk-button">
            {t.search}
          </button>
          <button type="submit" class="govuk-button govuk-button--secondary" formaction="/map">
            {t.searchMap}
          </button>
        </div>
        <p class="hero-hint" id="word-hint">
          {t.wordHint}
        </p>
      </form>
      {role ? <LinkButton href={WORKPLACES[role]}>{t.enter[role]}</LinkButton> : null}
    </div>
  )
}
