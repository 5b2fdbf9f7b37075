/**
 * What a journey stands on: a demonstration of its own, freshly seeded, and people with browsers
 * who sign in through the portal. Buttons and fields are found by role and exact name only.
 */
import { cp, mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { expect, inject } from 'vitest'
import { findChromium } from '../demo/chromium.mjs'
import { startInstance } from '../demo/instance.mjs'

export const PASSWORD = 'Demo-2026'
const ARGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-proxy-server',
]
/** A page that is slower than this is a failure, not a reason to wait. */
const PATIENCE_MS = 10_000

/**
 * Starts a demonstration, with `more` over its variables. `newRole` opens a page for a person with
 * cookies of their own; `stop` ends everything and fails when a browser complained of anything.
 */
export async function startDemo(more = {}) {
  const { folder, state: seeded, ...given } = inject('demo')
  const instance = { ...given, vars: { ...given.vars, ...more } }
  const state = join(await mkdtemp(join(folder, 'state-')), 'state')
  await cp(seeded, state, { recursive: true })
  const { stop: stopInstance, worker, portal } = await startInstance({ ...instance, state })
  const browser = await chromium.launch({ executablePath: findChromium(), args: ARGS })
  const problems = []
  const stop = async () => {
    await browser.close()
    await stopInstance()
    expect(problems).toEqual([])
  }
  const { vars } = instance
  const newRole = (how) => openPage(browser, vars.ORIGIN, problems, how)
  return { origin: vars.ORIGIN, portal: portal.url, worker, state, vars, newRole, stop }
}

async function openPage(browser, origin, problems, how = {}) {
  const { js = true, width = 1280, storageState } = how
  const context = await browser.newContext({
    baseURL: origin,
    javaScriptEnabled: js,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width, height: 900 },
    storageState,
    acceptDownloads: true,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const complain = (what) => problems.push(`${page.url()}: ${what}`)
  page.on('pageerror', (error) => complain(error.message))
  page.on('console', (message) => {
    // A page that answers 4xx on purpose is reported as a failed resource; that is no complaint.
    if (message.type() !== 'error' || /status of 4\d\d/.test(message.text())) return
    complain(message.text())
  })
  page.on('response', (answer) => {
    if (answer.status() >= 500) complain(`${answer.status()} for ${answer.url()}`)
  })
  return page
}

const LABELS = {
  zh: { legal: '法人登录', staff: '工作人员登录', account: '账号', secret: '密码', enter: '登录' },
}

/**
 * Signs in as an account of the cast through the portal's password page. Starts at the home page
 * unless the browser is at the portal already.
 */
export async function signIn(page, account, kind = account.includes('-') ? 'staff' : 'legal') {
  const t = LABELS.zh
  if (!(await page.getByLabel(t.account, { exact: true }).isVisible())) {
    await page.goto('/?lang=zh')
    await page.getByRole('link', { name: t[kind], exact: true }).click()
  }
  await page.getByLabel(t.account, { exact: true }).fill(account)
  await page.getByLabel(t.secret, { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: t.enter, exact: true }).click()
  await page.getByRole('link', { name: '用户面板', exact: true }).waitFor()
}

/** The engine that @axe-core/playwright brings; its builder would send it anew for every check. */
const axe = createRequire(import.meta.resolve('@axe-core/playwright'))('axe-core')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** WCAG 2.2 AA as far as a machine can tell. Needs JavaScript: axe hangs in a page without it. */
export async function expectAccessible(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  const told = await page.evaluate(async (values) => {
    const how = { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }
    const { violations } = await globalThis.axe.run(document, how)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html).join(' ')}`)
  }, TAGS)
  expect(told).toEqual([])
}
