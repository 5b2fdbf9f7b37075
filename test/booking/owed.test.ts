/** Messages that a gateway will not take keep no other message waiting. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { insertAnswer, insertBooking, insertTurn } from '../../src/booking/client.ts'
import { tellOwed } from '../../src/booking/message.ts'
import { newId } from '../../src/kernel/id.ts'
import { accept, refuse } from '../../src/kernel/outcome.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import type { sendSms } from '../../src/platform/sms.ts'
import { NOW, SERVICE, TODAY, ZHIJIAN, setUp } from './fixture.ts'
import type { People } from './fixture.ts'

const db = dbOf(env)
let people: People
beforeAll(async () => {
  people = await setUp()
})

/** A booking that its carrier has accepted, of which nobody has been told yet. */
async function owed(enterprise: string, at: number): Promise<void> {
  const booking = newId()
  const what = { carrier: ZHIJIAN, service: SERVICE, instrument: null, day: TODAY, need: '样机' }
  const who = { enterprise, contact: '经办人', phone: '13900000000', by: 'agent' }
  const turn = { turn: 1, kind: 'accept', party: 'carrier', told_at: null } as const
  await commit(db, [
    insertBooking(db, { id: booking, ...who, ...what, at }),
    insertAnswer(db, { booking, accepted: true, reason: null, at, by: 'wu' }),
    insertTurn(db, { booking, at, by: 'wu', ...turn }),
  ])
}

test('twenty older ones that are refused do not hold up a newer one', async () => {
  const sent = new Set<string>()
  // 周予安's telephone is out of order, 林知远's is not.
  const gateway: typeof sendSms = (_env, phone) => {
    if (phone === '13900000002') return Promise.resolve(refuse('sms_unavailable'))
    sent.add(phone)
    return Promise.resolve(accept(true))
  }
  for (let count = 0; count < 20; count += 1) await owed(people.zhou.enterprise, NOW - 1000)
  await owed(people.lin.enterprise, NOW)
  for (let run = 0; run < 12; run += 1) await tellOwed(env, NOW, { send: gateway })
  expect([...sent]).toEqual(['13900000001'])
})
