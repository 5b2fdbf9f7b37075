/**
 * What a job keeps in its object: how far it is, the text of its file, and the rows read from it.
 * All of it is made from the file, so that nothing is lost where it has to begin anew.
 */
import type { Heading } from './heading-rules.ts'
import type { Fault, FileType, Kind } from './rules.ts'
import type { Encoding } from './unpack.ts'
import type { Parts } from './xlsx.ts'

/**
 * new: knows of nothing; unpack: the file becomes text; texts: shared texts of a workbook are read;
 * rows: rows are read and checked; report: D1 is told; idle: somebody has to decide; apply: rows
 * are published; finish: D1 is told; over: kept for a while, then thrown away.
 */
export type Phase =
  'new' | 'unpack' | 'texts' | 'rows' | 'report' | 'idle' | 'apply' | 'finish' | 'over'

/** What the job knows of its import. */
export type Subject = {
  id: string
  kind: Kind
  carrier: string | null
  region: string
  key: string
  file_size: number
  file_type: FileType
}

/** What was found out of the file on the way; `bytes` is the length of the text of each part. */
export type Layout = {
  encoding?: Encoding
  delimiter?: string
  parts?: Parts
  bytes?: Partial<Readonly<Record<Part, number>>>
  heading?: Heading
  fault?: Fault
}

export type Part = 'texts' | 'sheet'

export type Job = {
  phase: Phase
  subject: Subject | null
  offset: number
  path: readonly string[]
  line: number
  layout: Layout
  rows: number
  good: number
  bad: number
  published: number
  applied_line: number
  made: number
  passed: number
  failures: number
  due_at: number | null
}

type Stored = Omit<Job, 'subject' | 'path' | 'layout'> & {
  import: string | null
  path: string
  layout: string
}

export function readJob(sql: SqlStorage): Job {
  const { import: subject, path, layout, ...job } = sql.exec<Stored>('SELECT * FROM job').one()
  return {
    ...job,
    subject: subject === null ? null : (JSON.parse(subject) as Subject),
    path: JSON.parse(path) as string[],
    layout: JSON.parse(layout) as Layout,
  }
}

/** Changes some of what the job knows of itself. */
export function updateJob(sql: SqlStorage, change: Partial<Job>): void {
  for (const [name, value] of Object.entries(change)) {
    const column = name === 'subject' ? 'import' : name
    const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : value
    sql.exec(`UPDATE job SET ${column} = ?`, text)
  }
}

/** Where a step found the job: it is only kept while the job still stands there. */
export function standsAt(sql: SqlStorage, before: Job): boolean {
  const now = readJob(sql)
  const { phase, offset, line, applied_line } = before
  return (
    now.phase === phase &&
    now.offset === offset &&
    now.line === line &&
    now.applied_line === applied_line
  )
}

/** Forgets what was read of the file, to begin anew or for good. */
export function forget(sql: SqlStorage): void {
  for (const table of ['pieces', 'texts', 'rows', 'keys']) sql.exec(`DELETE FROM ${table}`)
}
