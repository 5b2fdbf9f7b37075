/** The ledger inside workerd: what one enterprise, its carrier and its bureau see of it. */
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { readBook, readLedger, readVoucher, verifyLedger } from '../../src/ledger/client.ts'
import type { Cap, Command } from '../../src/ledger/rules.ts'
import { confirmed, newDesk } from './desk.ts'
import {
  LAST_JULY,
  NO_CAPS,
  TODAY,
  XIHU,
  ZHIJIAN,
  claim,
  issue,
  wang,
  wu,
  yuan,
  zhou,
} from './fixture.ts'

const xihu = (fen_max: number): Cap => ({ fen_max, set_by: XIHU })

describe('the main job', () => {
  test('of a voucher of 12,000.00 王评 pays 11,500.00 and 188,500.00 stay available', async () => {
    const desk = newDesk()
    const form = { contract_name: '演示电磁兼容检测合同', contract_fen: yuan(30_000), papers: [] }
    await desk.must(claim(yuan(200_000), { caps: { ...NO_CAPS, total: xihu(yuan(200_000)) } }))
    await desk.must(
      issue(yuan(12_000), { voucher: 'v', number: 'NO-1', form }),
      desk.lin,
      TODAY + 1,
    )
    await desk.must({ kind: 'confirm', voucher: 'v' }, wu, TODAY + 2)
    await desk.must({ kind: 'submit', voucher: 'v', redemption: 'r' }, desk.lin, TODAY + 3)
    const paid = await desk.must(
      { kind: 'approve', redemption: 'r', paid_fen: yuan(11_500), reason: ' 一项检测未做 ' },
      wang,
      TODAY + 4,
    )
    expect(paid.book.accounts).toEqual({
      available: yuan(188_500),
      unconfirmed: 0,
      confirmed: 0,
      in_review: 0,
      paid: yuan(11_500),
      lapsed: 0,
    })
    expect(paid.voucher).toEqual({
      id: 'v',
      number: 'NO-1',
      enterprise: desk.enterprise,
      region: XIHU,
      year: 2026,
      amount_fen: yuan(12_000),
      carrier: ZHIJIAN,
      payee: 'enterprise',
      state: 'redeemed',
      version: 5,
      issued_at: TODAY + 1,
      confirmed_at: TODAY + 2,
      ended_at: TODAY + 4,
      reason: '一项检测未做',
      redemption: 'r',
      paid_fen: yuan(11_500),
      form,
    })
    expect(paid.redemption).toEqual({
      id: 'r',
      voucher: 'v',
      state: 'approved',
      submitted_at: TODAY + 3,
      decided_at: TODAY + 4,
      paid_fen: yuan(11_500),
      reason: '一项检测未做',
      by: '林知远',
    })
  })

  test('its history tells every step with who took it, and the ledger proves', async () => {
    const desk = newDesk()
    const voucher = await confirmed(desk, yuan(12_000))
    await desk.must({ kind: 'submit', voucher, redemption: 'r' })
    const paid_fen = yuan(12_000)
    await desk.must({ kind: 'approve', redemption: 'r', paid_fen, reason: null }, wang)
    const history = await readVoucher(env, desk.enterprise, voucher, TODAY)
    expect(history?.events.map((event) => event.kind)).toEqual([
      'issue',
      'confirm',
      'submit',
      'approve',
    ])
    expect(history?.events.at(-1)?.actor).toEqual(wang)
    expect(await verifyLedger(env, desk.enterprise)).toMatchObject({ seq: 5, problems: [] })
  })

  test('of last year’s voucher what is not paid lapses', async () => {
    const desk = newDesk()
    const voucher = await confirmed(desk, yuan(12_000), LAST_JULY)
    await desk.must(claim(yuan(1_000)))
    await desk.must({ kind: 'submit', voucher, redemption: 'r' })
    const approve: Command = {
      kind: 'approve',
      redemption: 'r',
      paid_fen: yuan(11_500),
      reason: '一项检测未做',
    }
    const { book } = await desk.must(approve, wang)
    expect(book).toMatchObject({
      year: 2025,
      accounts: { available: 0, paid: yuan(11_500), lapsed: yuan(500) },
    })
    expect(await readBook(env, desk.enterprise, XIHU, TODAY)).toMatchObject({
      year: 2026,
      accounts: { available: yuan(1_000) },
    })
  })

  test('what was handed back is listed with who did it', async () => {
    const desk = newDesk()
    await desk.must(claim(yuan(10_000)))
    await desk.must({ kind: 'hand_back', region: XIHU, year: 2026, amount_fen: yuan(2_500) })
    const { hand_backs, books } = await readLedger(env, desk.enterprise, TODAY)
    expect(hand_backs).toMatchObject([
      { seq: 2, region: XIHU, year: 2026, amount_fen: yuan(2_500), by: '林知远', at: TODAY },
    ])
    expect(books[0]).toMatchObject({ claimed_fen: yuan(7_500) })
  })

  test('a ledger that nobody has used reads as empty and writes nothing', async () => {
    const { enterprise, rows } = newDesk()
    const empty = {
      books: [],
      claims: [],
      hand_backs: [],
      vouchers: [],
      redemptions: [],
      ungranted: [],
    }
    expect(await readLedger(env, enterprise, TODAY)).toEqual(empty)
    expect(await readVoucher(env, enterprise, 'v', TODAY)).toBeNull()
    const { accounts, claimed_fen } = await readBook(env, enterprise, XIHU, TODAY)
    expect([...Object.values(accounts), claimed_fen]).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(await verifyLedger(env, enterprise)).toMatchObject({ seq: 0, problems: [] })
    expect(await rows('SELECT * FROM events')).toEqual([])
  })
})

