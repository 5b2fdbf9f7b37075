/**
 * Three projects: `workers` inside workerd with the real D1, objects and R2; `node` for what reads
 * the sources or starts the portal; `journeys` for a real browser, run by name only.
 */
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = join(import.meta.dirname, '..')
const NODE_TESTS = ['test/tidy.test.ts', 'test/**/*.node.test.{ts,mjs}']

/** What `.dev.vars` holds on a real machine. The tests never read that file's values. */
const secrets = {
  SESSION_KEY: 'a test session key of more than thirty-two characters',
  OIDC_LEGAL_SECRET: 'legal-secret-of-the-tests',
  OIDC_STAFF_SECRET: 'staff-secret-of-the-tests',
  SMS_TOKEN: 'sms-token-of-the-tests',
  REGISTRY_TOKEN: 'registry-token-of-the-tests',
}
// Keeps wrangler from warning about a missing .dev.vars; the bindings below win over that file.
Object.assign(process.env, secrets)

const workerd = cloudflareTest(async () => ({
  wrangler: { configPath: `${root}/wrangler.toml` },
  miniflare: {
    bindings: {
      ...secrets,
      ORIGIN: 'http://voucher.test',
      DEMO: '0',
      FAULT_SEQUENCES: process.env['FAULT_SEQUENCES'] ?? '50',
      TEST_MIGRATIONS: await readD1Migrations(`${root}/migrations/d1`),
    },
  },
}))

export default defineConfig({
  root,
  test: {
    // The Worker's own log lines would bury the names of the tests.
    onConsoleLog: (text) => !text.startsWith('{"event":'),
    projects: [
      {
        root,
        plugins: [workerd],
        test: {
          name: 'workers',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...NODE_TESTS, 'test/journeys/**', 'test/core/**'],
          setupFiles: ['test/support/setup.ts'],
          testTimeout: 20_000,
        },
      },
      {
        root,
        test: {
          name: 'node',
          include: NODE_TESTS,
          exclude: ['test/journeys/**'],
          testTimeout: 60_000,
        },
      },
      {
        root,
        test: {
          name: 'journeys',
          include: ['test/journeys/*.test.mjs'],
          globalSetup: 'test/journeys/setup.mjs',
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
