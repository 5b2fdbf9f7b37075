/** The archive: a file that proves itself, written once a night, and every change to it shown. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { archiveOf, verifyArchive } from '../../src/ledger/archive.ts'
import type { ArchiveHead } from '../../src/ledger/archive.ts'
import { reconcileLedger } from '../../src/ledger/client.ts'
import { confirmed, newDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { claim, issue, wang, wu, yuan } from './fixture.ts'

const EDITS = 2_000
const TONIGHT = '2026-11-24'

let text = ''
let head: ArchiveHead

/** 云杉 with eleven events: three vouchers on their ways, and a hand-back. */
async function used(): Promise<Desk> {
  const desk = newDesk()
  const [first, second] = [await confirmed(desk, yuan(1_000)), await confirmed(desk, yuan(2_000))]
  await desk.must({ kind: 'submit', voucher: first, redemption: `r-${first}` })
  const paid_fen = yuan(800)
  const verdict = { kind: 'approve', redemption: `r-${first}`, paid_fen, reason: '按实' } as const
  await desk.must(verdict, wang)
  await desk.must({ kind: 'terminate', voucher: second, reason: '合同取消' }, wang)
  const { book } = await desk.must(issue(yuan(100), { form: { 合同: '演示 "检测" 合同\n第二行' } }))
  await desk.must({ kind: 'hand_back', region: book.region, year: book.year, amount_fen: 1 })
  return desk
}

async function fileOf(desk: Desk) {
  return runInDurableObject(desk.stub, (_ledger, { storage }) =>
    archiveOf(storage.sql, desk.enterprise),
  )
}

beforeAll(async () => {
  const made = await fileOf(await used())
  text = made.text
  head = made.head
})

/** What is at 1 in the file is the event with seq 1. */
const linesOf = () => text.split('\n').slice(0, -1)
const fileFrom = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')

type Edit = { edited: string; first: number }
type Editor = (lines: string[]) => Edit

/** Edits that change the file at random, with the first event that is then no longer in place. */
const anyEdit: fc.Arbitrary<Editor> = fc.oneof(
  fc
    .record({ line: fc.nat(), at: fc.nat(), by: fc.integer({ min: 1, max: 127 }) })
    .map(({ line, at, by }): Editor => (lines) => {
      const index = line % lines.length
      const old = lines[index] ?? ''
      const place = at % old.length
      const code = old.charCodeAt(place) ^ by || 1
      lines[index] = old.slice(0, place) + String.fromCharCode(code) + old.slice(place + 1)
      return { edited: fileFrom(lines), first: index }
    }),
  fc.nat().map((line): Editor => (lines) => {
    const index = line % lines.length
    lines.splice(index, 1)
    return { edited: fileFrom(lines), first: index }
  }),
  fc.tuple(fc.nat(), fc.nat()).map(([one, other]): Editor => (lines) => {
    const [low, high] = [one % (lines.length - 1), other % lines.length]
    const [from, to] = low < high ? [low, high] : [high, low + 1]
    const [first, second] = [lines[from] ?? '', lines[to] ?? '']
    lines[from] = second
    lines[to] = first
    return { edited: fileFrom(lines), first: from }
  }),
  fc.tuple(fc.nat(), fc.nat()).map(([from, to]): Editor => (lines) => {
    const index = to % (lines.length + 1)
    lines.splice(index, 0, lines[from % lines.length] ?? '')
    // A line twice: the second of the two is the first that is out of place.
    const twice = lines[index] === lines[index + 1]
    return { edited: fileFrom(lines), first: twice ? index + 1 : index }
  }),
)

