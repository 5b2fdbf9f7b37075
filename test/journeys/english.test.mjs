/**
 * The main job once more, in English and by its shortest way: the language is chosen once and
 * remembered, and no page falls back to Chinese but for names and what people have written.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { button, field, heading, link, row } from './parts.mjs'
import { pdf } from './papers.mjs'
import { PASSWORD, startDemo } from './support.mjs'

const YEAR = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()

let demo, firm, carrier, bureau, number

beforeAll(async () => {
  demo = await startDemo()
  firm = await demo.newRole()
  carrier = await demo.newRole()
  bureau = await demo.newRole()
})

afterAll(() => demo?.stop())

const menu = (page, name) =>
  link(page.getByRole('navigation', { name: 'Left menu', exact: true }), name)

async function enter(page, account, door) {
  await page.goto('/?lang=en')
  await link(page, door).click()
  await field(page, 'Account').fill(account)
  await field(page, 'Password').fill(PASSWORD)
  await button(page, 'Sign in').click()
  await button(page, 'Sign out').waitFor()
}

/** Chinese in what the page itself says; names, and what people wrote, stay as they are. */
async function expectEnglish(page) {
  expect(await page.getAttribute('html', 'lang')).toBe('en')
  const labels = page.locator('main :is(label, legend, th, dt, h2, button, nav a)')
  const texts = [await page.title(), ...(await labels.allInnerTexts())]
  const chinese = texts.filter((text) => /\p{Script=Han}/u.test(text))
  expect(chinese.filter((text) => !/演示|科学技术局/.test(text))).toEqual([])
}

test('Fang registers, and the county approves', async () => {
  await enter(firm, 'qihang', 'Sign in as legal person')
  await firm.goto('/enterprise')
  await firm.getByRole('navigation', { name: 'Steps', exact: true }).waitFor()
  await menu(firm, 'Registration').click()
  await expectEnglish(firm)
  await field(firm, 'City').selectOption({ index: 1 })
  await field(firm, 'County or district').selectOption('330106')
  await button(firm, 'Submit').click()
  await heading(firm, 'Registration submitted').waitFor()
  await enter(bureau, 'xihu-review', 'Sign in as staff')
  await bureau.goto('/bureau/registrations')
  await link(bureau, '杭州演示启航机器人有限公司').click()
  await expectEnglish(bureau)
  await button(bureau, 'Approve').click()
  await bureau.getByText('Approved').first().waitFor()
})

test('she claims what she is given at once', async () => {
  await firm.goto('/enterprise/quota/claim')
  await field(firm, 'Amount to claim').fill('0')
  await button(firm, 'Submit claim').click()
  await firm.getByRole('alert').waitFor()
  expect(await firm.title()).toMatch(/^Error: /)
  await expectEnglish(firm)
  await field(firm, 'Amount to claim').fill('200000')
  await button(firm, 'Submit claim').click()
  await heading(firm, 'Quota claimed').waitFor()
})

test('she uses a voucher, and the carrier confirms it', async () => {
  await menu(firm, 'Use a voucher').click()
  await button(firm, 'Choose a carrier').click()
  await field(firm, 'Keyword').fill('演示机器人整机测评')
  await button(firm, 'Search').click()
  await button(row(firm, '演示机器人整机测评'), 'Choose').click()
  await field(firm, 'Contract name').fill('Robot test')
  await field(firm, 'Contract number').fill('EN-1')
  await field(firm, 'Contract sum').fill('30000')
  await field(firm, 'Contract signed on').fill(`${YEAR}-01-05`)
  await field(firm, 'Service starts on').fill(`${YEAR}-01-06`)
  await field(firm, 'Service ends on').fill(`${YEAR}-01-20`)
  await field(firm, 'Voucher amount').fill('12000')
  await firm.getByRole('radio', { name: 'Enterprise', exact: true }).check()
  await field(firm, 'Invoice number').fill('20263301000000000077')
  await field(firm, 'Contract').setInputFiles(pdf('contract'))
  await field(firm, 'Invoice').setInputFiles(pdf('invoice'))
  await field(firm, 'Proof of result').setInputFiles(pdf('report'))
  await firm.getByRole('checkbox', { name: 'Commitment', exact: true }).check()
  await expectEnglish(firm)
  await button(firm, 'Submit').click()
  await heading(firm, 'The voucher is made').waitFor()
  number = /ZJ\d{4}-\d{6}-[0-9A-Z-]+/.exec(await firm.getByRole('main').innerText())?.[0]
  await enter(carrier, 'zhijian', 'Sign in as legal person')
  await carrier.goto('/carrier/desk')
  await expectEnglish(carrier)
  await button(row(carrier, number), 'Confirm').click()
  await carrier.getByText('Confirmed', { exact: true }).waitFor()
})

test('she submits it, the bureau pays, and she evaluates the service', async () => {
  await menu(firm, 'Redemptions').click()
  await row(firm, number).getByText('Complete', { exact: true }).waitFor()
  await expectEnglish(firm)
  await button(firm, 'Submit all').click()
  await link(firm, number).waitFor()
  await bureau.goto('/bureau/redemptions')
  await link(row(bureau, number), number).click()
  await expectEnglish(bureau)
  await button(bureau, 'Approve redemption').click()
  await bureau.getByText('￥12,000.00').first().waitFor()
  await menu(firm, 'Services received').click()
  await link(row(firm, number), 'Evaluate').click()
  await firm.getByRole('radio', { name: '4 stars', exact: true }).check()
  await button(firm, 'Submit evaluation').click()
  await firm.getByText('Evaluation submitted').waitFor()
  await expectEnglish(firm)
})
