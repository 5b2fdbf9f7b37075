/** Papers of a voucher: choosing them on the form, and reading them afterwards. */
import type { PropsWithChildren } from 'hono/jsx'
import { FILES_MAX, FILE_ACCEPT } from '../attachment/client.ts'
import { minuteOf } from '../kernel/clock.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { sizeText } from '../ui/choice.tsx'
import { Button, FileField, TextField } from '../ui/form.tsx'
import { Empty, Table } from '../ui/list.tsx'
import { PAPER_KINDS } from './rules.ts'
import type { Invoice, Paper, PaperKind } from './rules.ts'
import { strings as terms } from './strings.ts'
import type { UseProps } from './use-view.tsx'
import { strings } from './use-strings.ts'

/** Where unfinished forms are kept. */
export const DRAFTS = '/enterprise/use/drafts'

/** A named part of the long form. */
export function Part({ title, children }: PropsWithChildren<{ title: string }>) {
  return (
    <section class="form-part" aria-label={title}>
      <h2 class="govuk-heading-m">{title}</h2>
      {children}
    </section>
  )
}

export function PapersPart({ c, id, typed, ground, errors }: UseProps) {
  const [t, w] = [words(c, strings), words(c, terms)]
  const invoice = (name: 'invoice_code' | 'invoice_number') => (
    <TextField
      name={name}
      label={w[name]}
      value={typed[name]}
      error={errors[name]}
      inputmode="numeric"
      autocomplete="off"
    />
  )
  return (
    <Part title={t.sections.papers}>
      <p class="hint">{t.papersHint(FILES_MAX)}</p>
      {PAPER_KINDS.map((kind) => (
        <PaperField c={c} id={id} kind={kind} papers={ground.papers} errors={errors}>
          {ground.policy.papers_at_use.includes(kind) ? t.required : ''}
        </PaperField>
      ))}
      <p class="hint">{t.invoiceHint}</p>
      <div class="field-row">
        {invoice('invoice_code')}
        {invoice('invoice_number')}
      </div>
    </Part>
  )
}

type PaperFieldProps = PropsWithChildren<{
  c: Ctx
  id: string
  kind: PaperKind
  papers: readonly Paper[]
  errors: Errors
}>

function PaperField({ c, id, kind, papers, errors, children }: PaperFieldProps) {
  const [t, w] = [words(c, strings), words(c, terms)]
  const mine = papers.filter((paper) => paper.kind === kind)
  const label = w.paperKinds[kind]
  return (
    <div class="paper-field">
      {mine.length > 0 ? (
        <ul class="files" aria-label={t.paperList(label)}>
          {mine.map((paper) => (
            <li aria-label={paper.name}>
              <a href={`${DRAFTS}/${id}/papers/${paper.file}`}>{paper.name}</a>{' '}
              <span class="hint">{sizeText(paper.size)}</span>{' '}
              <Button tone="secondary" name="remove" value={paper.file} formaction={DRAFTS}>
                {t.remove}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <FileField
        name={`paper_${kind}`}
        label={label}
        error={errors[`paper_${kind}`]}
        hint={children}
        accept={FILE_ACCEPT}
        multiple
      />
    </div>
  )
}

type PapersProps = {
  c: Ctx
  papers: readonly Paper[]
  invoice: Invoice | undefined
  /** The address below which this door serves the files. */
  base: string
}

/** All papers with their download links, and the invoice. */
export function Papers({ c, papers, invoice, base }: PapersProps) {
  const w = words(c, terms)
  return (
    <section aria-label={w.papers}>
      <h2 class="govuk-heading-m">{w.papers}</h2>
      <Table
        caption={w.papers}
        columns={[
          { label: w.paperFile },
          { label: w.paperKind },
          { label: w.paperSize, align: 'right' },
          { label: w.paperAt },
        ]}
        rows={papers.map((paper) => ({
          name: paper.name,
          cells: [
            <a href={`${base}/papers/${paper.file}`}>{paper.name}</a>,
            w.paperKinds[paper.kind],
            sizeText(paper.size),
            minuteOf(paper.at),
          ],
        }))}
        empty={<Empty title={w.noPapers} />}
      />
      <p>
        {w.invoice}
        {invoice ? invoiceWords(c, invoice) : w.noInvoice}
      </p>
    </section>
  )
}

function invoiceWords(c: Ctx, { code, number }: Invoice): string {
  const w = words(c, terms)
  return [code ? `${w.invoice_code} ${code}` : '', `${w.invoice_number} ${number}`]
    .filter(Boolean)
    .join(w.comma)
}