describe('a file', () => {
  test('that nobody touched proves itself, alone and against its head', () => {
    expect(linesOf()).toHaveLength(head.seq + 1)
    expect(verifyArchive(text)).toBeUndefined()
    expect(verifyArchive(text, head)).toBeUndefined()
  })

  test(`shows each of ${EDITS} random edits, and the first event that is not as it was`, () => {
    fc.assert(
      fc.property(anyEdit, (edit) => {
        const { edited, first } = edit(linesOf())
        fc.pre(edited !== text)
        expect(verifyArchive(edited, head)?.seq).toBe(first)
      }),
      { numRuns: EDITS, seed: 20261124 },
    )
  })

  test.each<[string, (lines: string[]) => string, number]>([
    ['cut off after an event, with its head', (lines) => fileFrom(lines.slice(0, 5)), 5],
    ['cut off within its last line', (lines) => fileFrom(lines).slice(0, -1), 11],
    ['cut off within an event', (lines) => fileFrom(lines).slice(0, -40), 11],
    ['emptied', () => '', 0],
    ['of nothing but its first line', ([first]) => `${first}\n`, 1],
    ['written with other blanks', (lines) => fileFrom(lines).replace('"seq":3', '"seq": 3'), 3],
    ['with a member twice', (lines) => fileFrom(lines).replace('{"actor"', '{"at":1,"actor"'), 1],
  ])('%s is not that ledger', (_how, edit, seq) => {
    expect(verifyArchive(edit(linesOf()), head)?.seq).toBe(seq)
  })

  test('cut off and given a fitting first line shows against the head kept elsewhere', () => {
    const lines = linesOf().slice(0, 6)
    const { hash } = JSON.parse(lines[5] ?? '') as { hash: string }
    const first = JSON.parse(lines[0] ?? '') as ArchiveHead
    lines[0] = JSON.stringify({ ...first, seq: 5, hash }, Object.keys(first).sort())
    expect(verifyArchive(fileFrom(lines))).toBeUndefined()
    expect(verifyArchive(fileFrom(lines), head)).toMatchObject({ seq: 0 })
  })

  test('of another enterprise is not this one’s', async () => {
    const other = await fileOf(await used())
    expect(verifyArchive(other.text, head)).toMatchObject({ seq: 0 })
    const renamed = other.text.replace(other.head.enterprise, head.enterprise)
    expect(verifyArchive(renamed)?.seq).toBe(1)
  })
})

describe('at night', () => {
  test('a ledger is written to R2 with its head, once', async () => {
    const desk = await used()
    const { enterprise } = desk
    const found = await reconcileLedger(env, enterprise, TONIGHT, null)
    const key = `archive/${TONIGHT}/${enterprise}.jsonl`
    const { seq, hash } = (await fileOf(desk)).head
    expect(found).toMatchObject({ archived: { enterprise, seq, hash, key }, problems: [] })
    const stored = await env.FILES.get(key)
    expect(stored?.customMetadata).toEqual({ enterprise, seq: String(seq), hash })
    expect(verifyArchive((await stored?.text()) ?? '', { enterprise, seq, hash })).toBeUndefined()
    const again = await reconcileLedger(env, enterprise, '2026-11-25', found?.archived ?? null)
    expect(again).toMatchObject({ archived: null, problems: [] })
    expect(await env.FILES.head(`archive/2026-11-25/${enterprise}.jsonl`)).toBeNull()
  })

  test('what stands from a run that was cut counts, the rest follows next night', async () => {
    const desk = await used()
    const { enterprise } = desk
    const first = await reconcileLedger(env, enterprise, TONIGHT, null)
    await desk.must(claim(yuan(1)))
    const second = await reconcileLedger(env, enterprise, TONIGHT, null)
    expect(second?.archived).toEqual(first?.archived)
    const next = await reconcileLedger(env, enterprise, '2026-11-25', second?.archived ?? null)
    expect(next?.archived?.seq).toBe((first?.archived?.seq ?? 0) + 1)
  })

  test('a ledger that nobody used is not written', async () => {
    const { enterprise } = newDesk()
    expect(await reconcileLedger(env, enterprise, TONIGHT, null)).toMatchObject({ archived: null })
  })

  test('a ledger that is not the one archived before is a problem', async () => {
    const desk = await used()
    const last = { enterprise: desk.enterprise, seq: 3, hash: '0'.repeat(64) }
    const found = await reconcileLedger(env, desk.enterprise, TONIGHT, last)
    expect(found).toMatchObject({
      archived: null,
      problems: ['event 3 is not the one that was archived'],
    })
  })

  test('R2 out of reach leaves the ledger for the next night', async () => {
    const desk = await used()
    await runInDurableObject(desk.stub, (ledger) => {
      const FILES = { put: () => Promise.reject(new Error('R2 is out of reach')) }
      Reflect.set(ledger, 'env', { ...env, FILES })
    })
    const found = await reconcileLedger(env, desk.enterprise, TONIGHT, null)
    expect(found).toMatchObject({ archived: null, problems: [], compared: true })
    await desk.must({ kind: 'confirm', voucher: (await unconfirmedOf(desk)) ?? '' }, wu)
  })
})

async function unconfirmedOf(desk: Desk): Promise<string | undefined> {
  const query = `SELECT id FROM vouchers WHERE state = 'unconfirmed'`
  return (await desk.rows<{ id: string }>(query))[0]?.id
}
