/** One invoice stands for one living voucher in the province (U2), however two uses of it meet. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { readLedger, readVoucher } from '../../src/ledger/client.ts'
import { claimInvoice, invoiceOf } from '../../src/voucher/client.ts'
import { YUNSHAN, makeVoucher, press, rowOf, setUp, submitUse, useFields } from './fixture.ts'
import type { People } from './fixture.ts'
import { dbOf } from '../../src/platform/db.ts'

let people: People
beforeAll(async () => {
  people = await setUp()
})

const INVOICE = { invoice_code: '3300194130', invoice_number: '12345678' }

test('a second use of it is refused, naming nothing of the first', async () => {
  const first = await makeVoucher(people.lin, INVOICE)
  const refused = await submitUse(people.lin, useFields(INVOICE))
  const html = await refused.text()
  expect(refused.status).toBe(422)
  expect(html).toContain('这张发票已用于另一张有效的创新券')
  expect(html).not.toContain(first.number)
  const refusal: [string, string][] = [
    ['key', newId()],
    ['row', rowOf(first)],
    ['reason', '不是我单位的服务'],
  ]
  await press(people.wu, '/carrier/desk/refusals', refusal)
  expect((await submitUse(people.lin, useFields(INVOICE))).status).toBe(303)
})

test('two uses at once with the same invoice make one voucher', async () => {
  const own = { invoice_number: '26332000000000099999' }
  const forms = [useFields(own), useFields(own), useFields(own)]
  const answers = await Promise.all(forms.map((form) => submitUse(people.lin, form)))
  expect(answers.map((answer) => answer.status).sort((one, other) => one - other)).toEqual([
    303, 422, 422,
  ])
  const { vouchers } = await readLedger(env, YUNSHAN, Date.now())
  expect(vouchers.filter((one) => forms.some((form) => form['key'] === one.id))).toHaveLength(1)
})

test('a corrected number takes the place of the one entered before', async () => {
  const { id } = await makeVoucher(people.lin, { invoice_number: '26332000000000011111' })
  const claim = { code: '', number: '26332000000000022222', enterprise: YUNSHAN, voucher: id }
  expect(await claimInvoice(env, { ...claim, at: Date.now() })).toMatchObject({ ok: true })
  const held = await invoiceOf(dbOf(env), { enterprise: YUNSHAN, id })
  expect(held?.number).toBe('26332000000000022222')
  await makeVoucher(people.lin, { invoice_number: '26332000000000011111' })
})

test('what was held for a use that never came is free after a while', async () => {
  const at = Date.now()
  const lost = { code: '', number: '26332000000000033333', enterprise: YUNSHAN, voucher: newId() }
  await claimInvoice(env, { ...lost, at })
  const next = { ...lost, voucher: newId() }
  expect(await claimInvoice(env, { ...next, at: at + 60_000 })).toMatchObject({ ok: false })
  expect(await claimInvoice(env, { ...next, at: at + 3_600_000 })).toMatchObject({ ok: true })
})

test('twenty presses with the same invoice make one voucher', async () => {
  const own = { invoice_number: '26332000000000044444', amount: '1' }
  const forms = Array.from({ length: 20 }, () => useFields(own))
  const answers = await Promise.all(forms.map((form) => submitUse(people.lin, form)))
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(19)
})

test('a number that an earlier try held and the last one no longer names is free', async () => {
  const fields = useFields({ amount: '1' })
  const subject = { enterprise: YUNSHAN, id: fields['key'] ?? '' }
  const invoice = { code: '', number: '26332000000000055555' }
  const held = { ...invoice, enterprise: YUNSHAN, voucher: subject.id, at: Date.now() }
  await claimInvoice(env, held)
  expect((await submitUse(people.lin, fields)).status).toBe(303)
  expect(await invoiceOf(dbOf(env), subject)).toBeUndefined()
  await makeVoucher(people.lin, { invoice_number: invoice.number, amount: '1' })
})

test('nothing is issued where the invoice is refused', async () => {
  const own = { invoice_number: '26332000000000066666', amount: '1' }
  await makeVoucher(people.lin, own)
  const fields = useFields(own)
  expect((await submitUse(people.lin, fields)).status).toBe(422)
  expect(await readVoucher(env, YUNSHAN, fields['key'] ?? '', Date.now())).toBeNull()
})
