/** 「附件」: what is missing is added, each file and number judged by itself. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { auditEntries } from '../../src/audit/tables.ts'
import { storeUpload } from '../../src/attachment/client.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { addPaper, invoiceOf, papersOf } from '../../src/voucher/client.ts'
import { send } from '../support/routes.ts'
import { NOW, mainOf, makeVoucher, placeOf, read, setUp, statusOf } from '../voucher/fixture.ts'
import type { People } from '../voucher/fixture.ts'
import {
  complete,
  confirmedVoucher,
  freshNumber,
  papersPath,
  pdf,
  reviewPath,
  sendPapers,
  submit,
  submittedVoucher,
} from './fixture.ts'

let people: People
beforeAll(async () => {
  people = await setUp()
})

const db = dbOf(env)

test('the page asks for what is missing and checks again after each saving', async () => {
  const voucher = await confirmedVoucher(people)
  const page = mainOf(await read(people.lin, papersPath(voucher)))
  for (const label of ['发票代码', '发票号', '发票', '服务结果凭证', '保存'])
    expect(page).toContain(label)
  const first = await sendPapers(people.lin, voucher, { number: freshNumber() })
  expect(first.status).toBe(303)
  expect(mainOf(await read(people.lin, placeOf(first)))).toContain(
    '已保存 还需要：请上传发票；请上传服务结果凭证。',
  )
  const second = await sendPapers(people.lin, voucher, {
    number: (await invoiceOf(db, voucher))?.number ?? '',
    invoice: [pdf('Invoice', '发票.pdf')],
    result: [pdf('Report', '报告一.pdf'), pdf('Report', '报告二.pdf')],
  })
  const done = mainOf(await read(people.lin, placeOf(second)))
  expect(done).toContain('兑付所需材料符合')
  for (const name of ['发票.pdf', '报告一.pdf', '报告二.pdf']) expect(done).toContain(name)
})

test('a carrier completes what it redeems', async () => {
  const voucher = await confirmedVoucher(people, 'carrier')
  await complete(people.wu, voucher)
  expect(mainOf(await read(people.wu, papersPath(voucher)))).toContain('符合')
})

test('a file that is refused costs neither the others nor the number, and says which', async () => {
  const voucher = await confirmedVoucher(people)
  const number = freshNumber()
  const answer = await sendPapers(people.lin, voucher, {
    number,
    invoice: [new File(['MZ'], '发票.pdf'), pdf('Invoice', '真发票.pdf')],
    result: [pdf('Report', '报告.pdf')],
  })
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(html).toContain('<title>错误：')
  expect(mainOf(html)).toContain('「发票.pdf」不能上传')
  expect(html).toContain('href="#field-invoice"')
  expect((await invoiceOf(db, voucher))?.number).toBe(number)
  const kept = (await papersOf(db, voucher)).map((paper) => paper.name)
  expect(kept).toEqual(expect.arrayContaining(['真发票.pdf', '报告.pdf']))
  expect(kept).not.toContain('发票.pdf')
})

test('ten files a voucher, the contract of its making among them', async () => {
  const voucher = await confirmedVoucher(people)
  const files = Array.from({ length: 10 }, (_, at) => pdf(`Report ${at}`, `报告${at}.pdf`))
  const refused = await sendPapers(people.lin, voucher, { result: files })
  expect(refused.status).toBe(422)
  expect(mainOf(await refused.text())).toContain('最多上传 10 个文件')
  const taken = await sendPapers(people.lin, voucher, { result: files.slice(1) })
  expect(taken.status).toBe(303)
  expect((await papersOf(db, voucher)).length).toBe(10)
})

describe('the invoice number', () => {
  test('of another living voucher is refused, and nothing of it is told', async () => {
    const [one, other] = [await confirmedVoucher(people), await confirmedVoucher(people)]
    const number = freshNumber()
    await sendPapers(people.lin, one, { number })
    const answer = await sendPapers(people.lin, other, { number })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(mainOf(html)).toContain('这张发票已经用于另一张创新券')
    expect(html).toContain(`value="${number}"`)
    expect(html).not.toContain(one.number)
  })

  test('can be corrected, not removed', async () => {
    const voucher = await confirmedVoucher(people)
    await sendPapers(people.lin, voucher, { number: freshNumber() })
    const number = freshNumber()
    expect((await sendPapers(people.lin, voucher, { number })).status).toBe(303)
    expect((await invoiceOf(db, voucher))?.number).toBe(number)
    const empty = await sendPapers(people.lin, voucher, {})
    expect(empty.status).toBe(422)
    expect(mainOf(await empty.text())).toContain('不能清空')
  })

  test.each([
    [{ number: '见附件' }, '发票号应为 8 至 20 位数字', 'invoice_number'],
    [{ code: '12', number: '12345678' }, '发票代码应为 10 位或 12 位数字', 'invoice_code'],
    [{ code: '033002000711' }, '请填写发票号', 'invoice_number'],
  ])('%j is refused beside its field', async (papers, message, field) => {
    const answer = await sendPapers(people.lin, await confirmedVoucher(people), papers)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(mainOf(html)).toContain(message)
    expect(html).toContain(`href="#field-${field}"`)
  })
})

test('papers may come before the carrier has confirmed, never after submitting', async () => {
  const early = await makeVoucher(people.lin, { payee: 'enterprise', amount: '1200' })
  expect((await sendPapers(people.lin, early, { number: freshNumber() })).status).toBe(303)
  const late = await submittedVoucher(people)
  const answer = await sendPapers(people.lin, late, { number: freshNumber() })
  expect(answer.status).toBe(409)
  const page = mainOf(await answer.text())
  expect(page).toContain('附件不能再改')
  expect(page).not.toContain('保存')
})

test('the other party, and strangers, find no page', async () => {
  const own = await confirmedVoucher(people)
  const theirs = await confirmedVoucher(people, 'carrier')
  expect(await statusOf(people.zhou, papersPath(own))).toBe(404)
  expect(await statusOf(people.wu, papersPath(own))).toBe(403)
  expect(await statusOf(people.qian, papersPath(theirs))).toBe(404)
  const crossed = `/enterprise/redemptions/${theirs.id}/papers`
  expect(await statusOf(people.lin, crossed)).toBe(404)
  expect((await sendPapers(people.qian, theirs, { number: freshNumber() })).status).toBe(404)
})

test('a file is given in its sandbox to who may see it, and to nobody else', async () => {
  const voucher = await confirmedVoucher(people)
  await complete(people.lin, voucher)
  await submit(people.lin, 'enterprise', [voucher])
  const [file] = (await papersOf(db, voucher)).filter((paper) => paper.kind === 'invoice')
  const own = `${papersPath(voucher)}/${file?.file}`
  const answer = await send('GET', own, { cookie: people.lin.cookie })
  expect(await answer.blob()).toHaveProperty('type', 'application/pdf')
  expect(answer.headers.get('Content-Disposition')).toMatch(/^attachment; .*%E5%8F%91%E7%A5%A8/)
  expect(answer.headers.get('Content-Security-Policy')).toBe("sandbox; default-src 'none'")
  const desk = `${reviewPath(voucher)}/papers/${file?.file}?inline=1`
  const shown = await send('GET', desk, { cookie: people.reviewer.cookie })
  expect(shown.headers.get('Content-Disposition')).toMatch(/^inline;/)
  await shown.blob()
  const another = await confirmedVoucher(people)
  expect(await statusOf(people.lin, `${papersPath(another)}/${file?.file}`)).toBe(404)
  expect(await statusOf(people.zhou, own)).toBe(404)
})

test('a file of another enterprise is given to nobody, even where a row names it', async () => {
  const voucher = await confirmedVoucher(people)
  const { account, enterprise } = people.zhou
  const theirs = { owner: enterprise, by: account, at: NOW, file: pdf('Invoice', '别家的发票.pdf') }
  const stored = await storeUpload(env, theirs)
  if (!stored.ok) throw new Error(stored.code)
  const more = { enterprise: voucher.enterprise, voucher: voucher.id, at: NOW, by: account }
  await commit(db, [addPaper(db, { ...more, kind: 'invoice', file: stored.value })])
  expect(await read(people.lin, papersPath(voucher))).toContain('别家的发票.pdf')
  expect(await statusOf(people.lin, `${papersPath(voucher)}/${stored.value.id}`)).toBe(404)
})

test('what was added is in the audit trail, by name and hash', async () => {
  const voucher = await confirmedVoucher(people)
  await complete(people.lin, voucher)
  const rows = (await db.select().from(auditEntries)).filter(
    (row) => row.action === 'redemption.papers' && row.subject === `voucher:${voucher.id}`,
  )
  expect(rows.length).toBe(1)
  expect(JSON.parse(rows[0]?.after ?? '')).toMatchObject({
    papers: [{ kind: 'invoice', name: '发票.pdf' }, { kind: 'result' }],
  })
})