describe('many at once', () => {
  test('of twenty claims of 1,000.00 sent together against 7,500.00, seven pass', async () => {
    const desk = newDesk()
    const caps = { ...NO_CAPS, total: xihu(yuan(7_500)) }
    const sent = Array.from({ length: 20 }, () => desk.tell(claim(yuan(1_000), { caps })))
    const answers = await Promise.all(sent)
    expect(answers.filter((answer) => answer.ok)).toHaveLength(7)
    const refused = answers.filter((answer) => !answer.ok)
    for (const answer of refused)
      expect(answer).toMatchObject({
        code: 'exceeds_claim_total_max',
        facts: { largest_fen: yuan(500) },
      })
    expect(await readBook(env, desk.enterprise, XIHU, TODAY)).toMatchObject({
      claimed_fen: yuan(7_000),
    })
  })

  test('of 作废 and 确认 in the same moment exactly one wins and the other is told', async () => {
    for (let round = 0; round < 5; round += 1) {
      const desk = newDesk()
      await desk.must(claim(yuan(1_000)))
      await desk.must(issue(yuan(1_000), { voucher: 'v', number: newId() }))
      const both = [
        desk.tell({ kind: 'void', voucher: 'v' }),
        desk.tell({ kind: 'confirm', voucher: 'v' }, wu),
      ]
      const answers = await Promise.all(round % 2 === 0 ? both : both.reverse())
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
      expect(answers.find((answer) => !answer.ok)).toMatchObject({ code: 'not_in_state' })
    }
  })

  test('a hundred submissions of one form make one claim and one answer', async () => {
    const desk = newDesk()
    const command = claim(yuan(1_000))
    const key = newId()
    const sent = Array.from({ length: 100 }, () =>
      desk.stub.command({ key, actor: desk.lin, at: TODAY, command }),
    )
    expect(new Set(await Promise.all(sent)).size).toBe(1)
    const { claims } = await readLedger(env, desk.enterprise, TODAY)
    expect(claims).toHaveLength(1)
  })
})

test('周予安 does not reach another enterprise’s money, whatever he asks for', async () => {
  const desk = newDesk()
  await desk.must(claim(yuan(1_000)))
  expect(await desk.tell(claim(yuan(1)), zhou)).toMatchObject({ code: 'not_the_enterprise' })
})
