/** A press that is sent twice, as a double click sends it, is audited as the one thing it did. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { auditEntries } from '../../src/audit/tables.ts'
import { newId } from '../../src/kernel/id.ts'
import type { Voucher } from '../../src/ledger/rules.ts'
import { dbOf } from '../../src/platform/db.ts'
import { makeVoucher, press, rowOf, setUp } from './fixture.ts'
import type { People } from './fixture.ts'

const DESK = '/carrier/desk'

let people: People
beforeAll(async () => {
  people = await setUp()
})

type Fields = [string, string][]
type Press = (fields: Fields) => Promise<Response>

/** The same form at once twice, and once more a little later. */
async function thrice(fields: Fields, send: Press): Promise<void> {
  const same: Fields = [['key', newId()], ...fields]
  await Promise.all([send(same), send(same)])
  await send(same)
}

const confirm =
  ({ wu }: People) =>
  (fields: Fields) =>
    press(wu, `${DESK}/confirmations`, fields)
const refuse =
  ({ wu }: People) =>
  (fields: Fields) =>
    press(wu, `${DESK}/refusals`, fields)

const ENDINGS: Readonly<Record<string, (voucher: Voucher) => Promise<void>>> = {
  confirm: (voucher) => thrice([['only', rowOf(voucher)]], confirm(people)),
  refuse: (voucher) =>
    thrice(
      [
        ['row', rowOf(voucher)],
        ['reason', '合同没有签'],
      ],
      refuse(people),
    ),
  void: ({ id }) =>
    thrice([['voucher', id]], (fields) => press(people.lin, '/enterprise/vouchers/voids', fields)),
  terminate: async (voucher) => {
    await confirm(people)([
      ['key', newId()],
      ['only', rowOf(voucher)],
    ])
    const path = `/bureau/vouchers/${rowOf(voucher)}/terminations`
    await thrice([['reason', '合同解除']], (fields) => press(people.reviewer, path, fields))
  },
}

async function auditedOf({ id }: Voucher): Promise<string[]> {
  const { action, subject } = auditEntries
  const rows = await dbOf(env)
    .select({ action })
    .from(auditEntries)
    .where(eq(subject, `voucher:${id}`))
  return rows.map((row) => row.action)
}

test.each(Object.entries(ENDINGS))('%s', async (kind, end) => {
  const voucher = await makeVoucher(people.lin, { amount: '1000' })
  await end(voucher)
  const audited = await auditedOf(voucher)
  expect(audited.filter((action) => action === `voucher.${kind}`)).toHaveLength(1)
  expect(audited[0]).toBe('voucher.issue')
})
