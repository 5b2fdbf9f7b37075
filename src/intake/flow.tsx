/**
 * What the desks of carriers and bureaus do alike with an import: list, receive, show, decide. Who
 * may do it is the door's business, and whose an import is was looked at before.
 */
import { auditOf } from '../audit/client.ts'
import { isId } from '../kernel/id.ts'
import type { Refusal } from '../kernel/outcome.ts'
import { announce } from '../live/client.ts'
import type { Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import type { Errors } from '../platform/form.ts'
import { accountOf } from '../platform/guard.ts'
import { words } from '../platform/language.ts'
import { page, seeOther, statusOf } from '../platform/respond.tsx'
import { bureauFor } from '../policy/client.ts'
import { Layout } from '../ui/layout.tsx'
import { Crumbs } from '../ui/notice.tsx'
import { progressOf, rowsOf, wakeJob } from './client.ts'
import type { Progress } from './client.ts'
import { answerRows } from './download.ts'
import { ImportPage } from './import-view.tsx'
import type { Seen } from './import-view.tsx'
import { countsOf, decideAbandon, decideImport, isMoving, MODES } from './rules.ts'
import type { Import, Move, State } from './rules.ts'
import { findImport, insertMove, listImports, listNames, listWaiting } from './store.ts'
import type { Whose } from './store.ts'
import { strings } from './strings.ts'
import { answerTemplate } from './template.ts'
import { beginImport, typeOf } from './upload.ts'
import { DESK_KINDS, HOMES, ImportList, pathOf, UploadForm } from './views.tsx'
import type { Desk } from './views.tsx'

type Told = { errors?: Errors; reason?: string; kind?: string | undefined }

/** The upload form, where somebody may upload, above what was imported before. */
export async function listPage(
  c: Ctx,
  desk: Desk,
  whose: Whose & { may_upload: boolean },
  { errors = {}, kind = c.req.query('kind') }: Told = {},
): Promise<Response> {
  const t = words(c, strings)
  const db = dbOf(c.env)
  const asked = Number(c.req.query('page') ?? '1')
  const number = Number.isSafeInteger(asked) && asked > 0 ? asked : 1
  const { imports, pages } = await listImports(db, whose, number)
  const waiting = 'region' in whose && desk === 'bureau' ? await listWaiting(db, whose.region) : []
  const names = await namesOf(c, desk, [...imports, ...waiting])
  const list = { c, desk, names }
  const bad = Object.keys(errors).length > 0
  return page(
    c,
    <Layout c={c} title={t.title} wide error={bad}>
      <Crumbs items={[{ label: t.home[desk], href: HOMES[desk] }]} />
      <h1>{t.title}</h1>
      <p>{t.lead[desk]}</p>
      {waiting.length > 0 ? <ImportList {...list} title={t.waiting} imports={waiting} /> : null}
      {whose.may_upload ? <UploadForm c={c} desk={desk} errors={errors} kind={kind} /> : null}
      <ImportList {...list} title={t.list} imports={imports} page={number} pages={pages} />
    </Layout>,
    bad ? 422 : 200,
  )
}

/** Takes the file of the form and leads to its import; 422 with what is wrong with the form. */
export async function receive(
  c: Ctx,
  desk: Desk,
  whose: Whose & { may_upload: boolean; carrier: string | null; region: string },
): Promise<Response> {
  const t = words(c, strings).errors
  const { typed, files } = await readForm(c)
  const kind = DESK_KINDS[desk].find((one) => one === typed['kind'])
  const file = files['file']?.[0]
  const type = await typeOf(file)
  const errors = {
    ...(kind ? {} : { kind: t.kind_missing }),
    ...(type.ok ? {} : { file: t[type.code] }),
  }
  if (!kind || !type.ok || !file) return listPage(c, desk, whose, { errors, kind })
  const id = typed['key'] ?? ''
  if (!isId(id)) return seeOther(c, pathOf(desk))
  const { carrier, region } = whose
  if (!(await findImport(dbOf(c.env), id)))
    await beginImport(c, file, type.value, { id, kind, carrier, region })
  return seeOther(c, pathOf(desk, id))
}

export function template(c: Ctx, desk: Desk): Response | Promise<Response> {
  const kind = DESK_KINDS[desk].find((one) => one === c.req.query('kind'))
  const type = c.req.query('format') === 'csv' ? 'csv' : 'xlsx'
  return kind ? answerTemplate(c, { kind, type, by_bureau: desk === 'bureau' }) : c.notFound()
}

const BAD_SHOWN = 20
/** Whoever reviews looks at more of them than who sent them. */
const GOOD_SHOWN = { carrier: 5, bureau: 20 } as const

/** What may be done beside reading, and what was told by a press. */
export type May = Seen['may']

/** One import as it stands: state and counts from D1, progress and rows from its job. */
export async function showImport(
  c: Ctx,
  desk: Desk,
  one: Import,
  may: May,
  { errors = {}, reason = '' }: Told = {},
  status: 200 | 409 | 422 | 503 = 200,
): Promise<Response> {
  const after = Math.max(0, Number(c.req.query('after') ?? '0') || 0)
  const counts = countsOf(one)
  const open = one.state === 'preview' || one.state === 'in_review'
  const [progress, bad, good, names, bureau] = await Promise.all([
    lookAt(c, one),
    rowsIf(open && counts?.bad, c, one, { verdict: 'bad', after: 0, limit: BAD_SHOWN }),
    rowsIf(open && counts?.good, c, one, { verdict: 'good', after, limit: GOOD_SHOWN[desk] }),
    namesOf(c, desk, [one]),
    one.carrier === null ? undefined : bureauFor(dbOf(c.env), one.region),
  ])
  const more = good?.length === GOOD_SHOWN[desk]
  const seen = { c, desk, one, progress, bad, good, more, names, may, errors, reason }
  return page(c, <ImportPage {...seen} bureau={bureau?.name ?? ''} />, status)
}

function rowsIf(
  some: number | false | undefined,
  c: Ctx,
  { id }: Import,
  query: Parameters<typeof rowsOf>[2],
): ReturnType<typeof rowsOf> {
  return some ? rowsOf(c.env, id, query) : Promise.resolve([])
}

/** How far the job is; one that D1 has moved on without telling it is told. */
async function lookAt(c: Ctx, one: Import): Promise<Progress | undefined> {
  const progress = await progressOf(c.env, one.id)
  const idle = progress?.phase === 'new' || progress?.phase === 'idle'
  if (isMoving(one.state) && idle) await wakeJob(c.env, one.id)
  return progress
}

async function namesOf(c: Ctx, desk: Desk, imports: readonly Import[]) {
  const ids = imports.flatMap(({ carrier }) => carrier ?? [])
  return desk === 'bureau' ? listNames(dbOf(c.env), ids) : new Map<string, string>()
}

/** A list of rows as a file: the bad ones, unless others are asked for. */
export async function rows(c: Ctx, desk: Desk, one: Import): Promise<Response> {
  const verdicts = ['good', 'published'] as const
  const verdict = verdicts.find((some) => some === c.req.query('verdict'))
  const file = await answerRows(c, one, verdict ?? 'bad')
  return file ?? seeOther(c, `${pathOf(desk, one.id)}?gone=1`)
}

/** 全部导入 or 只导入正确的行. */
export async function decide(c: Ctx, desk: Desk, one: Import, may: May): Promise<Response> {
  const { typed } = await readForm(c)
  const mode = MODES.find((some) => some === typed['mode'])
  const t = words(c, strings).errors
  if (!mode) return showImport(c, desk, one, may, { errors: { form: t.mode } }, 422)
  const decision = decideImport(one, mode)
  if (!decision.ok) return refuse(c, desk, one, may, decision)
  return act(c, desk, one, may, decision.value, { mode })
}

export async function abandon(c: Ctx, desk: Desk, one: Import, may: May): Promise<Response> {
  const decision = decideAbandon(one)
  if (!decision.ok) return refuse(c, desk, one, may, decision)
  return act(c, desk, one, may, decision.value, {})
}

/** Writes a decision with its audit row and wakes the job; 409 where somebody was faster. */
export async function act(
  c: Ctx,
  desk: Desk,
  one: Import,
  may: May,
  move: Move,
  facts: Readonly<Record<string, unknown>>,
): Promise<Response> {
  const db = dbOf(c.env)
  const { id, name } = accountOf(c)
  const written = await commitOnce(db, [
    insertMove(db, one, { move, at: c.var.now, by: id, by_name: name, facts }),
    auditOf(c, `import.${move}`, `import:${one.id}`, {
      region: one.region,
      before: { state: one.state },
      after: facts,
    }),
  ])
  if (!written) {
    const now = (await findImport(db, one.id)) ?? one
    return refuse(c, desk, now, may, {
      ok: false,
      code: 'not_in_state',
      facts: { state: now.state },
    })
  }
  await wakeJob(c.env, one.id)
  await tell(c, one)
  return seeOther(c, pathOf(desk, one.id))
}

/** The other side's lists hear of it. */
async function tell(c: Ctx, { id, carrier, region }: Import): Promise<void> {
  if (carrier === null) return
  const { region: bureau } = await bureauFor(dbOf(c.env), region)
  const hint = { topic: 'catalogue', enterprise: '', id } as const
  await announce(c.env, [`carrier:${carrier}`, `bureau:${bureau}`], hint)
}

type Told422 = Refusal<
  'not_in_state' | 'has_bad_rows' | 'nothing_to_import' | 'reason_required' | 'reason_too_long'
>

/** The same page, saying why nothing was done. */
export function refuse(
  c: Ctx,
  desk: Desk,
  one: Import,
  may: May,
  refusal: Told422,
  reason = '',
): Promise<Response> {
  const field = refusal.code.startsWith('reason') ? 'reason' : 'form'
  const errors = { [field]: refusalText(c, refusal) }
  return showImport(c, desk, one, may, { errors, reason }, statusOf(refusal))
}

function refusalText(c: Ctx, { code, facts }: Told422): string {
  const { errors, states } = words(c, strings)
  const value = (name: string): string => String(facts[name] ?? '')
  if (code === 'not_in_state') return errors.not_in_state(states[value('state') as State])
  if (code === 'has_bad_rows') return errors.has_bad_rows(value('bad'))
  if (code === 'reason_too_long') return errors.reason_too_long(value('max'))
  return errors[code]
}
