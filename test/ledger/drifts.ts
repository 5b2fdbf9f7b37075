/** What must never happen to D1, as SQL that does it, and the table where it shows. */
import { COMPARED } from '../../src/ledger/digest.ts'

export const TABLES = COMPARED.map(({ name }) => name)

export type Drifting = (mine: string, other: string) => string | string[]

/** SQL that does to D1 what must never happen; `mine` is the enterprise that is looked at. */
export const DRIFTS: readonly [how: string, table: string, sql: Drifting][] = [
  [
    'a voucher is missing',
    'vouchers',
    (e) => `DELETE FROM vouchers WHERE ${one('id', 'vouchers', e)}`,
  ],
  [
    'an event is missing',
    'events',
    (e) => `DELETE FROM events WHERE enterprise = '${e}' AND seq = 3`,
  ],
  [
    'a claim too many stands there',
    'claims',
    (e) => `INSERT INTO claims SELECT 'planted', enterprise, region, year, amount_fen, at, by
      FROM claims WHERE ${one('id', 'claims', e)}`,
  ],
  [
    'an event too many stands there',
    'events',
    (e) => `INSERT INTO events SELECT enterprise, seq + 100, at, kind, actor, voucher, payload,
      postings, prev, hash FROM events WHERE enterprise = '${e}' AND seq = 2`,
  ],
  [
    'an amount was changed',
    'vouchers',
    (e) => `UPDATE vouchers SET amount_fen = amount_fen + 1 WHERE ${one('id', 'vouchers', e)}`,
  ],
  [
    'a balance was changed',
    'books',
    (e) => `UPDATE books SET available = available + 100, lapsed = lapsed - 100
      WHERE enterprise = '${e}'`,
  ],
  [
    'a state was changed',
    'vouchers',
    (e) => `UPDATE vouchers SET state = 'voided' WHERE enterprise = '${e}' AND state = 'in_review'`,
  ],
  [
    'an older version came back',
    'redemptions',
    (e) => `UPDATE redemptions SET state = 'in_review', decided_at = NULL, paid_fen = NULL,
      reason = NULL, version = 4 WHERE enterprise = '${e}' AND state = 'approved'`,
  ],
  [
    'a version from nowhere bars the way',
    'books',
    (e) => `UPDATE books SET claimed_fen = 1, version = 9000 WHERE enterprise = '${e}'`,
  ],
  ['the head is gone', 'heads', (e) => `DELETE FROM heads WHERE enterprise = '${e}'`],
  [
    'a hash is another',
    'events',
    (e) => `UPDATE events SET hash = '${'0'.repeat(64)}' WHERE enterprise = '${e}' AND seq = 5`,
  ],
  [
    'rows went to another enterprise',
    'vouchers',
    (e, other) => `UPDATE vouchers SET enterprise = '${other}' WHERE enterprise = '${e}'`,
  ],
  [
    'two vouchers changed places',
    'vouchers',
    (e) => [
      `UPDATE vouchers SET id = id || '~' WHERE enterprise = '${e}'`,
      `UPDATE vouchers SET id = (SELECT substr(min(o.id), 1, length(min(o.id)) - 1) FROM vouchers o
        WHERE o.enterprise = '${e}' AND o.id <> vouchers.id AND o.id LIKE '%~')
        WHERE enterprise = '${e}' AND ${one('id', 'vouchers', e)}`,
    ],
  ],
  [
    'everything of it is gone',
    'events',
    (e) => TABLES.map((t) => `DELETE FROM ${t} WHERE enterprise = '${e}'`),
  ],
]

function one(column: string, table: string, enterprise: string): string {
  return `enterprise = '${enterprise}' AND ${column} =
    (SELECT min(${column}) FROM ${table} WHERE enterprise = '${enterprise}')`
}
