/** Rows of an import as a file, handed out page by page as the job has them. */
import { stringify } from 'csv-stringify/browser/esm/sync'
import type { Ctx } from '../platform/bindings.ts'
import { fileNames } from '../platform/files.ts'
import { words } from '../platform/language.ts'
import { rowsOf } from './client.ts'
import type { Verdict } from './client.ts'
import { LINE_HEADS, PROBLEM_HEADS, columnsOf } from './column-rules.ts'
import { problemText } from './rows-view.tsx'
import type { Import } from './rules.ts'
import { importStrings } from './import-strings.ts'

const PAGE_ROWS = 500

/**
 * All rows of a verdict as CSV, page by page out of the job: line, problems, and the cells as they
 * were written, so that a corrected file can be sent again as it is.
 */
export function answerRows(c: Ctx, one: Import, verdict: Verdict): Response {
  const { lang } = c.var
  const t = words(c, importStrings)
  const columns = columnsOf(one.kind, one.carrier === null)
  const at = lang === 'zh' ? 0 : 1
  const head = [LINE_HEADS[at], PROBLEM_HEADS[at], ...columns.map((column) => column[lang])]
  let after = -1
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const rows = await rowsOf(c.env, one.id, { verdict, after, limit: PAGE_ROWS })
      const lines = rows.map(({ line, problems, cells }) => [
        String(line),
        problems.map((problem) => problemText(lang, one, problem)).join('；'),
        ...columns.map(({ key }) => cells[key] ?? ''),
      ])
      const first = after === -1
      after = rows.at(-1)?.line ?? after
      const text = stringify(first ? [head, ...lines] : lines, {
        bom: first,
        escape_formulas: true,
      })
      controller.enqueue(new TextEncoder().encode(text))
      if (rows.length < PAGE_ROWS) controller.close()
    },
  })
  const base = one.file_name.replace(/\.[^.]*$/, '')
  const titles = { bad: t.bad_rows, good: t.good_rows, published: t.published_rows }
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; ${fileNames(`${base} ${titles[verdict]}.csv`)}`,
      'Cache-Control': 'no-store',
    },
  })
}
