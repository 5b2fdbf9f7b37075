/** Voucher numbers with their check character, and invoices as people type them. */
import { expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { isVoucherNumber, readInvoice, voucherNumber } from '../../src/voucher/rules.ts'

test('a number names year and county and is the same for every retry', () => {
  const id = newId()
  const number = voucherNumber(id, 2026, '330106')
  expect(number).toMatch(/^ZJ2026-330106-[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  expect(voucherNumber(id, 2026, '330106')).toBe(number)
  expect(isVoucherNumber(number)).toBe(true)
})

test('a number has no look-alikes', () => {
  const drawn = Array.from({ length: 300 }, () => voucherNumber(newId(), 2026, '330106').slice(14))
  expect(drawn.join('')).not.toMatch(/[01ILO]/)
})

test('any one wrong character shows', () => {
  const number = voucherNumber('01890000-0000-7000-8000-0123456789ab', 2026, '330106')
  const places = [...number].flatMap((character, place) => (character === '-' ? [] : [place]))
  for (const place of places.slice(2)) {
    const old = number.charAt(place)
    const other = /\d/.test(old) ? (old === '3' ? '4' : '3') : old === 'A' ? 'B' : 'A'
    const wrong = number.slice(0, place) + other + number.slice(place + 1)
    expect([wrong, isVoucherNumber(wrong)]).toEqual([wrong, false])
  }
})

test('two swapped characters show', () => {
  const number = voucherNumber('01890000-0000-7000-8000-0123456789ab', 2026, '330106')
  const characters = [...number]
  for (let place = 14; place < characters.length - 1; place++) {
    const swapped = [...characters]
    const [one = '', other = ''] = swapped.slice(place, place + 2)
    if (one === other || one === '-' || other === '-') continue
    swapped.splice(place, 2, other, one)
    const wrong = swapped.join('')
    expect([wrong, isVoucherNumber(wrong)]).toEqual([wrong, false])
  }
})

test.each([
  ['', '', null],
  ['3300194130', '12345678', { code: '3300194130', number: '12345678' }],
  ['', '２６３３２００００００００００１０８０１', { code: '', number: '26332000000000010801' }],
  ['3300194130', '26332000000000010801', { code: '', number: '26332000000000010801' }],
])('%s %s is the invoice %o', (code, number, invoice) => {
  expect(readInvoice(code, number)).toEqual({ ok: true, value: invoice })
})

test.each([
  ['3300194130', '', 'invoice_number_missing'],
  ['330019', '12345678', 'invoice_code_unreadable'],
  ['', '1234567', 'invoice_number_unreadable'],
])('%s %s is refused as %s', (code, number, refusal) => {
  expect(readInvoice(code, number)).toMatchObject({ ok: false, code: refusal })
})
