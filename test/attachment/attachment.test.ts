/** Uploads: what is taken, what is refused whatever it calls itself, and how files come back. */
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import {
  FILE_BYTES_MAX,
  findFile,
  listFiles,
  serveFile,
  storeUpload,
  storeUploads,
  uploadMessage,
} from '../../src/attachment/client.ts'
import type { StoredFile } from '../../src/attachment/client.ts'
import { dbOf } from '../../src/platform/db.ts'
import { fileNames, putOnce } from '../../src/platform/files.ts'
import { DOCX, OFD, XLSX, zipOf } from './zip.ts'
import type { Part } from './zip.ts'

const OWNER = '01900000-0000-7000-8000-000000000001'
const AT = Date.parse('2026-11-24T01:00:00Z')
const PDF = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'
const PNG = new Uint8Array([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1,
  0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54, 0, 0, 0, 0,
])
const JPG = new Uint8Array([
  0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1,
])

type Content = string | Uint8Array | Blob

function upload(name: string, content: Content) {
  const file = new File([content], name)
  return storeUpload(env, { owner: OWNER, by: 'agent-of-lin', at: AT, file })
}

async function stored(name: string, content: Content): Promise<StoredFile> {
  const outcome = await upload(name, content)
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.value
}

describe('an upload is taken by its content', () => {
  test.each([
    ['发票.pdf', PDF, 'application/pdf'],
    ['现场照片.PNG', PNG, 'image/png'],
    ['现场照片.jpeg', JPG, 'image/jpeg'],
    ['检测报告.docx', zipOf(DOCX), /wordprocessingml/],
    ['数据.xlsx', zipOf(XLSX), /spreadsheetml/],
    ['电子发票.ofd', zipOf(OFD), 'application/ofd'],
  ])('%s', async (name, content, type) => {
    expect(await stored(name, content)).toMatchObject({ owner: OWNER, at: AT })
    expect((await stored(name, content)).type).toMatch(type)
  })

  test('a name without extension gets the one its content has', async () => {
    expect((await stored('合同扫描件', PDF)).name).toBe('合同扫描件.pdf')
  })

  test('folders, control characters and turned writing directions leave the name', async () => {
    expect((await stored('C:\\票据\\发\u202e票\u0000.pdf', PDF)).name).toBe('发票.pdf')
    expect((await stored('../../etc/发票.pdf', PDF)).name).toBe('发票.pdf')
  })

  test('the name is no part of the key, and each upload has a key of its own', async () => {
    const first = await stored('发票.pdf', PDF)
    const second = await stored('发票.pdf', PDF)
    expect(second.id).not.toBe(first.id)
    expect(second.sha256).toBe(first.sha256)
    const keys = (await env.FILES.list({ prefix: `att/${OWNER}/` })).objects.map((one) => one.key)
    expect(new Set(keys).size).toBe(keys.length)
    for (const key of keys) expect(key).toMatch(/^att\/[0-9a-f-]{36}\/[0-9a-f]{32}$/)
  })
})

const WITH_MACROS = DOCX.map(({ name, content = '' }) => ({
  name,
  content: content.replace(
    'vnd.openxmlformats-officedocument.wordprocessingml.document',
    'vnd.ms-word.document.macroEnabled',
  ),
}))
const WORD = (more: Part): Part[] => [...DOCX, more]

