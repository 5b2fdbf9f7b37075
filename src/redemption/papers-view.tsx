/** 「附件」 of one voucher: invoice code and number, invoice and proof files (SPEC D2). */
import { FILES_MAX, FILE_ACCEPT, uploadMessage } from '../attachment/client.ts'
import { formatFen } from '../kernel/amount.ts'
import { VoucherBadge } from '../ledger/badge-view.tsx'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { page } from '../platform/respond.tsx'
import { Badge } from '../ui/badge.tsx'
import {
  Button,
  Buttons,
  ErrorSummary,
  FileField,
  Form,
  LinkButton,
  TextField,
} from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { SummaryList } from '../ui/list.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import { useFormOf } from '../voucher/client.ts'
import { PAPER_KINDS } from '../voucher/rules.ts'
import type { Invoice, Paper, PaperKind } from '../voucher/rules.ts'
import type { PapersRefused } from './client.ts'
import { LIST, papersText, placeOf } from './row-view.tsx'
import type { Side } from './row-view.tsx'
import { takesPapers } from './rules.ts'
import type { Item } from './rules.ts'
import { strings } from './strings.ts'

/** Always asked for; contract and others only where the bureau's rule wants them and they lack. */
const ALWAYS: readonly PaperKind[] = ['invoice', 'result']

export async function papersPage(c: Ctx, props: Omit<PapersProps, 'c'>): Promise<Response> {
  const failed = Object.keys(props.errors ?? {}).length > 0
  return page(
    c,
    <Layout c={c} title={words(c, strings).papersTitle} error={failed}>
      <PapersPage c={c} {...props} />
    </Layout>,
    props.status ?? (failed ? 422 : 200),
  )
}

/** A message beside each field that was refused, in the reader's language. */
export function papersErrors(c: Ctx, refused: PapersRefused): Errors {
  const { errors } = words(c, strings)
  const text = (refusal: PapersRefused[string]) =>
    refusal.code in errors
      ? errors[refusal.code as keyof typeof errors]
      : uploadMessage(c.var.lang, refusal as Parameters<typeof uploadMessage>[1])
  return Object.fromEntries(
    Object.entries(refused).map(([field, refusal]) => [field, text(refusal)]),
  )
}

export type PapersProps = {
  c: Ctx
  side: Side
  item: Item
  papers: readonly Paper[]
  invoice: Invoice | undefined
  typed?: Readonly<Record<string, string>>
  errors?: Errors
  saved?: boolean
  /** 409 where papers came too late. */
  status?: 409
}

function PapersPage(props: PapersProps) {
  const { c, side, item, errors = {}, saved } = props
  const t = words(c, strings)
  const open = takesPapers(item.voucher)
  return (
    <>
      <Crumbs items={[{ label: t.title, href: LIST[side] }]} />
      <ErrorSummary c={c} errors={errors} labels={labelsOf(c)} />
      <h1>{t.papersTitle}</h1>
      {saved ? <Saved {...props} /> : null}
      <Head {...props} />
      {open ? (
        <p>
          {t.papersLead}
          {t.filesLead(Math.max(0, FILES_MAX - props.papers.length))}
        </p>
      ) : (
        <Notice>{t.closed}</Notice>
      )}
      {open ? <PapersForm {...props} /> : <PapersRead {...props} />}
    </>
  )
}

function Head({ c, side, item, papers }: PapersProps) {
  const t = words(c, strings)
  const { voucher, missing } = item
  const form = useFormOf(voucher)
  const asked = takesPapers(voucher) ? kindsOf({ item }) : PAPER_KINDS
  const rest = PAPER_KINDS.filter((kind) => !asked.includes(kind)).map((kind) => ({
    label: t.kinds[kind],
    files: filesOf(placeOf(side, voucher), papers, kind),
  }))
  const asks = papersText(c, missing)
  return (
    <SummaryList
      rows={[
        {
          label: t.columns.voucher,
          value: `${voucher.number} · ${formatFen(voucher.amount_fen)} · ${form.service_name}`,
        },
        { label: t.columns.state, value: <VoucherBadge c={c} state={voucher.state} /> },
        {
          label: t.columns.papers,
          value: missing.length === 0 ? <Badge word={asks} tone="good" /> : asks,
        },
        ...rest
          .filter(({ files }) => files.length > 0)
          .map(({ label, files }) => ({ label, value: <Files c={c} files={files} /> })),
      ]}
    />
  )
}

