/** As whom somebody acts who signed in: enterprise, carrier, bureau, or nobody yet. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { resumeCarrier, suspendCarrier } from '../../src/catalogue/client.ts'
import {
  accountIdOf,
  enterpriseForUscc,
  findAccount,
  findStaff,
  findUsccOf,
  insertStaff,
  listStaff,
} from '../../src/identity/client.ts'
import { actorOf } from '../../src/identity/rules.ts'
import { openEnterprise } from '../../src/identity/store.ts'
import { bindings, enterprises, staff } from '../../src/identity/tables.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { PEOPLE } from '../support/cast.ts'
import { accountOf, signInAs } from '../support/sign-in.ts'
import { ZHIJIAN, admitZhijian, ask, who } from './fixture.ts'

const db = dbOf(env)

beforeAll(admitZhijian)

describe('a legal person', () => {
  test('whose first request this is gets an enterprise, and keeps it', async () => {
    const { cookie, enterprise } = await signInAs(env, 'fang')
    expect((await who(cookie)).actor).toMatchObject({ role: 'enterprise', enterprise })
    const { cookie: again } = await signInAs(env, 'fang')
    expect((await who(again)).actor).toMatchObject({ role: 'enterprise', enterprise })
    expect(await enterpriseForUscc(db, PEOPLE.fang.uscc)).toBe(enterprise)
    expect(await findUsccOf(db, enterprise)).toBe(PEOPLE.fang.uscc)
  })

  test('whose agents come at the same moment gets one enterprise, not ten', async () => {
    const uscc = '91330203MA2DEM025G'
    const before = await db.$count(enterprises)
    const opened = await Promise.all(
      Array.from({ length: 10 }, () => openEnterprise(db, uscc, Date.now())),
    )
    expect(new Set(opened).size).toBe(1)
    expect(await db.$count(enterprises)).toBe(before + 1)
    expect(await db.$count(bindings, eq(bindings.uscc, uscc))).toBe(1)
  })

  test('that is an admitted carrier acts as it, and no enterprise is opened', async () => {
    const { cookie } = await signInAs(env, 'wu')
    expect((await who(cookie)).actor).toMatchObject({ role: 'carrier', carrier: ZHIJIAN })
    expect(await enterpriseForUscc(db, PEOPLE.wu.uscc)).toBeUndefined()
  })

  test('whose carrier is suspended stays one: what is open goes on', async () => {
    const { cookie } = await signInAs(env, 'wu')
    const row = { carrier: ZHIJIAN, at: 1, by: 'province-admin', reason: '资质到期' }
    await commit(db, [suspendCarrier(db, row)])
    expect((await who(cookie)).actor).toMatchObject({ role: 'carrier', carrier: ZHIJIAN })
    expect(await enterpriseForUscc(db, PEOPLE.wu.uscc)).toBeUndefined()
    await commit(db, [resumeCarrier(db, ZHIJIAN)])
  })

  test('is the same account at the same portal, and another at another one', () => {
    const here = accountIdOf('http://portal.example', 'yunshan')
    expect(accountIdOf('http://portal.example', 'yunshan')).toBe(here)
    expect(accountIdOf('http://other.example', 'yunshan')).not.toBe(here)
  })

  test('is found by the account with the phone that the portal gave', async () => {
    const { account } = await signInAs(env, 'zhou')
    const found = { name: '周予安', unit: PEOPLE.zhou.unit, phone: '13900000002' }
    expect(await findAccount(env, account)).toMatchObject(found)
    expect(await findAccount(env, 'nobody')).toBeUndefined()
    const rekeyed = { ...env, SESSION_KEY: 'another key, also of more than thirty-two characters' }
    expect(await findAccount(rekeyed, account)).toMatchObject({ name: '周予安', phone: null })
  })
})

describe('bureau staff', () => {
  test('act for the bureau that lists them, with the roles it gave', async () => {
    const { cookie } = await signInAs(env, 'haishu-finance')
    const expected = { role: 'bureau', region: '330203', staff: ['finance', 'policy'] }
    expect((await who(cookie)).actor).toMatchObject({ account: 'haishu-finance', ...expected })
    expect((await listStaff(db, '330203')).map(({ account }) => account)).toEqual([
      'haishu-finance',
    ])
  })

  test('who are listed no longer are nobody at once, and are told whom to ask', async () => {
    const { cookie } = await signInAs(env, 'xihu-finance')
    await db.update(staff).set({ active: false }).where(eq(staff.account, 'xihu-finance'))
    expect((await who(cookie)).actor).toBeNull()
    const answer = await ask('/login/unlisted', { cookie })
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).toContain('赵付（xihu-finance）')
    expect(text).toContain('人员管理')
    const listed = { account: 'xihu-finance', name: '赵付', region: '330106', roles: [] }
    await expect(commit(db, [insertStaff(db, listed)])).rejects.toThrow(/UNIQUE/)
    expect(await findStaff(db, 'xihu-finance')).toMatchObject({ active: false })
  })

  test('never become an enterprise, even under the name of one', () => {
    const account = accountOf(env, 'xihu-review')
    const standing = { carrier: ZHIJIAN, enterprise: 'e', staff: null }
    expect(actorOf(account, standing)).toBeNull()
  })
})
