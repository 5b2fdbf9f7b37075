/**
 * Claims under a county's budget in workerd: granted exactly up to it whoever asks at once, and
 * resumed or abandoned where the region was out of reach.
 */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test, vi } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { nudge, readLedger } from '../../src/ledger/client.ts'
import { YEAR, asked, between, budgetOf, newCounty, ring, sound, under } from './county.ts'
import { newDesk } from './desk.ts'
import { NO_CAPS, TODAY, claim, yuan } from './fixture.ts'

test('without a budget no region is called', async () => {
  const desk = newDesk()
  const called = vi.fn<() => object>()
  await between(desk, called)
  await desk.must(claim(yuan(1_000)))
  await desk.must({ kind: 'hand_back', region: '330106', year: YEAR, amount_fen: yuan(400) })
  const free = { ...NO_CAPS, budget: { fen_max: null, set_by: null } }
  await desk.must(claim(yuan(1_000), { caps: free }))
  await ring(desk)
  expect(called).not.toHaveBeenCalled()
})

test('50 enterprises at once use a budget up exactly, and not a fen more', async () => {
  const county = newCounty()
  const desks = Array.from({ length: 50 }, () => newDesk())
  const answers = await Promise.all(desks.map((desk) => desk.tell(under(county, 30_000, 1_000))))
  expect(answers.filter((answer) => answer.ok)).toHaveLength(30)
  const refused = answers.filter((answer) => !answer.ok)
  for (const refusal of refused)
    expect(refusal).toMatchObject({
      code: 'exceeds_budget',
      facts: { limit_fen: yuan(30_000), set_by: county, largest_fen: 0 },
    })
  for (const desk of desks) await ring(desk)
  expect(await budgetOf(county).state()).toEqual({
    unleased_fen: 0,
    leased_fen: 0,
    spent_fen: yuan(30_000),
    returned_fen: 0,
  })
  for (const desk of desks.slice(0, 5)) expect(await sound(desk, county)).toEqual([])
})

test('a double click makes one claim and one lease', async () => {
  const county = newCounty()
  const desk = newDesk()
  const envelope = asked(desk, under(county, 5_000, 3_000))
  const answers = await Promise.all([1, 2, 3].map(() => desk.stub.claim(envelope)))
  expect(new Set(answers).size).toBe(1)
  expect(JSON.parse(answers[0] ?? '')).toMatchObject({ ok: true })
  const other = { ...envelope, key: newId() }
  expect(JSON.parse(await desk.stub.claim(other))).toMatchObject({ code: 'already_exists' })
  expect((await readLedger(env, desk.enterprise, TODAY)).claims).toHaveLength(1)
  expect(await sound(desk, county)).toEqual([])
})

test('two agents who ask for the same claim at once get it once', async () => {
  const county = newCounty()
  const desk = newDesk()
  const command = under(county, 5_000, 3_000)
  const answers = await Promise.all([
    desk.tell(command),
    desk.tell(command, { ...desk.lin, account: 'another' }),
  ])
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(answers.find((answer) => !answer.ok)).toMatchObject({ code: 'already_exists' })
  expect(await budgetOf(county).state()).toMatchObject({ leased_fen: yuan(3_000) })
})

test('what is handed back frees the budget once, however often it is told', async () => {
  const county = newCounty()
  const desk = newDesk()
  await desk.must(under(county, 5_000, 5_000))
  await desk.must({ kind: 'hand_back', region: county, year: YEAR, amount_fen: yuan(2_000) })
  await ring(desk)
  await desk.rows('UPDATE errands SET done_at = NULL')
  await ring(desk)
  expect(await budgetOf(county).state()).toMatchObject({
    spent_fen: yuan(5_000),
    returned_fen: yuan(2_000),
  })
  expect(await newDesk().tell(under(county, 5_000, 2_001))).toMatchObject({
    facts: { largest_fen: yuan(2_000) },
  })
  expect(await newDesk().tell(under(county, 5_000, 2_000))).toMatchObject({ ok: true })
  expect(await sound(desk, county)).toEqual([])
})

