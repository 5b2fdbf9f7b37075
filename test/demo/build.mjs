/**
 * Builds what browsers load: portal.css by sass, one bundle for each `src/<slice>/browser.ts` by
 * esbuild. Run by itself it prints the sizes and fails where styles or map outgrow their bounds.
 */
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build as bundle, transform } from 'esbuild'
import { compileAsync } from 'sass'
import { keep } from './static.mjs'

const ROOT = path.resolve(import.meta.dirname, '../..')
const OUT = path.join(ROOT, 'public/assets')
const BASEMAP = path.join(ROOT, 'public/basemap/zj.topo.json')
/** All styles together, gzipped. */
const CSS_BYTES_MAX = 15_000
/** What the first visit of the map loads beside the page and its markers, gzipped. */
const MAP_BYTES_MAX = 125_000
const MAP_FILES = ['portal.css', 'portal.js', 'map.js', 'zj.topo.json']
/** The script of the pages' own frame is called portal; the others are called as their slice. */
const NAMES = { ui: 'portal' }
/** The oldest engines that run module scripts of ours: 360, QQ and Sogou browsers' Chromium 84. */
const TARGET = ['chrome84', 'safari15', 'firefox90']

/** Of a library that cannot be shaken, the parts that are used stand for the whole. */
const PARTS = {
  name: 'parts',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^leaflet$/ }, () => ({ path: path.join(ROOT, 'test/demo/leaflet.mjs') })),
}

/**
 * Writes public/assets, the same once more under public/static/<content> for a year's keeping, and
 * answers the bytes of each file, plain and gzipped.
 */
export async function build() {
  mkdirSync(OUT, { recursive: true })
  const files = await Promise.all([styles(), ...scripts()])
  for (const [name, content] of files) writeFileSync(path.join(OUT, name), content)
  const all = [...files, ['zj.topo.json', readFileSync(BASEMAP)]]
  keep(all)
  return all.map(([name, content]) => {
    return { name, bytes: content.length, gzipped: gzipSync(content, { level: 9 }).length }
  })
}

async function styles() {
  const { css } = await compileAsync(path.join(ROOT, 'src/ui/portal.scss'), {
    loadPaths: [path.join(ROOT, 'node_modules')],
    quietDeps: true,
  })
  const small = await transform(css, { loader: 'css', minify: true, target: TARGET })
  return ['portal.css', Buffer.from(small.code)]
}

function scripts() {
  return globSync('src/*/browser.ts', { cwd: ROOT }).map(async (file) => {
    const slice = path.basename(path.dirname(file))
    const { outputFiles } = await bundle({
      entryPoints: [path.join(ROOT, file)],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      target: TARGET,
      plugins: [PARTS],
      legalComments: 'none',
    })
    return [`${NAMES[slice] ?? slice}.js`, Buffer.from(outputFiles[0].contents)]
  })
}

if (process.argv[1] && existsSync(process.argv[1])) {
  if (path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main()
}

async function main() {
  const started = performance.now()
  const files = await build()
  for (const { name, bytes, gzipped } of files) console.log(`${name} ${bytes} B, ${gzipped} B gz`)
  console.log(`built in ${Math.round(performance.now() - started)} ms`)
  const css = files.filter(({ name }) => name.endsWith('.css'))
  expectLight('styles weigh', css, CSS_BYTES_MAX)
  const map = files.filter(({ name }) => MAP_FILES.includes(name))
  expectLight('the map weighs', map, MAP_BYTES_MAX)
}

function expectLight(what, files, bytes_max) {
  const total = files.reduce((sum, { gzipped }) => sum + gzipped, 0)
  if (total <= bytes_max) return
  console.error(`${what} ${total} B gz, more than ${bytes_max}`)
  process.exitCode = 1
}
