/**
 * The pure core of the ledger in plain Node, without workerd: its tables and its model, under
 * coverage, mutation and named mutants.
 */
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** What decides about money and reads no storage. */
export const CORE = [
  'src/kernel/{amount,clock,moves}.ts',
  'src/budget/rules.ts',
  'src/ledger/{rules,book,turn-rules,lease-rules}.ts',
  'src/ledger/{claim,voucher,redemption,actor,command,json}-rules.ts',
]

export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    name: 'core',
    include: [
      'test/core/*.test.ts',
      'test/kernel/{amount,clock}.test.ts',
      'test/budget/rules.test.ts',
      'test/ledger/{rules,refusals,caps,reservation,lease}.test.ts',
    ],
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: CORE,
      reporter: ['text'],
      thresholds: { branches: 100, functions: 100, lines: 100, statements: 100 },
    },
  },
})