test('what was claimed before there was a budget counts against it', async () => {
  const desk = newDesk()
  const county = newCounty()
  await desk.must(claim(yuan(3_000), { region: county }))
  await nudge(env, desk.enterprise)
  expect(await newDesk().tell(under(county, 5_000, 2_001))).toMatchObject({
    facts: { largest_fen: yuan(2_000) },
  })
  const back = { kind: 'hand_back', region: county, year: YEAR, amount_fen: yuan(1_000) } as const
  await desk.must({ ...back, caps: { budget: { fen_max: yuan(5_000), set_by: county } } })
  await ring(desk)
  expect(await desk.tell(under(county, 5_000, 3_000))).toMatchObject({ ok: true })
  expect(await newDesk().tell(under(county, 5_000, 1))).toMatchObject({ code: 'exceeds_budget' })
  expect(await sound(desk, county)).toEqual([])
})

test('what was claimed while the budget was lifted is told with the next word', async () => {
  const county = newCounty()
  const desk = newDesk()
  await desk.must(under(county, 5_000, 1_000))
  await desk.must(claim(yuan(2_000), { region: county }))
  const caps = { budget: { fen_max: yuan(5_000), set_by: county } }
  const back = { kind: 'hand_back', region: county, year: YEAR, amount_fen: yuan(500) } as const
  await desk.must({ ...back, caps })
  await ring(desk)
  expect(await budgetOf(county).state()).toEqual({
    unleased_fen: yuan(2_000),
    leased_fen: 0,
    spent_fen: yuan(1_000),
    returned_fen: yuan(500),
  })
  expect(await sound(desk, county)).toEqual([])
})

describe('a claim that is reserving', () => {
  /** The region is out of reach: the claim stays as it is. */
  async function stranded(county: string, amount = 3_000) {
    const desk = newDesk()
    const envelope = asked(desk, under(county, 5_000, amount))
    await between(desk, () => ({ lease: () => Promise.reject(new Error('gone')) }))
    const answer = JSON.parse(await desk.stub.claim(envelope)) as object
    expect(answer).toMatchObject({ code: 'unavailable' })
    await runInDurableObject(desk.stub, (ledger) => {
      Reflect.set(ledger, 'env', env)
    })
    return { desk, envelope }
  }

  test('goes on where it stopped when it is sent again', async () => {
    const county = newCounty()
    const { desk, envelope } = await stranded(county)
    expect((await readLedger(env, desk.enterprise, TODAY)).ungranted).toMatchObject([
      { state: 'reserving', amount_fen: yuan(3_000) },
    ])
    const first = await desk.stub.claim(envelope)
    expect(JSON.parse(first)).toMatchObject({ ok: true, value: { seq: 2 } })
    expect(await desk.stub.claim(envelope)).toBe(first)
    expect(await sound(desk, county)).toEqual([])
  })

  test('takes its part of the caps', async () => {
    const county = newCounty()
    const { desk } = await stranded(county)
    const total = { fen_max: yuan(4_000), set_by: county }
    const over = under(county, 5_000, 1_001)
    const answer = await desk.tell({ ...over, caps: { ...over.caps, total } })
    expect(answer).toMatchObject({
      code: 'exceeds_claim_total_max',
      facts: { largest_fen: yuan(1_000) },
    })
  })

  test('is abandoned after a minute, and neither its key nor its id is granted then', async () => {
    const county = newCounty()
    const { desk, envelope } = await stranded(county)
    await desk.rows(`UPDATE reservations SET reserved_at = reserved_at - 61000`)
    await ring(desk)
    for (const key of [envelope.key, newId()])
      expect(JSON.parse(await desk.stub.claim({ ...envelope, key }))).toMatchObject({
        code: 'claim_abandoned',
      })
    expect(await budgetOf(county).state()).toMatchObject({ leased_fen: 0, spent_fen: 0 })
    expect(await sound(desk, county)).toEqual([])
  })

  test('of a year that has passed is abandoned and its lease freed', async () => {
    const county = newCounty()
    const { desk, envelope } = await stranded(county)
    const at = Date.parse('2027-01-01T00:00:00+08:00')
    expect(JSON.parse(await desk.stub.claim({ ...envelope, at }))).toMatchObject({
      code: 'year_closed',
    })
    await ring(desk)
    expect(await budgetOf(county).state()).toMatchObject({ leased_fen: 0, spent_fen: 0 })
  })
})
