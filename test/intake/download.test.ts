/** Rows of an import as a file: whole, or visibly not; never one that ends early. */
import { env } from 'cloudflare:workers'
import { runInDurableObject } from 'cloudflare:test'
import { beforeAll, describe, expect, test } from 'vitest'
import { answerRows } from '../../src/intake/download.ts'
import type { IntakeJob } from '../../src/intake/object.ts'
import type { Ctx } from '../../src/platform/bindings.ts'
import { ask, formOf, fresh, textOf, upload } from './desk.ts'
import { SERVICE_HEAD, admit, csvOf, jobOf, stateOf, workbookOf } from './fixture.ts'
import type { Sheet } from './fixture.ts'

beforeAll(admit)

/** More bad rows than a page of the job holds. */
const COUNT = 1200
const bad: Sheet = Array.from({ length: COUNT }, (_none, at) => [
  `缺类别 ${at}`,
  '',
  1,
  '次',
  '',
  '',
  '',
])
const file = new Blob([csvOf([SERVICE_HEAD, ...bad])])

test('holds every bad row once, and is read again as it is', async () => {
  const { path } = await upload('wu', 'carrier', 'service', file)
  const text = await textOf('wu', `${path}/rows?verdict=bad`)
  expect(text.trim().split('\n')).toHaveLength(COUNT + 1)
  const again = await upload('wu', 'carrier', 'service', new Blob([text]), '改.csv')
  expect((await stateOf(again.id)).facts).toMatchObject({ rows: COUNT, bad: COUNT })
})

test('is a workbook where a workbook was sent', async () => {
  const book = await workbookOf([...fresh('丑'), ...bad.slice(0, 2)])
  const { path } = await upload('wu', 'carrier', 'service', book, '服务.xlsx')
  expect(await textOf('wu', path)).toContain('下载全部有问题的行（XLSX）')
  const { answer } = await ask('wu', 'GET', `${path}/rows?verdict=bad`)
  expect(answer.headers.get('Content-Type')).toContain('spreadsheetml')
  const again = await upload('wu', 'carrier', 'service', await answer.blob(), '改.xlsx')
  expect((await stateOf(again.id)).facts).toMatchObject({ rows: 2, bad: 2 })
})

describe('where the job', () => {
  /** As the door has it, with a job that answers only so often. */
  async function answerAfter(answers: number) {
    const { id } = await upload('wu', 'carrier', 'service', file)
    const { one } = await stateOf(id)
    let asked = 0
    const silent = Object.assign(new Error('Network connection lost.'), { retryable: true })
    const getByName = () => ({
      list: async (...words: Parameters<IntakeJob['list']>) => {
        asked += 1
        if (asked > answers) throw silent
        return jobOf(id).list(...words)
      },
    })
    const body = (content: ReadableStream, status: number) => new Response(content, { status })
    const c = { env: { ...env, INTAKE: { getByName } }, var: { lang: 'zh' }, body }
    return answerRows(c as unknown as Ctx, one, 'bad')
  }

  test('falls silent half-way, the file breaks off', async () => {
    const answer = await answerAfter(1)
    await expect(answer?.text()).rejects.toThrow('the job fell silent')
  })

  test('does not answer at all, there is no file', async () => {
    await expect(answerAfter(0)).rejects.toMatchObject({ status: 503 })
  })

  test('has thrown its rows away, the page says so and offers none', async () => {
    const content = new Blob([csvOf([...fresh('寅'), ...bad.slice(0, 3)])])
    const { id, path } = await upload('wu', 'carrier', 'service', content)
    await ask('wu', 'POST', `${path}/abandonment`)
    await runInDurableObject(jobOf(id), (_job: IntakeJob, state) => {
      state.storage.sql.exec('UPDATE job SET due_at = 1')
    })
    await runInDurableObject(jobOf(id), (job: IntakeJob) => job.alarm())
    const gone = await ask('wu', 'GET', `${path}/rows?verdict=bad`)
    expect([gone.status, gone.to]).toEqual([303, `${path}?gone=1`])
    expect(await textOf('wu', gone.to)).toContain('明细只保留 30 天')
  })

  test('is about to, after its import was sent back, the page offers them no longer', async () => {
    const content = new Blob([csvOf([...fresh('卯'), ...bad.slice(0, 3)])])
    const { id, path } = await upload('wu', 'carrier', 'service', content)
    await ask('wu', 'POST', `${path}/decision`, formOf({ mode: 'good' }))
    const desk = `/bureau/imports/${id}`
    const reason = '请改好再报'
    await ask('xihu-review', 'POST', `${desk}/review`, formOf({ verdict: 'return', reason }))
    expect(await textOf('wu', path)).toContain('下载全部有问题的行（CSV）')
    await runInDurableObject(jobOf(id), (_job: IntakeJob, state) => {
      state.storage.sql.exec('UPDATE job SET due_at = 1')
    })
    const page = await textOf('wu', path)
    expect(page).toContain('明细只保留 30 天')
    expect(page).not.toContain('/rows?verdict=')
  })
})