function Saved({ c, side, item: { missing, voucher } }: PapersProps) {
  const t = words(c, strings)
  const complete = missing.length === 0
  return (
    <Notice tone={complete ? 'good' : 'info'} title={t.saved}>
      {complete ? t.savedComplete : t.savedMissing(papersText(c, missing))}{' '}
      {complete && voucher.state === 'confirmed' ? <a href={LIST[side]}>{t.back}</a> : null}
    </Notice>
  )
}

function labelsOf(c: Ctx): Record<string, string> {
  const { invoice_code, invoice_number, kinds } = words(c, strings)
  return { invoice_code, invoice_number, ...kinds }
}

function PapersForm(props: PapersProps) {
  const { c, side, item, papers, invoice, typed = {}, errors = {} } = props
  const t = words(c, strings)
  const place = placeOf(side, item.voucher)
  const text = (name: 'invoice_code' | 'invoice_number', hint: string, known = '') => (
    <TextField
      name={name}
      label={t[name]}
      hint={hint}
      value={typed[name] ?? known}
      error={errors[name]}
      required={name === 'invoice_number' && item.missing.includes('invoice_number')}
      inputmode="numeric"
      autocomplete="off"
      width={20}
    />
  )
  return (
    <Form c={c} action={`${place}/papers`} multipart>
      {text('invoice_code', t.invoice_code_hint, invoice?.code)}
      {text('invoice_number', t.invoice_number_hint, invoice?.number)}
      {kindsOf(props).map((kind) => (
        <FileField
          name={kind}
          label={t.kinds[kind]}
          error={errors[kind]}
          required={item.missing.includes(kind)}
          accept={FILE_ACCEPT}
          files={filesOf(place, papers, kind)}
          multiple
        />
      ))}
      <Buttons>
        <Button>{t.save}</Button>
        <LinkButton href={LIST[side]} tone="secondary">
          {t.back}
        </LinkButton>
      </Buttons>
    </Form>
  )
}

function PapersRead({ c, side, item, papers, invoice }: PapersProps) {
  const t = words(c, strings)
  const place = placeOf(side, item.voucher)
  const kinds = (['invoice', 'result', 'contract', 'other'] as const).map((kind) => ({
    label: t.kinds[kind],
    value: <Files c={c} files={filesOf(place, papers, kind)} />,
  }))
  return (
    <SummaryList
      rows={[
        { label: t.invoice_code, value: invoice?.code || t.noInvoice },
        { label: t.invoice_number, value: invoice?.number ?? t.noInvoice },
        ...kinds,
      ]}
    />
  )
}

function Files({ c, files }: { c: Ctx; files: ReturnType<typeof filesOf> }) {
  if (files.length === 0) return <>{words(c, strings).filesNone}</>
  return (
    <ul class="files">
      {files.map((file) => (
        <li>
          <a href={file.href}>{file.name}</a>
        </li>
      ))}
    </ul>
  )
}

/** The kinds that the form asks for. */
export function kindsOf({ item }: Pick<PapersProps, 'item'>): PaperKind[] {
  const more = (['contract', 'other'] as const).filter((kind) => item.missing.includes(kind))
  return [...ALWAYS, ...more]
}

function filesOf(place: string, papers: readonly Paper[], kind: PaperKind) {
  return papers
    .filter((paper) => paper.kind === kind)
    .map(({ file, name, size }) => ({ name, size, href: `${place}/papers/${file}` }))
}
