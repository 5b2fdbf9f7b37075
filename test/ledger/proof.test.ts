/** What the proof and the comparison with D1 find: every kind of change by another hand. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { compareMirror, nudge, verifyAll, verifyLedger } from '../../src/ledger/client.ts'
import { proveLedger } from '../../src/ledger/proof.ts'
import { confirmed, newDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { LAST_JULY, TODAY, claim, wang, yuan } from './fixture.ts'

/** A ledger with something of everything, last year’s too. */
async function lived(): Promise<Desk> {
  const desk = newDesk()
  await confirmed(desk, yuan(700), LAST_JULY)
  await desk.must(claim(yuan(300)), desk.lin, LAST_JULY)
  const paid = await confirmed(desk, yuan(1_000))
  await desk.must({ kind: 'submit', voucher: paid, redemption: 'r1' })
  await desk.must({ kind: 'return', redemption: 'r1', reason: '缺发票' }, wang)
  await desk.must({ kind: 'submit', voucher: paid, redemption: 'r2' })
  await desk.must(
    { kind: 'approve', redemption: 'r2', paid_fen: yuan(900), reason: '少一项' },
    wang,
  )
  await confirmed(desk, yuan(50))
  return desk
}

/** Whoever holds the file can drop triggers; the chain and the sums must still tell. */
const UNLOCK = `DROP TRIGGER events_stay; DROP TRIGGER events_remain;
  DROP TRIGGER events_without_gap;
  DROP TRIGGER legs_stay; DROP TRIGGER legs_remain; DROP TRIGGER vouchers_keep;
  DROP TRIGGER vouchers_rest; DROP TRIGGER vouchers_remain; PRAGMA defer_foreign_keys = on;`

describe('a change by another hand shows', () => {
  test.each([
    [
      'an amount in an event',
      `UPDATE events SET payload = replace(payload, '100000', '900000')
      WHERE seq = 6`,
      /event 6 was changed/,
    ],
    [
      'who did it',
      `UPDATE events SET actor = replace(actor, '王评', '冯评') WHERE seq = 10`,
      /event 10 was changed/,
    ],
    ['when it was done', `UPDATE events SET at = at + 1 WHERE seq = 3`, /event 3 was changed/],
    [
      'a posting',
      `UPDATE events SET postings = replace(postings, 'paid', 'available')
      WHERE kind = 'approve'`,
      /was changed/,
    ],
    [
      'a chain that was made to fit one event',
      `UPDATE events SET prev = hash WHERE seq = 6`,
      /event 6 does not follow/,
    ],
    [
      'the balance of a book',
      `UPDATE books SET available = available + 1,
      paid = paid - 1 WHERE year = 2026`,
      /book 330106 2026 is not what its events come to/,
    ],
    ['a leg', `UPDATE legs SET amount_fen = amount_fen + 1 WHERE seq = 2 AND leg = 1`, /sums to 1/],
    ['a claim', `UPDATE claims SET amount_fen = 1 WHERE version = 1`, /claim .* is not what/],
    [
      'the state of a voucher',
      `UPDATE vouchers SET state = 'voided', ended_at = 1
      WHERE state = 'confirmed' AND year = 2026`,
      /voucher .* is not what its events come to/,
    ],
    [
      'the amount of a voucher',
      `UPDATE vouchers SET amount_fen = amount_fen + 1
      WHERE state = 'confirmed' AND year = 2026`,
      /confirmed is 5000, legs 5000, vouchers 5001/,
    ],
    [
      'the verdict on a redemption',
      `UPDATE redemptions SET state = 'withdrawn' WHERE id = 'r1'`,
      /redemption r1 is not what its events come to/,
    ],
  ])('%s', async (_what, query, finding) => {
    const desk = await lived()
    const problems = await runInDurableObject(desk.stub, (_ledger, { storage }) => {
      let found: string[] = []
      try {
        storage.transactionSync(() => {
          storage.sql.exec(UNLOCK)
          storage.sql.exec(query)
          found = proveLedger(storage.sql, desk.enterprise).problems
          throw new Error('leave it as it was')
        })
      } catch {
        return found
      }
      return found
    })
    expect(problems.join('\n')).toMatch(finding)
    expect((await verifyLedger(env, desk.enterprise)).problems).toEqual([])
  })

  test('another enterprise’s ledger under this one’s name', async () => {
    const desk = await lived()
    const problems = await runInDurableObject(
      desk.stub,
      (_ledger, { storage }) => proveLedger(storage.sql, 'another').problems,
    )
    expect(problems).toEqual(['event 1 does not follow the one before'])
  })
})

describe('where D1 disagrees', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await lived()
    await nudge(env, desk.enterprise)
  })

  test.each([
    ['books', 'UPDATE books SET available = available + 1'],
    ['vouchers', `UPDATE vouchers SET carrier = 'another'`],
    ['claims', 'DELETE FROM claims'],
    ['redemptions', `UPDATE redemptions SET reason = NULL`],
    ['events', `UPDATE events SET actor = '{}'`],
    [
      'vouchers',
      `INSERT INTO vouchers SELECT 'extra', number, enterprise, region, year, amount_fen,
      carrier, payee, state, version, issued_at, confirmed_at, ended_at, reason, redemption,
      paid_fen,
      form FROM vouchers LIMIT 1`,
    ],
  ])('in %s, it is named', async (table, query) => {
    const changed = await lived()
    await nudge(env, changed.enterprise)
    const change = query.includes('LIMIT 1')
      ? query.replace('LIMIT 1', `WHERE enterprise = '${changed.enterprise}' LIMIT 1`)
      : `${query} WHERE enterprise = '${changed.enterprise}'`
    await env.DB.prepare(change).run()
    const differences = await compareMirror(env, changed.enterprise)
    expect(differences).toHaveLength(1)
    expect(differences[0]).toContain(` ${table}, the ledger `)
    expect(await compareMirror(env, desk.enterprise)).toEqual([])
  })

  test('all ledgers of the mirror are proved in one go, pending events first', async () => {
    await desk.must(claim(yuan(5)), desk.lin, TODAY)
    const proofs = await verifyAll(env)
    const own = proofs.find(({ enterprise }) => enterprise === desk.enterprise)
    expect(own).toMatchObject({ problems: [] })
    expect(proofs.length).toBeGreaterThan(5)
    expect(proofs.filter(({ problems }) => problems.length > 0)).toHaveLength(6)
  })
})
