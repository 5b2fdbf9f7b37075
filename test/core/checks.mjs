/**
 * Stands in for Vitest's runner where the tables run once for each mutant: collects the checks of a
 * bundle and runs them one by one. The expectations are Vitest's own.
 */
import { format } from 'node:util'

export { expect } from 'vitest'

const checks = []
let path = []

export function test(name, run) {
  checks.push({ name: [...path, name].join(' > '), run })
}

/** Collects at once, as the bodies of these tables wait for nothing. */
export function describe(name, body) {
  path.push(name)
  body()
  path = path.slice(0, -1)
}

const each = (declare) => (rows) => (name, run) => {
  for (const row of rows) {
    const values = Array.isArray(row) ? row : [row]
    declare(titleOf(name, row, values), () => run(...values))
  }
}
test.each = each(test)
describe.each = each(describe)

function titleOf(name, row, values) {
  const named = name.replace(/\$(\w+)/g, (whole, key) => String(row?.[key] ?? whole))
  return format(named, ...values.slice(0, named.split('%').length - 1))
}

/** The first check that fails, with why; undefined where all pass. */
export async function firstFailing() {
  for (const { name, run } of checks) {
    try {
      await run()
    } catch (error) {
      return { name, message: String(error?.message ?? error).split('\n')[0] }
    }
  }
  if (checks.length === 0) throw new Error('a bundle without checks')
  return undefined
}
