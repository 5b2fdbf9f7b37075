/** The rows of a file as the job keeps them: as they were written, and what was found of them. */
import type { Cells } from './column-rules.ts'
import type { Problem } from './row-rules.ts'

/** good: may be published; published: stands already and is left out. */
export type Verdict = 'good' | 'bad' | 'published'

/** A row as it was read. `carrier` is whose it is, '' where nobody's. */
export type KeptRow = {
  line: number
  verdict: Verdict
  carrier: string
  cells: Cells
  problems: readonly Problem[]
}

export function insertRow(sql: SqlStorage, row: KeptRow): void {
  sql.exec(
    'INSERT INTO rows (line, verdict, carrier, cells, problems) VALUES (?, ?, ?, ?, ?)',
    row.line,
    row.verdict,
    row.carrier,
    JSON.stringify(row.cells),
    JSON.stringify(row.problems),
  )
}

/** The line that has this key already; otherwise it is kept for `line`. */
export function claimKey(sql: SqlStorage, key: string, line: number): number | undefined {
  const [first] = sql.exec<{ line: number }>('SELECT line FROM keys WHERE key = ?', key).toArray()
  if (first) return first.line
  sql.exec('INSERT INTO keys (key, line) VALUES (?, ?)', key, line)
  return undefined
}

/** Rows of a verdict after a line, in their order. */
export function listRows(
  sql: SqlStorage,
  verdict: Verdict,
  after: number,
  limit: number,
): KeptRow[] {
  const query = 'SELECT * FROM rows WHERE verdict = ? AND line > ? ORDER BY line LIMIT ?'
  return sql
    .exec<Record<keyof KeptRow, string> & { line: number }>(query, verdict, after, limit)
    .toArray()
    .map(({ line, carrier, cells, problems }) => ({
      line,
      verdict,
      carrier,
      cells: JSON.parse(cells) as Cells,
      problems: JSON.parse(problems) as Problem[],
    }))
}