describe('an upload is refused whatever it calls itself', () => {
  test.each<[string, string, Content]>([
    ['a program renamed to pdf', '发票.pdf', 'MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00'],
    ['an SVG', '图.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'],
    ['an SVG renamed to png', '图.png', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a web page', '发票.html', '<!doctype html><script>alert(1)</script>'],
    ['a web page renamed to pdf', '发票.pdf', '<!doctype html><script>alert(1)</script>'],
    ['plain text', '说明.pdf', '发票在附件里'],
    ['a PDF that calls itself a program', '发票.exe', PDF],
    ['a PDF that calls itself an image', '发票.png', PDF],
    ['a PDF behind a web page', '发票.pdf', `<html>${PDF}`],
    ['a GIF', '图.gif', 'GIF89a\x01\x00\x01\x00\x00\x00\x00;'],
    ['a bare ZIP', '材料.zip', zipOf([{ name: 'a.txt', content: 'a' }])],
    ['a bare ZIP renamed to docx', '材料.docx', zipOf([{ name: 'a.txt', content: 'a' }])],
    ['a workbook renamed to docx', '材料.docx', zipOf(XLSX)],
    ['a document with macros', '报告.docx', zipOf(WORD({ name: 'word/vbaProject.bin' }))],
    ['a workbook with old macros', '表.xlsx', zipOf([...XLSX, { name: 'xl/macrosheets/s.xml' }])],
    ['an archive in a document', '报告.docx', zipOf(WORD({ name: 'word/more.zip' }))],
    ['a program in an OFD', '发票.ofd', zipOf([...OFD, { name: 'Doc_0/run.exe' }])],
    ['an entry that climbs out', '报告.docx', zipOf(WORD({ name: '../../outside.xml' }))],
    ['a document that expands to 201 MB', '报告.docx', zipOf(WORD({ name: 'x', claimed: 2.1e8 }))],
    ['an encrypted entry', '报告.docx', zipOf(WORD({ name: 'word/x.xml', encrypted: true }))],
    ['an entry told twice', '报告.docx', zipOf([...DOCX, ...DOCX.slice(1)])],
    ['more than a thousand entries', '报告.docx', zipOf([...DOCX, ...many(999)])],
    ['a document behind something else', '报告.docx', zipOf(DOCX, { before: '%PDF-1.7\n' })],
    ['a document with something before its end', '报告.docx', zipOf(DOCX, { between: '<script>' })],
    [
      'a document that says it is a workbook',
      '表.xlsx',
      zipOf([...DOCX.slice(0, 1), ...XLSX.slice(1)]),
    ],
    ['a document that says it has macros', '报告.docx', zipOf(WITH_MACROS)],
    ['a document before something else', '报告.docx', zipOf(DOCX, { after: '<script>' })],
  ])('%s', async (_, name, content) => {
    expect(await upload(name, content)).toMatchObject({ ok: false, code: 'file_type_refused' })
  })

  test('a thousand entries are still taken', async () => {
    expect(await upload('报告.docx', zipOf([...DOCX, ...many(998)]))).toMatchObject({ ok: true })
  })

  test('an empty file', async () => {
    expect(await upload('发票.pdf', '')).toMatchObject({ ok: false, code: 'file_empty' })
  })

  test('20 MB are taken, one byte more is not', async () => {
    const filler = new Uint8Array(FILE_BYTES_MAX - PDF.length)
    expect(await upload('发票.pdf', new Blob([PDF, filler]))).toMatchObject({ ok: true })
    const more = await upload('发票.pdf', new Blob([PDF, filler, '.']))
    expect(more).toMatchObject({ ok: false, code: 'file_too_large', facts: { name: '发票.pdf' } })
  })

  test('eleven files, and then none of them is kept', async () => {
    const files = Array.from({ length: 11 }, (_, at) => new File([PDF], `${at}.pdf`))
    const by = { owner: crypto.randomUUID(), by: 'agent-of-lin', at: AT }
    const eleven = await storeUploads(env, { ...by, files, already: 0 })
    expect(eleven.stored).toEqual([])
    expect(eleven.refused.map((one) => uploadMessage('zh', one))).toEqual(['最多上传 10 个文件'])
    expect((await storeUploads(env, { ...by, files: files.slice(1), already: 1 })).stored).toEqual(
      [],
    )
    expect(
      (await storeUploads(env, { ...by, files: files.slice(2), already: 1 })).stored.length,
    ).toBe(9)
  })

  test('one of several, and the others are kept', async () => {
    const files = [new File([PDF], '发票.pdf'), new File(['MZ'], '结果.pdf')]
    const result = await storeUploads(env, { owner: OWNER, by: 'a', at: AT, files, already: 0 })
    expect(result.stored.map((one) => one.name)).toEqual(['发票.pdf'])
    expect(result.refused.map((one) => uploadMessage('en', one))[0]).toMatch(/结果.pdf/)
  })
})

describe('a file comes back', () => {
  test('as an attachment in a sandbox, under its own name', async () => {
    const answer = await serveFile(env, await stored('发票 1.pdf', PDF))
    expect(await contentOf(answer)).toBe(PDF)
    expect(answer.headers.get('Content-Disposition')).toBe(
      `attachment; filename="__ 1.pdf"; filename*=UTF-8''%E5%8F%91%E7%A5%A8%201.pdf`,
    )
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(answer.headers.get('Content-Security-Policy')).toBe("sandbox; default-src 'none'")
  })

  test('inline only where it is a PDF or an image', async () => {
    const shown = async (file: StoredFile) =>
      (await serveFile(env, file, { inline: true })).headers.get('Content-Disposition')
    expect(await shown(await stored('发票.pdf', PDF))).toMatch(/^inline;/)
    expect(await shown(await stored('照片.png', PNG))).toMatch(/^inline;/)
    expect(await shown(await stored('报告.docx', zipOf(DOCX)))).toMatch(/^attachment;/)
  })

  test('not again when the reader has it', async () => {
    const file = await stored('发票.pdf', PDF)
    const headers = new Headers({ 'If-None-Match': `"other", W/"${file.sha256}"` })
    expect((await serveFile(env, file, { headers })).status).toBe(304)
  })

  test.each([
    ['bytes=0-3', 206, '%PDF', 'bytes 0-3/'],
    ['bytes=-4', 206, 'EOF\n', `bytes ${PDF.length - 4}-${PDF.length - 1}/`],
    ['bytes=9999-', 416, '', 'bytes */'],
    ['bytes=3-1', 200, PDF, null],
    ['bytes=0-1,3-4', 200, PDF, null],
  ])('in part: %s', async (Range, status, body, range) => {
    const headers = new Headers({ Range })
    const answer = await serveFile(env, await stored('发票.pdf', PDF), { headers })
    expect(answer.status).toBe(status)
    expect(await contentOf(answer)).toBe(body)
    if (range) expect(answer.headers.get('Content-Range')).toContain(range)
  })

  test('by its id, and nothing by another', async () => {
    const file = await stored('发票.pdf', PDF)
    expect(await findFile(dbOf(env), file.id)).toEqual(file)
    expect(await findFile(dbOf(env), crypto.randomUUID())).toBeUndefined()
    const others = Array.from({ length: 200 }, () => crypto.randomUUID())
    expect(await listFiles(dbOf(env), [...others, file.id])).toEqual([file])
  })

  test('its content is never overwritten', async () => {
    const sha256 = (await stored('发票.pdf', PDF)).sha256
    const file = { key: 'att/once', content: new Blob([PDF]), type: 'application/pdf', sha256 }
    await putOnce(env, file)
    await expect(putOnce(env, file)).rejects.toThrow('never overwritten')
  })

  test('quotes in a name end no header', () => {
    expect(fileNames('a"b\\c\'(1).pdf')).toBe(
      `filename="a_b_c'(1).pdf"; filename*=UTF-8''a%22b%5Cc%27%281%29.pdf`,
    )
  })
})

function many(count: number): Part[] {
  return Array.from({ length: count }, (_, at) => ({ name: `word/p${at}.xml` }))
}

async function contentOf(answer: Response): Promise<string> {
  return new TextDecoder().decode(await answer.arrayBuffer())
}
