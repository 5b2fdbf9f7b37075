/**
 * What a carrier keeps of itself: contact, opening hours, introduction, and the account that it is
 * paid into. Changes are public at once; a form from before somebody else's change is refused.
 */
import { Hono } from 'hono'
import { touchAtlas } from '../atlas/client.ts'
import { auditOf } from '../audit/client.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import { readForm } from '../platform/form.ts'
import { allow, carrierOf } from '../platform/guard.ts'
import { page, seeOther } from '../platform/respond.tsx'
import { findSealedAccount, openAccount, putAccount } from './account-store.ts'
import { maskedAccount, readAccount, readContact } from './carrier-rules.ts'
import type { Account, Contact } from './carrier-rules.ts'
import { carrierStatements } from './client.ts'
import { errorsOf } from './form-view.tsx'
import type { Told } from './form-view.tsx'
import { LIST } from './list-view.tsx'
import { AccountPage, ContactPage } from './organisation-view.tsx'
import type { Carrier } from './rules.ts'
import { findCarrier } from './store.ts'

export const door = new Hono<App>()

const write = allow({ role: 'carrier', scope: 'own', action: 'catalogue.write' })
const pay = allow({ role: 'carrier', scope: 'own', action: 'carrier.account' })

door.get('/services/organisation', write, (c) => contactPage(c))

door.post('/services/organisation', write, async (c) => {
  const db = dbOf(c.env)
  const carrier = await ownCarrier(c)
  const { typed, many } = await readForm(c)
  const reading = readContact(typed, many)
  if (!reading.ok) return contactPage(c, { typed, many, errors: errorsOf(c, reading.faults) }, 422)
  const seen = Number(typed['seen'])
  const made = await commitOnce(db, [
    ...(await carrierStatements(db, carrier, reading.value, { seen, at: c.var.now })),
    auditOf(c, 'carrier.contact', `carrier:${carrier.id}`, {
      region: carrier.county,
      before: contactOf(carrier),
      after: { ...reading.value, phone: undefined },
    }),
  ])
  if (!made) return contactPage(c, { typed, many, errors: {} }, 409)
  await touchAtlas(c.env)
  return seeOther(c, `${LIST}?done=saved`)
})

/** What an audit row keeps: everything but the phone number. */
function contactOf({ contact, intro, opening, website }: Carrier): Omit<Contact, 'phone'> {
  return { contact, intro, opening, website }
}

door.get('/services/account', pay, (c) => accountPage(c))

door.post('/services/account', pay, async (c) => {
  const db = dbOf(c.env)
  const { carrier, account: by } = carrierOf(c)
  const { typed, many } = await readForm(c)
  const reading = readAccount(typed)
  if (!reading.ok) return accountPage(c, { typed, many, errors: errorsOf(c, reading.faults) }, 422)
  const before = await accountNow(c)
  const seen = Number(typed['seen'])
  const row = { carrier, account: reading.value, at: c.var.now, by, seen }
  const { county } = await ownCarrier(c)
  const made = await commitOnce(db, [
    putAccount(db, c.env.SESSION_KEY, row),
    auditOf(c, 'carrier.account', `carrier:${carrier}`, {
      region: county,
      before: before.account && shownOf(before.account),
      after: shownOf(reading.value),
    }),
  ])
  return made ? seeOther(c, `${LIST}?done=saved`) : accountPage(c, undefined, 409)
})

function shownOf({ bank, bank_account }: Account) {
  return { bank, bank_account: maskedAccount(bank_account) }
}

async function ownCarrier(c: Ctx): Promise<Carrier> {
  const carrier = await findCarrier(dbOf(c.env), carrierOf(c).carrier)
  if (!carrier) throw new Error('a carrier actor without its carrier')
  return carrier
}

async function accountNow(c: Ctx): Promise<{ seen: number; account: Account | undefined }> {
  const row = await findSealedAccount(dbOf(c.env), carrierOf(c).carrier)
  return { seen: row?.updated_at ?? 0, account: row && openAccount(c.env.SESSION_KEY, row) }
}

type Status = 200 | 409 | 422

async function contactPage(c: Ctx, told?: Told, status: Status = 200): Promise<Response> {
  const carrier = await ownCarrier(c)
  return page(c, <ContactPage {...{ c, carrier, told }} stale={status === 409} />, status)
}

async function accountPage(c: Ctx, told?: Told, status: Status = 200): Promise<Response> {
  const now = await accountNow(c)
  return page(c, <AccountPage {...{ c, told, ...now }} stale={status === 409} />, status)
}
