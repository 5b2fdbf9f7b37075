/** The audit row stands or falls with the change it tells of. */
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { auditEntry } from '../../src/audit/client.ts'
import { auditEntries } from '../../src/audit/tables.ts'
import { CLOCK } from '../../src/kernel/actor.ts'
import type { Account, AnyActor } from '../../src/kernel/actor.ts'
import { commit, commitOnce, dbOf } from '../../src/platform/db.ts'
import { attachments } from '../../src/attachment/tables.ts'
import { PEOPLE } from '../support/cast.ts'

const AT = Date.parse('2026-11-24T01:00:00Z')
const WANG: AnyActor = {
  role: 'bureau',
  account: 'xihu-review',
  name: '王评',
  region: '330106',
  staff: ['review'],
}
const LIN: Account = {
  id: 'account-of-lin',
  kind: 'legal',
  uscc: PEOPLE.lin.uscc,
  unit: PEOPLE.lin.unit,
  legalRepresentative: '沈云舟',
  name: PEOPLE.lin.name,
  phone: '13900000001',
}
const db = dbOf(env)

test('a row says who did what, for whom, and what changed', async () => {
  const subject = 'redemption:one'
  await commit(db, [
    auditEntry(db, {
      at: AT,
      actor: WANG,
      action: 'redemption.approve',
      subject,
      region: '330106',
      before: { state: 'in_review' },
      after: { state: 'approved', paid_fen: 1_150_000 },
      ip: '203.0.113.7',
      request_id: 'r-1',
    }),
  ])
  const row = (await db.select().from(auditEntries)).find((one) => one.subject === subject)
  expect(row).toMatchObject({ at: AT, account: 'xihu-review', role: 'bureau', party: '330106' })
  expect(JSON.parse(row?.after ?? '')).toEqual({ state: 'approved', paid_fen: 1_150_000 })
})

test('a person without a role and the clock are named too, and no phone is written', async () => {
  const say = (actor: AnyActor | Account, subject: string) =>
    auditEntry(db, { at: AT, actor, action: 'session.end', subject })
  await commit(db, [say(LIN, 'session:lin'), say(CLOCK, 'session:clock')])
  const rows = await db.select().from(auditEntries)
  expect(rows.find((row) => row.subject === 'session:lin')).toMatchObject({
    account: LIN.id,
    role: 'member',
    party: LIN.uscc,
  })
  expect(rows.find((row) => row.subject === 'session:clock')).toMatchObject({ role: 'clock' })
  expect(JSON.stringify(rows)).not.toContain(LIN.phone)
})

test('a change that is refused leaves no row, and numbers go up', async () => {
  const change = db.insert(attachments).values({
    id: 'file-1',
    owner: 'o',
    name: 'n',
    type: 't',
    size: 1,
    sha256: 's',
    key: 'k',
    by: 'b',
    at: AT,
  })
  const entry = () => auditEntry(db, { at: AT, actor: WANG, action: 'try', subject: 'file:1' })
  expect(await commitOnce(db, [change, entry()])).toBe(true)
  expect(await commitOnce(db, [entry(), change])).toBe(false)
  await commit(db, [entry()])
  const rows = (await db.select().from(auditEntries)).filter((row) => row.subject === 'file:1')
  expect(rows.length).toBe(2)
  expect(rows[0]?.seq).toBeLessThan(rows[1]?.seq ?? 0)
})
