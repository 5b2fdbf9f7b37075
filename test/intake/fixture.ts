/** Files of the cast, sent and read to the end, and what D1 and the job then say of them. */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import writeXlsxFile from 'write-excel-file/universal'
import { admitCarriers } from '../../src/catalogue/client.ts'
import { CATEGORIES } from '../../src/catalogue/rules.ts'
import { newId } from '../../src/kernel/id.ts'
import type { IntakeJob } from '../../src/intake/object.ts'
import { readJob } from '../../src/intake/job.ts'
import type { Job } from '../../src/intake/job.ts'
import type { FileType, Kind, Move } from '../../src/intake/rules.ts'
import { findImport, insertImport, insertMove } from '../../src/intake/store.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { insertBureau } from '../../src/policy/client.ts'
import { PEOPLE } from '../support/cast.ts'

/** 浙江演示智能制造检测研究院 in 西湖区, and 宁波's institute of another region. */
export const ZHIJIAN = '01900000-0000-7000-8000-00000000c001'
export const NINGBO = '01900000-0000-7000-8000-00000000c002'
export const NINGBO_USCC = '12330203470001032B'
export const XIHU = '330106'

export async function admit(): Promise<void> {
  const common = { contact: '吴检', phone: '0571-80000011', legal_representative: '孟代表' }
  const place = { address: '文三路 1 号', lng: 120.13, lat: 30.27, intro: '', admitted_at: 0 }
  const { uscc, unit: name } = PEOPLE.wu
  const carriers = [
    { id: ZHIJIAN, uscc, name, county: XIHU },
    { id: NINGBO, uscc: NINGBO_USCC, name: '宁波演示材料检测中心', county: '330203' },
  ]
  const rows = carriers.map((one) => ({ ...one, ...common, ...place, categories: CATEGORIES }))
  const bureau = { region: XIHU, name: '西湖区科技局' }
  const db = dbOf(env)
  await commit(db, [...admitCarriers(db, rows, 0), insertBureau(db, bureau)])
}

export type Sent = {
  kind?: Kind
  /** null for an import of a bureau. */
  carrier?: string | null
  region?: string
  type?: FileType
}

/** An import as the page would begin it; nobody has woken its job. */
export async function sendFile(content: Blob | string, sent: Sent = {}): Promise<string> {
  const { kind = 'service', carrier = ZHIJIAN, region = XIHU, type = 'csv' } = sent
  const id = newId()
  const blob = new Blob([content])
  const key = `intake/${id}/file`
  await env.FILES.put(key, await blob.arrayBuffer())
  const file = { file_name: `表.${type}`, file_size: blob.size, file_type: type, sha256: '', key }
  const by = { at: Date.now(), by: 'wu', by_name: '吴检' }
  await commit(dbOf(env), [insertImport(dbOf(env), { id, kind, carrier, region, ...file, ...by })])
  return id
}

export function jobOf(id: string): DurableObjectStub<IntakeJob> {
  return (env.INTAKE as DurableObjectNamespace<IntakeJob>).getByName(id)
}

export function insideOf(id: string): Promise<Job> {
  return runInDurableObject(jobOf(id), (_job: IntakeJob, state) => readJob(state.storage.sql))
}

/** Rings until the job waits for somebody, or is over. Answers how often. */
export async function settle(id: string): Promise<number> {
  for (let rings = 1; rings < 20_000; rings += 1) {
    await runDurableObjectAlarm(jobOf(id))
    const { phase } = await insideOf(id)
    if (phase === 'idle' || phase === 'over' || phase === 'new') return rings
  }
  throw new Error('the job does not come to an end')
}

/** Sends a file and has it read. */
export async function readFile(content: Blob | string, sent: Sent = {}) {
  const id = await sendFile(content, sent)
  await jobOf(id).wake()
  await settle(id)
  return { id, ...(await stateOf(id)) }
}

export async function stateOf(id: string) {
  const one = await findImport(dbOf(env), id)
  if (!one) throw new Error('no such import')
  return { one, state: one.state, facts: one.steps.at(-1)?.facts ?? {} }
}

/** Decides as the page would, without waking the job. */
export async function decide(id: string, move: Move): Promise<void> {
  const { one } = await stateOf(id)
  const step = { move, at: Date.now(), by: 'wu', by_name: '吴检', facts: { mode: 'good' } }
  await commit(dbOf(env), [insertMove(dbOf(env), one, step)])
}

export async function count(table: 'services' | 'instruments' | 'carriers'): Promise<number> {
  return (await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>('n')) ?? 0
}

/** What is wrong with the bad rows: line, column and code of each problem. */
export async function problemsOf(id: string): Promise<string[]> {
  const rows = await jobOf(id).list('bad', 0, 1000)
  return rows.flatMap(({ line, problems }) =>
    problems.map(({ column, code }) => `${line} ${column ?? '-'} ${code}`),
  )
}

export type Sheet = readonly (readonly (string | number | null)[])[]

export async function workbookOf(rows: Sheet): Promise<Blob> {
  const cells = rows.map((row) => row.map((value) => (value === null ? null : { value })))
  return writeXlsxFile(cells).toBlob()
}

export function csvOf(rows: Sheet, delimiter = ','): string {
  const quoted = (cell: string | number | null) => `"${String(cell ?? '').replaceAll('"', '""')}"`
  return rows.map((row) => row.map(quoted).join(delimiter)).join('\r\n')
}

export const SERVICE_HEAD = [
  '服务名称',
  '服务类别',
  '参考价格（元）',
  '计价单位',
  '服务周期',
  '资质',
  '简介',
]

export function serviceRows(count: number): Sheet {
  return Array.from({ length: count }, (_none, at) => [
    `振动试验 ${at + 1}`,
    '检验检测',
    800 + at,
    '次',
    5,
    'CMA、CNAS',
    '按 GB/T 2423 试验',
  ])
}
