/** The model and the tables as modules that plain Node runs, with or without a mutant in them. */
import { build } from 'esbuild'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../demo/first.mjs'

const OUT = 'dist/core'
const CHECKS = join(ROOT, 'test/core/checks.mjs')
/** What stands in test/core/vitest.config.ts, but for the model. */
const TABLES = [
  'test/core/{book,envelope,rows}.test.ts',
  'test/kernel/{amount,clock}.test.ts',
  'test/budget/rules.test.ts',
  'test/ledger/{rules,refusals,caps,reservation,lease}.test.ts',
]

/** Bundles the model, with `plugins` over its sources, and answers the module's path. */
export function bundleModel(name = 'model', plugins = []) {
  return bundle({ entryPoints: [join(ROOT, 'test/core/model.ts')], plugins }, name)
}

/** Bundles the tables with their checks; the module answers `firstFailing`. */
export function bundleTables(name, plugins) {
  const files = TABLES.flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
  const imports = files.map((file) => `import './${file}'`)
  const contents = [...imports, `export { firstFailing } from './test/core/checks.mjs'`].join('\n')
  return bundle({ stdin: { contents, resolveDir: ROOT }, plugins: [...plugins, checks] }, name)
}

/** The tables import the checks in place of Vitest, which only the checks themselves see. */
const checks = {
  name: 'checks',
  setup({ onResolve }) {
    onResolve({ filter: /^vitest$/ }, ({ importer }) =>
      importer === CHECKS ? { path: 'vitest', external: true } : { path: CHECKS },
    )
  },
}

async function bundle(input, name) {
  const outfile = join(ROOT, OUT, `${name}.mjs`)
  const how = { bundle: true, format: 'esm', platform: 'node', target: 'node24' }
  await build({ ...input, ...how, outfile, logLevel: 'silent' })
  return outfile
}
