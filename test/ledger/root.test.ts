/** The root of a night over all heads, and the proof of everything that stands in R2. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { DAY_MS, dayOf } from '../../src/kernel/clock.ts'
import { nudge, verifyLedger } from '../../src/ledger/client.ts'
import { reconcileLedgers } from '../../src/ledger/reconcile.ts'
import { findReport } from '../../src/ledger/report.ts'
import { rootKeyOf, verifyArchives } from '../../src/ledger/root.ts'
import { dbOf } from '../../src/platform/db.ts'
import { hashOf } from '../../src/platform/token.ts'
import { confirmed, newDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { TABLES } from './drifts.ts'
import { TODAY, claim, yuan } from './fixture.ts'

let night = TODAY
let desks: Desk[] = []

/** Two enterprises, two nights: the first archived them both, in the second one had moved on. */
beforeEach(async () => {
  night += 10 * DAY_MS
  const own = ['ledger_reports', 'ledger_findings', 'ledger_archives']
  await env.DB.batch([...TABLES, ...own].map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
  desks = [newDesk(), newDesk()]
  for (const desk of desks) {
    await confirmed(desk, yuan(1_000))
    await nudge(env, desk.enterprise)
  }
})

async function spend(at: number): Promise<string> {
  await reconcileLedgers(env, at, () => Promise.resolve([]))
  const root = (await findReport(dbOf(env), dayOf(at)))?.root
  if (!root) throw new Error('the night has no root')
  return root
}

/** Two nights, between which the first enterprise claimed once more. */
async function spendTwo(): Promise<[string, string]> {
  const first = await spend(night)
  await desks[0]?.must(claim(1))
  return [first, await spend(night + DAY_MS)]
}

const textOf = async (key: string) => (await (await env.FILES.get(key))?.text()) ?? ''

test('stands for every head, and follows the root of the night before', async () => {
  const root = await spend(night)
  const kept = await env.FILES.get(rootKeyOf(dayOf(night)))
  expect(kept?.customMetadata).toEqual({ root })
  const heads = await Promise.all(
    desks.map(async ({ enterprise }) => {
      const { seq, hash } = await verifyLedger(env, enterprise)
      return `${enterprise} ${seq} ${hash}`
    }),
  )
  const text = (await kept?.text()) ?? ''
  expect(hashOf(text)).toBe(root)
  expect(text.split('\n')).toEqual([`heads of ${dayOf(night)} after none`, ...heads.sort(), ''])
  await desks[0]?.must(claim(1))
  const next = await spend(night + DAY_MS)
  const after = await textOf(rootKeyOf(dayOf(night + DAY_MS)))
  expect(after.split('\n')[0]).toBe(`heads of ${dayOf(night + DAY_MS)} after ${root}`)
  expect(next).toBe(hashOf(after))
})

test('is the one that stands in R2 where the run was cut after writing it', async () => {
  const root = await spend(night)
  const again = `UPDATE ledger_reports SET finished_at = NULL, root = NULL WHERE day = ?`
  await env.DB.prepare(again).bind(dayOf(night)).run()
  await desks[0]?.must(claim(1))
  await nudge(env, desks[0]?.enterprise ?? '')
  expect(await spend(night)).toBe(root)
})

describe('the proof of what stands in R2', () => {
  test('finds nothing where nobody touched it', async () => {
    await spendTwo()
    expect(await verifyArchives(env)).toEqual({ archives: 2, roots: 2, problems: [] })
  })

  /** Changes a file past its write-once rule, as only somebody with the bucket's keys could. */
  const changed = async (key: string, edit: (text: string) => string | null) => {
    const after = edit(await textOf(key))
    await (after === null ? env.FILES.delete(key) : env.FILES.put(key, after))
  }
  const archive = (of: number, day: number) =>
    `archive/${dayOf(day)}/${desks[of]?.enterprise ?? ''}.jsonl`
  const root = (day: number) => rootKeyOf(dayOf(day))

  test.each<[string, () => string, (text: string) => string | null, string]>([
    [
      'an amount in an archive',
      () => archive(1, night),
      (text) => text.replace('"amount_fen":100000', '"amount_fen":100001'),
      'event 1 was changed',
    ],
    [
      'the end of an archive',
      () => archive(0, night + DAY_MS),
      (text) => `${text.split('\n').slice(0, -2).join('\n')}\n`,
      'the file ends at 3 of 4 events',
    ],
    ['a whole archive', () => archive(1, night), () => null, 'it is gone'],
    [
      'a head in a root',
      () => root(night),
      (text) => text.replace(/ 3 [0-9a-f]{4}/, ' 3 0000'),
      'it was changed',
    ],
    ['a whole root', () => root(night), () => null, 'it is gone'],
  ])('shows %s that was changed', async (_what, keyOf, edit, problem) => {
    await spendTwo()
    const key = keyOf()
    await changed(key, edit)
    expect((await verifyArchives(env)).problems).toEqual([`${key}: ${problem}`])
  })

  test('shows an archive in another’s place, and a night rewritten with its report', async () => {
    await spendTwo()
    const other = await textOf(archive(0, night))
    await changed(archive(1, night), () => other)
    const forged = 'heads of that night after none\n'
    await changed(root(night), () => forged)
    const rewrite = 'UPDATE ledger_reports SET root = ? WHERE day = ?'
    await env.DB.prepare(rewrite).bind(hashOf(forged), dayOf(night)).run()
    const { problems } = await verifyArchives(env)
    expect(problems).toEqual([
      `${archive(1, night)}: the file is of another ledger or another time`,
      `${root(night)}: it does not follow the night before`,
      `${root(night + DAY_MS)}: it does not follow the night before`,
    ])
  })
})
