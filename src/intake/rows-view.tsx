/** Rows of a file: what is wrong with the bad ones, and the others as they were written. */
import type { Language } from '../kernel/text.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Table } from '../ui/list.tsx'
import type { KeptRow } from './client.ts'
import { columnsOf } from './column-rules.ts'
import { problemStrings } from './problem-strings.ts'
import type { Problem } from './row-rules.ts'
import type { Fault, Import } from './rules.ts'
import { importStrings } from './import-strings.ts'

type Of = Pick<Import, 'kind' | 'carrier'>

/** What a column is called in this import. */
function headingOf(lang: Language, one: Of, key: Problem['column']): string {
  if (key === null) return problemStrings[lang].row
  const column = columnsOf(one.kind, one.carrier === null).find((some) => some.key === key)
  return column?.[lang] ?? key
}

/** What is wrong, in words that name the column. */
export function problemText(lang: Language, one: Of, { column, code, facts }: Problem): string {
  const { problems } = problemStrings[lang]
  const say: Readonly<Record<string, (...parts: string[]) => string>> = problems
  const values = Object.values(facts).map((fact) => String(fact ?? ''))
  return (say[code] ?? problems.other)(headingOf(lang, one, column), ...values)
}

/** Why the file cannot be read. */
export function faultText(lang: Language, { code, facts }: Fault): string {
  return problemStrings[lang].faults[code](String(facts[lang] ?? ''), String(facts['line'] ?? ''))
}

type RowsProps = { c: Ctx; one: Import; rows: readonly KeptRow[]; caption: string }

/** One line for each problem: where, what, and what stands there. */
export function Problems({ c, one, rows, caption }: RowsProps) {
  const t = words(c, importStrings)
  const { lang } = c.var
  return (
    <Table
      caption={caption}
      columns={[{ label: t.line, align: 'right' }, { label: t.problem }, { label: t.cell }]}
      rows={rows.flatMap((row) =>
        row.problems.map((problem) => ({
          name: `${t.line} ${row.line}`,
          cells: [
            String(row.line),
            problemText(lang, one, problem),
            short(problem.column === null ? (row.cells.name ?? '') : row.cells[problem.column]),
          ],
        })),
      )}
    />
  )
}

/** Rows as they were written, with the columns that any of them fills. */
export function Rows({ c, one, rows, caption }: RowsProps) {
  const t = words(c, importStrings)
  const filled = columnsOf(one.kind, one.carrier === null).filter(({ key }) =>
    rows.some(({ cells }) => cells[key] !== undefined),
  )
  return (
    <Table
      caption={caption}
      columns={[
        { label: t.line, align: 'right' },
        ...filled.map((column) => ({
          label: column[c.var.lang],
          ...(column.key === 'price' ? { align: 'right' as const } : {}),
        })),
      ]}
      rows={rows.map((row) => ({
        name: row.cells.name ?? `${t.line} ${row.line}`,
        cells: [String(row.line), ...filled.map(({ key }) => short(row.cells[key]))],
      }))}
    />
  )
}

const SHOWN_CHARACTERS = 60

function short(text = ''): string {
  const characters = [...text]
  if (characters.length <= SHOWN_CHARACTERS) return text
  return `${characters.slice(0, SHOWN_CHARACTERS).join('')}…`
}
