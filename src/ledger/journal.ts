/**
 * The only writer of the object's tables. One call writes one event and all it comes to, inside the
 * caller's transaction, and throws, so that nothing stays, where two reckonings disagree.
 */
import { ACCOUNTS, emptyBook, postTo } from './book.ts'
import { seal } from './event.ts'
import type { EventBody } from './event.ts'
import { canonicalJson } from './json-rules.ts'
import { moveReservation } from './reservation.ts'
import { findBook } from './store.ts'
import type { Head } from './store.ts'
import type { Book, Claim, Decision, LedgerEvent, Redemption, Voucher } from './rules.ts'

/** An event as it was written, with its book after it and the voucher that it changed. */
export type Recorded = { event: LedgerEvent; book: Book; voucher: Voucher | null; head: Head }

/** Appends the event after `head` and brings book, claim, voucher and redemption up to it. */
export function record(
  sql: SqlStorage,
  head: Head,
  happened: Omit<EventBody, 'seq' | 'postings'>,
  decision: Decision,
): Recorded {
  const { postings, claim, voucher, redemption, reservation } = decision
  const event = seal(head.hash, { ...happened, seq: head.seq + 1, postings })
  const first = postings[0] ?? reservation
  if (!first) throw new Error(`${event.kind} posts nothing`)
  const before = findBook(sql, first.region, first.year) ?? emptyBook(first.region, first.year)
  const book = postTo(before, postings)
  insertEvent(sql, event)
  putBook(sql, book, event.seq)
  insertLegs(sql, event)
  if (claim) insertClaim(sql, claim, event.seq)
  if (voucher) putVoucher(sql, voucher, event.seq)
  if (redemption) putRedemption(sql, redemption, event.seq)
  if (reservation && reservation.state !== 'reserving') moveReservation(sql, reservation, event.seq)
  assertTallies(sql, book)
  return { event, book, voucher, head: { seq: event.seq, at: event.at, hash: event.hash } }
}

export function insertAnswer(
  sql: SqlStorage,
  answer: { key: string; fingerprint: string; answer: string; at: number },
): void {
  sql.exec(
    'INSERT INTO answers (key, fingerprint, answer, at) VALUES (?, ?, ?, ?)',
    answer.key,
    answer.fingerprint,
    answer.answer,
    answer.at,
  )
}

function insertEvent(sql: SqlStorage, event: LedgerEvent): void {
  sql.exec(
    `INSERT INTO events (seq, at, kind, actor, voucher, payload, postings, prev, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    event.seq,
    event.at,
    event.kind,
    canonicalJson(event.actor),
    event.voucher,
    canonicalJson(event.payload),
    canonicalJson(event.postings),
    event.prev,
    event.hash,
  )
}

function insertLegs(sql: SqlStorage, { seq, postings }: LedgerEvent): void {
  for (const [index, { region, year, from, to, amount_fen }] of postings.entries()) {
    const insert = 'INSERT INTO legs VALUES (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?)'
    const [out, into] = [index * 2 + 1, index * 2 + 2]
    sql.exec(
      insert,
      seq,
      out,
      region,
      year,
      from,
      -amount_fen,
      seq,
      into,
      region,
      year,
      to,
      amount_fen,
    )
  }
}

function putBook(
  sql: SqlStorage,
  { region, year, accounts, claimed_fen }: Book,
  seq: number,
): void {
  sql.exec(
    `INSERT INTO books (region, year, available, unconfirmed, confirmed, in_review, paid, lapsed,
       claimed_fen, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET available = excluded.available,
       unconfirmed = excluded.unconfirmed, confirmed = excluded.confirmed,
       in_review = excluded.in_review, paid = excluded.paid, lapsed = excluded.lapsed,
       claimed_fen = excluded.claimed_fen, version = excluded.version`,
    region,
    year,
    ...ACCOUNTS.map((account) => accounts[account]),
    claimed_fen,
    seq,
  )
}

function insertClaim(sql: SqlStorage, claim: Claim, seq: number): void {
  const { id, region, year, amount_fen, at, by } = claim
  const insert = `INSERT INTO claims (id, region, year, amount_fen, at, by, version)
    VALUES (?, ?, ?, ?, ?, ?, ?)`
  sql.exec(insert, id, region, year, amount_fen, at, by, seq)
}

function putVoucher(sql: SqlStorage, voucher: Voucher, seq: number): void {
  if (voucher.version !== seq) throw new Error(`voucher ${voucher.id} skips event ${seq}`)
  // No move leads to unconfirmed: a voucher that is so has just been made.
  if (voucher.state !== 'unconfirmed') return updateVoucher(sql, voucher)
  sql.exec(
    `INSERT INTO vouchers (id, number, region, year, amount_fen, carrier, payee, state, version,
       issued_at, form) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    voucher.id,
    voucher.number,
    voucher.region,
    voucher.year,
    voucher.amount_fen,
    voucher.carrier,
    voucher.payee,
    voucher.state,
    voucher.version,
    voucher.issued_at,
    canonicalJson(voucher.form),
  )
}

function updateVoucher(sql: SqlStorage, voucher: Voucher): void {
  sql.exec(
    `UPDATE vouchers SET state = ?, version = ?, confirmed_at = ?, ended_at = ?, reason = ?,
       redemption = ?, paid_fen = ? WHERE id = ?`,
    voucher.state,
    voucher.version,
    voucher.confirmed_at,
    voucher.ended_at,
    voucher.reason,
    voucher.redemption,
    voucher.paid_fen,
    voucher.id,
  )
}

function putRedemption(sql: SqlStorage, redemption: Redemption, seq: number): void {
  sql.exec(
    `INSERT INTO redemptions (id, voucher, state, submitted_at, decided_at, paid_fen, reason, by,
       version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET state = excluded.state, decided_at = excluded.decided_at,
       paid_fen = excluded.paid_fen, reason = excluded.reason, version = excluded.version`,
    redemption.id,
    redemption.voucher,
    redemption.state,
    redemption.submitted_at,
    redemption.decided_at,
    redemption.paid_fen,
    redemption.reason,
    redemption.by,
    seq,
  )
}

/** The book must equal what its legs and its vouchers come to, as the triggers counted them. */
function assertTallies(sql: SqlStorage, book: Book): void {
  const tallies = sql
    .exec<{ account: string; posted_fen: number; held_fen: number }>(
      'SELECT account, posted_fen, held_fen FROM tallies WHERE region = ? AND year = ?',
      book.region,
      book.year,
    )
    .toArray()
  const tallyOf = (name: string) =>
    tallies.find(({ account }) => account === name) ?? { posted_fen: 0, held_fen: 0 }
  for (const account of ACCOUNTS) {
    const { posted_fen, held_fen } = tallyOf(account)
    const fen = book.accounts[account]
    const vouched_fen = account === 'available' || account === 'lapsed' ? 0 : fen
    if (posted_fen !== fen || held_fen !== vouched_fen)
      throw new Error(`${account} is ${fen}, legs say ${posted_fen}, vouchers ${held_fen}`)
  }
  if (tallyOf('contra').posted_fen !== -book.claimed_fen)
    throw new Error(`claimed is ${book.claimed_fen}, contra ${tallyOf('contra').posted_fen}`)
}
