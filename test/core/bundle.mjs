/** The model as one module that plain Node runs, whatever the sources are written in. */
import { build } from 'esbuild'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../demo/first.mjs'

/** Bundles the model, with `plugins` over its sources, and answers the module's path. */
export async function bundleModel(name = 'model', plugins = []) {
  const outfile = join(ROOT, 'dist/core', `${name}.mjs`)
  mkdirSync(join(ROOT, 'dist/core'), { recursive: true })
  await build({
    entryPoints: [join(ROOT, 'test/core/model.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    logLevel: 'silent',
    plugins,
  })
  return outfile
}
