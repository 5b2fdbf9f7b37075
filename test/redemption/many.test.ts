/** More vouchers wait at a carrier than one press may send: those that are 符合 go first. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { nudge, post } from '../../src/ledger/client.ts'
import type { Command } from '../../src/ledger/rules.ts'
import { ROWS_MAX } from '../../src/redemption/submission-rules.ts'
import { YUNSHAN, ZHIJIAN, mainOf, read, setUp } from '../voucher/fixture.ts'
import type { People } from '../voucher/fixture.ts'
import { historyOf, readyVoucher, submit } from './fixture.ts'

let people: People
beforeAll(async () => {
  people = await setUp()
})

const agent = { account: 'agent', name: '经办人' }

async function order(by: 'enterprise' | 'carrier', command: Command): Promise<void> {
  const actor =
    by === 'carrier'
      ? ({ ...agent, role: by, carrier: ZHIJIAN } as const)
      : ({ ...agent, role: by, enterprise: YUNSHAN } as const)
  const answer = await post(env, YUNSHAN, { key: newId(), actor, at: Date.now(), command })
  if (!answer.ok) throw new Error(answer.code)
}

/** One of ￥1.00 that lacks every paper. */
async function lacking(): Promise<void> {
  const voucher = newId()
  const form = { booking: null, confirm_by: null, papers: [] }
  const what = { region: '330106', amount_fen: 100, carrier: ZHIJIAN, payee: 'carrier' } as const
  await order('enterprise', { kind: 'issue', voucher, number: voucher, form, ...what })
  await order('carrier', { kind: 'confirm', voucher })
}

test('全部提交 finds the one that is 符合 behind a hundred that are not', async () => {
  const ready = await readyVoucher(people, 'carrier')
  for (let count = 0; count < ROWS_MAX; count += 1) await lacking()
  await nudge(env, YUNSHAN)
  const ways = mainOf(await read(people.wu, '/carrier/redemptions/ready'))
  expect(ways).toContain('￥1,200.00')
  expect((await submit(people.wu, 'carrier', 'all')).status).toBe(303)
  expect((await historyOf(ready)).voucher.state).toBe('in_review')
})
