/** 林知远 evaluates what 云杉 bought, once; what nobody evaluates the system does on day thirty. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { and, eq } from 'drizzle-orm'
import { atlas_organisations } from '../../src/atlas/tables.ts'
import { auditEntries } from '../../src/audit/tables.ts'
import { indexMissing } from '../../src/catalogue/nightly.ts'
import { ratingOf } from '../../src/evaluation/client.ts'
import { evaluateByDefault, rateMissed } from '../../src/evaluation/nightly.ts'
import { DEFAULT_AFTER_MS } from '../../src/evaluation/rules.ts'
import { findEvaluation } from '../../src/evaluation/store.ts'
import { newId } from '../../src/kernel/id.ts'
import { nudge } from '../../src/ledger/client.ts'
import type { Voucher } from '../../src/ledger/rules.ts'
import { dbOf } from '../../src/platform/db.ts'
import { NIGHTLY, runTasks } from '../../src/schedule.ts'
import {
  YUNSHAN,
  ZHIJIAN,
  findVoucher,
  mainOf,
  makeVoucher,
  placeOf,
  press,
  read,
  rowOf,
  setUp,
  statusOf,
} from '../voucher/fixture.ts'
import type { People } from '../voucher/fixture.ts'

let people: People
beforeAll(async () => {
  people = await setUp()
})

const LIST = '/enterprise/evaluations'
const db = dbOf(env)

async function confirmed(): Promise<Voucher> {
  const { id, ...voucher } = await makeVoucher(people.lin, { amount: '10', contract_amount: '100' })
  await press(people.wu, '/carrier/desk/confirmations', [
    ['key', newId()],
    ['only', rowOf({ id, ...voucher })],
  ])
  await nudge(env, YUNSHAN)
  const made = await findVoucher(id)
  if (!made) throw new Error('it is gone')
  return made
}

async function terminate(voucher: Voucher): Promise<void> {
  await press(people.reviewer, `/bureau/vouchers/${rowOf(voucher)}/terminations`, [
    ['key', newId()],
    ['reason', '服务未发生'],
  ])
  await nudge(env, YUNSHAN)
}

const evaluate = (voucher: Voucher, stars: string, who = people.lin) =>
  press(who, `${LIST}/${voucher.id}`, [
    ['stars', stars],
    ['comment', '报告清楚，按时完成'],
    ['tag', 'on_time'],
    ['tag', 'nonsense'],
  ])

const given = (voucher: Voucher) => findEvaluation(db, YUNSHAN, voucher.id)

const audited = (voucher: Voucher, action: string) =>
  db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.subject, `voucher:${voucher.id}`), eq(auditEntries.action, action)))

describe('提交评价', () => {
  test('is kept with its stars, words and tags, and shown under 服务记录', async () => {
    const voucher = await confirmed()
    expect(mainOf(await read(people.lin, LIST))).toContain('待评价')
    expect(await read(people.lin, `${LIST}/${voucher.id}`)).toContain('4星')
    const answer = await evaluate(voucher, '4')
    expect(answer.status).toBe(303)
    const main = mainOf(await read(people.lin, placeOf(answer)))
    expect(main).toContain('评价已提交')
    expect(main).toContain('4星')
    expect(await given(voucher)).toMatchObject({ stars: 4, tags: ['on_time'], is_default: false })
    expect(mainOf(await read(people.lin, LIST))).toContain('已评价')
    expect(await audited(voucher, 'evaluation.give')).toHaveLength(1)
  })

  test('twice at once is one evaluation, and the second is told', async () => {
    const voucher = await confirmed()
    const answers = await Promise.all([evaluate(voucher, '5'), evaluate(voucher, '1')])
    const places = answers.map(placeOf).map((place) => place.split('?')[1] ?? '')
    expect(places.toSorted((one, other) => one.localeCompare(other))).toEqual([
      'already=1',
      'done=1',
    ])
    expect(await audited(voucher, 'evaluation.give')).toHaveLength(1)
    const again = await evaluate(voucher, '2')
    expect(mainOf(await read(people.lin, placeOf(again)))).toContain('没有重复提交')
  })

  test('needs a rating', async () => {
    const answer = await evaluate(await confirmed(), '6')
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('请选择评分')
    expect(html).toContain('报告清楚，按时完成')
  })

  test('is not for an unconfirmed or a terminated voucher, nor for a stranger', async () => {
    const waiting = await makeVoucher(people.lin, { amount: '10', contract_amount: '100' })
    expect((await evaluate(waiting, '5')).status).toBe(404)
    const voucher = await confirmed()
    expect(await statusOf(people.zhou, `${LIST}/${voucher.id}`)).toBe(404)
    expect((await evaluate(voucher, '5', people.zhou)).status).toBe(404)
    await terminate(voucher)
    const answer = await evaluate(voucher, '5')
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('已终止或不予兑付，不能评价')
    expect(await given(voucher)).toBeUndefined()
    expect(await read(people.lin, LIST)).not.toContain(voucher.number)
  })
})

describe('the nightly run', () => {
  test('records 好评 on day thirty, not a millisecond before, and once', async () => {
    const voucher = await confirmed()
    const due = (voucher.confirmed_at ?? 0) + DEFAULT_AFTER_MS
    await evaluateByDefault(env, due - 1)
    expect(await given(voucher)).toBeUndefined()
    await evaluateByDefault(env, due)
    expect(await given(voucher)).toMatchObject({ stars: 5, is_default: true, at: due })
    expect(await evaluateByDefault(env, due)).toBe(0)
    expect(await audited(voucher, 'evaluation.default')).toHaveLength(1)
    const main = mainOf(await read(people.lin, `${LIST}/${voucher.id}`))
    expect(main).toContain('系统默认')
    expect(placeOf(await evaluate(voucher, '1'))).toContain('already=1')
  })

  test('fired twice at once records one each', async () => {
    const [one, other] = [await confirmed(), await confirmed()]
    const due = (other.confirmed_at ?? 0) + DEFAULT_AFTER_MS
    await Promise.all([evaluateByDefault(env, due), evaluateByDefault(env, due)])
    for (const voucher of [one, other]) {
      expect(await given(voucher)).toMatchObject({ is_default: true })
      expect(await audited(voucher, 'evaluation.default')).toHaveLength(1)
    }
  })

  test('leaves what was evaluated and what was terminated alone', async () => {
    const [rated, ended] = [await confirmed(), await confirmed()]
    await evaluate(rated, '2')
    await terminate(ended)
    await evaluateByDefault(env, (ended.confirmed_at ?? 0) + 2 * DEFAULT_AFTER_MS)
    expect(await given(rated)).toMatchObject({ stars: 2, is_default: false })
    expect(await given(ended)).toBeUndefined()
  })
})

test('the average leaves out 系统默认 and what was terminated since', async () => {
  const [kept, ended, late] = [await confirmed(), await confirmed(), await confirmed()]
  const before = (await ratingOf(db, ZHIJIAN)) ?? { average: 0, count: 0 }
  await evaluate(kept, '1')
  await evaluate(ended, '1')
  await terminate(ended)
  await evaluateByDefault(env, (late.confirmed_at ?? 0) + DEFAULT_AFTER_MS)
  expect(await given(late)).toMatchObject({ is_default: true })
  const after = await ratingOf(db, ZHIJIAN)
  expect(after?.count).toBe(before.count + 1)
  expect(after?.average).toBeCloseTo((before.average * before.count + 1) / (before.count + 1))
  const page = mainOf(await read(people.wu, '/carrier/evaluations'))
  expect(page).toContain(`${(after?.average ?? 0).toFixed(1)} 星`)
  expect(page).toContain('系统默认')
  expect(mainOf(await read(people.qian, '/carrier/evaluations'))).toContain('还没有收到评价')
})

test("the map's index follows the average, at once and after a termination by night", async () => {
  const rating = () =>
    db
      .select({
        rating_percent: atlas_organisations.rating_percent,
        rating_count: atlas_organisations.rating_count,
      })
      .from(atlas_organisations)
      .where(eq(atlas_organisations.subject, ZHIJIAN))
      .get()
  const told = async () => {
    const { average = 0, count = 0 } = (await ratingOf(db, ZHIJIAN)) ?? {}
    return { rating_percent: Math.round(average * 100), rating_count: count }
  }
  await indexMissing(env, Date.now())
  const voucher = await confirmed()
  await evaluate(voucher, '2')
  expect(await rating()).toEqual(await told())
  await terminate(voucher)
  expect(await rating()).not.toEqual(await told())
  expect(await rateMissed(env, Date.now())).toBe(1)
  expect(await rating()).toEqual(await told())
  expect(await rateMissed(env, Date.now())).toBe(0)
})

test('the scheduled run does it', async () => {
  const voucher = await confirmed()
  await runTasks(env, NIGHTLY, (voucher.confirmed_at ?? 0) + DEFAULT_AFTER_MS)
  expect(await given(voucher)).toMatchObject({ is_default: true })
})
