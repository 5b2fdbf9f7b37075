/** Rows of an import as a file like the one that was sent, page by page as the job has them. */
import { HTTPException } from 'hono/http-exception'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { answerSheet } from '../platform/sheet.ts'
import type { Row } from '../platform/sheet.ts'
import { rowsOf } from './client.ts'
import type { KeptRow, Verdict } from './client.ts'
import { columnsOf } from './column-rules.ts'
import { LINE_HEADS, PROBLEM_HEADS } from './heading-rules.ts'
import { importStrings } from './import-strings.ts'
import { problemText } from './rows-view.tsx'
import { countsOf } from './rules.ts'
import type { Import } from './rules.ts'

const PAGE_ROWS = 500

/**
 * All rows of a verdict: line, problems, and the cells as they were written, so that a corrected
 * file can be sent again as it is. Undefined where the rows are not kept any more; 503 where the
 * job does not answer. A file that cannot be finished breaks off: it never ends early.
 */
export async function answerRows(
  c: Ctx,
  one: Import,
  verdict: Verdict,
): Promise<Response | undefined> {
  const { lang } = c.var
  const t = words(c, importStrings)
  const count = countsOf(one)?.[verdict] ?? 0
  const first = await pageOf(c, one, verdict, -1)
  if (!first) throw new HTTPException(503, { message: 'job_unreachable' })
  if (first.length === 0 && count > 0) return undefined
  const columns = columnsOf(one.kind, one.carrier === null)
  const at = lang === 'zh' ? 0 : 1
  const base = one.file_name.replace(/\.[^.]*$/, '')
  const titles = { bad: t.bad_rows, good: t.good_rows, published: t.published_rows }
  const sheet = {
    name: `${base} ${titles[verdict]}`,
    columns: [LINE_HEADS[at], PROBLEM_HEADS[at], ...columns.map((column) => column[lang])],
    rows: portionsOf(c, one, { verdict, first, count }),
  }
  return answerSheet(c, sheet, one.file_type)
}

type Asked = { verdict: Verdict; first: readonly KeptRow[]; count: number }

/** Throws where the job falls silent, or has fewer rows than D1 was told. */
async function* portionsOf(c: Ctx, one: Import, asked: Asked): AsyncGenerator<Row[]> {
  const { verdict, count } = asked
  let rows: readonly KeptRow[] | undefined = asked.first
  let told = 0
  while (rows && rows.length > 0) {
    yield rows.map((row) => rowFrom(c, one, row))
    told += rows.length
    rows = await pageOf(c, one, verdict, rows.at(-1)?.line ?? 0)
  }
  if (!rows) throw new Error('the job fell silent')
  if (told < count) throw new Error(`${told} rows instead of ${count}`)
}

function pageOf(c: Ctx, { id }: Import, verdict: Verdict, after: number) {
  return rowsOf(c.env, id, { verdict, after, limit: PAGE_ROWS })
}

function rowFrom(c: Ctx, one: Import, { line, problems, cells }: KeptRow): Row {
  const said = problems.map((problem) => problemText(c.var.lang, one, problem)).join('；')
  const columns = columnsOf(one.kind, one.carrier === null)
  return [line, said, ...columns.map(({ key }) => cells[key] ?? '')]
}
