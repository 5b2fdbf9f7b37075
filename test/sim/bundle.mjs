/**
 * Bundles the product's own objects and client with the simulation into one module for plain Node:
 * the runtime's module, timers, clock and chance are the world's. A mutant changes sources here.
 */
import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'esbuild'
import { ROOT } from '../demo/first.mjs'

const HERE = join(ROOT, 'test/sim')

/**
 * Answers the path of the module. `edits` are `{ file, from, to }` on sources of the product; one
 * whose text is not found, or not just once, is an error.
 */
export async function bundle(name = 'product', edits = []) {
  const folder = join(ROOT, 'dist/sim')
  mkdirSync(folder, { recursive: true })
  const outfile = join(folder, `${name}.mjs`)
  const applied = new Set()
  await build({
    entryPoints: [join(HERE, 'run.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    logLevel: 'error',
    loader: { '.sql': 'text' },
    alias: { 'cloudflare:workers': join(HERE, 'workers-module.ts') },
    inject: [join(HERE, 'globals.ts')],
    define: { 'Date.now': 'simNow', 'Math.random': 'simRandom' },
    plugins: [schemaOfD1(), changedSources(edits, applied)],
  })
  const missed = edits.filter((edit) => !applied.has(edit))
  if (missed.length > 0) throw new Error(`${name}: ${missed[0].file} is not part of the bundle`)
  return outfile
}

function schemaOfD1() {
  const contents = () =>
    globSync('migrations/d1/*.sql', { cwd: ROOT })
      .sort()
      .map((file) => readFileSync(join(ROOT, file), 'utf8'))
      .join(';\n')
  return {
    name: 'schema-of-d1',
    setup(plan) {
      plan.onResolve({ filter: /^simulated:d1$/ }, ({ path }) => ({ path, namespace: 'd1' }))
      plan.onLoad({ filter: /.*/, namespace: 'd1' }, () => ({
        contents: contents(),
        loader: 'text',
      }))
    },
  }
}

function changedSources(edits, applied) {
  const files = [...new Set(edits.map(({ file }) => file))]
  for (const file of files)
    if (!existsSync(join(ROOT, file))) throw new Error(`there is no ${file}`)
  return {
    name: 'changed-sources',
    setup(plan) {
      plan.onLoad({ filter: /\.(ts|tsx|sql)$/ }, ({ path }) => {
        const file = relative(ROOT, path)
        const own = edits.filter((edit) => edit.file === file)
        if (own.length === 0) return undefined
        let contents = readFileSync(path, 'utf8')
        for (const edit of own) {
          contents = changed(contents, edit)
          applied.add(edit)
        }
        return { contents, loader: path.endsWith('.sql') ? 'text' : 'ts' }
      })
    },
  }
}

function changed(text, { file, from, to }) {
  const parts = text.split(from)
  if (parts.length !== 2)
    throw new Error(`${file} has ${parts.length - 1} times, not once:\n${from}`)
  return parts.join(to)
}
