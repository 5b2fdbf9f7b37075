/** What a reviewer compares: the checks the system made, and the papers themselves. */
import { formatFen } from '../kernel/amount.ts'
import { dayOf } from '../kernel/clock.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Badge } from '../ui/badge.tsx'
import { sizeText } from '../ui/choice.tsx'
import { SummaryList } from '../ui/list.tsx'
import type { Paper } from '../voucher/rules.ts'
import type { Check } from './check-rules.ts'
import { reviewPath } from './desk-view.tsx'
import { papersText } from './row-view.tsx'
import type { Full } from './store.ts'
import { reviewStrings } from './review-strings.ts'

export function Checks({ c, checks }: { c: Ctx; checks: readonly Check[] }) {
  const t = words(c, reviewStrings)
  return (
    <section aria-label={t.checks}>
      <h2>{t.checks}</h2>
      <SummaryList
        rows={checks.map((check) => ({
          label: t.check[check.code],
          value: checkText(c, check),
          action: (
            <Badge word={check.ok ? t.passed : t.look} tone={check.ok ? 'good' : 'waiting'} />
          ),
        }))}
      />
    </section>
  )
}

function checkText(c: Ctx, check: Check): string {
  const t = words(c, reviewStrings)
  const list = (numbers: readonly string[]) => numbers.join(' ')
  switch (check.code) {
    case 'papers':
      return papersText(c, check.missing)
    case 'invoice':
      if (check.number === '') return t.invoiceNone
      return check.ok ? t.invoiceOk(check.number) : t.invoiceSame(list(check.numbers))
    case 'files':
      return check.ok ? t.filesOk : t.filesSame(list(check.numbers))
    case 'share':
      return t.share(formatFen(check.used_fen), formatFen(check.limit_fen), check.percent)
    case 'finished':
      return t.finished(check.day)
  }
}

/** Images are shown, everything else is opened in a window of its own or saved. */
export function Papers({ c, full: { item, papers, invoice } }: { c: Ctx; full: Full }) {
  const t = words(c, reviewStrings)
  const kinds = (['invoice', 'result', 'contract', 'other'] as const).filter(
    (kind) => kind !== 'other' || papers.some((paper) => paper.kind === kind),
  )
  return (
    <section aria-label={t.papers}>
      <h2>{t.papers}</h2>
      <p>{invoice ? t.invoice(invoice.code, invoice.number) : t.noInvoice}</p>
      {kinds.map((kind) => {
        const own = papers.filter((paper) => paper.kind === kind)
        return (
          <>
            <h3>{t.kinds[kind]}</h3>
            {own.length === 0 ? <p class="hint">{t.none}</p> : null}
            {own.map((paper) => (
              <PaperFigure c={c} place={reviewPath(item.voucher)} paper={paper} />
            ))}
          </>
        )
      })}
    </section>
  )
}

type PaperFigureProps = { c: Ctx; place: string; paper: Paper }

function PaperFigure({ c, place, paper }: PaperFigureProps) {
  const t = words(c, reviewStrings)
  const { name, size, at, file } = paper
  const href = `${place}/papers/${file}`
  return (
    <figure class="paper" aria-label={name}>
      {/\.(?:jpe?g|png)$/i.test(name) ? (
        <a
          href={`${href}?inline=1`}
          target="_blank"
          rel="noopener"
          tabindex={-1}
          aria-hidden="true"
        >
          <img src={`${href}?inline=1`} alt="" loading="lazy" />
        </a>
      ) : null}
      <figcaption>
        {name}{' '}
        <span class="hint">
          {sizeText(size)} · {dayOf(at)}
        </span>{' '}
        {/\.(?:jpe?g|png|pdf)$/i.test(name) ? (
          <a href={`${href}?inline=1`} target="_blank" rel="noopener">
            {t.open}
          </a>
        ) : null}{' '}
        <a href={href}>{t.download}</a>
      </figcaption>
    </figure>
  )
}
