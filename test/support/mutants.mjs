/**
 * Named replacements in the sources, applied while they are read and never on disk: what a suite
 * must catch. A pattern that does not stand exactly once in its file is an error, so that no mutant
 * goes stale in silence.
 */
import { readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/**
 * @typedef {{ file: string, find: string, put: string }} Change `file` from the repository's root
 * @typedef {{ name: string, changes: readonly Change[] }} Mutant
 */

/** The text with this mutant's changes of this file; every pattern must stand there once. */
export function mutate({ name, changes }, file, text) {
  for (const { find, put } of changes.filter((change) => change.file === file)) {
    const times = text.split(find).length - 1
    if (times !== 1)
      throw new Error(`mutant «${name}»: ${file} holds its pattern ${times} times\n${find}`)
    text = text.replace(find, () => put)
  }
  return text
}

/** Throws where a mutant's pattern is not in the sources of today, or two share a name. */
export function checkMutants(mutants) {
  const names = new Set(mutants.map(({ name }) => name))
  if (names.size !== mutants.length) throw new Error('two mutants share a name')
  for (const mutant of mutants)
    for (const { file } of mutant.changes)
      mutate(mutant, file, readFileSync(join(ROOT, file), 'utf8'))
}

/** True where one of the changes lies in this absolute path. */
function fileOf({ changes }, path) {
  const file = relative(ROOT, path).split(sep).join('/')
  return changes.some((change) => change.file === file) ? file : undefined
}

/** For esbuild: bundles with the mutant in, and fails where one of its files is not read. */
export function mutantForEsbuild(mutant) {
  return {
    name: 'mutant',
    setup(build) {
      const read = new Set()
      build.onLoad({ filter: /\.(ts|tsx|mjs)$/ }, ({ path }) => {
        const file = fileOf(mutant, path)
        if (!file) return undefined
        read.add(file)
        const contents = mutate(mutant, file, readFileSync(path, 'utf8'))
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' }
      })
      build.onEnd(() => {
        const unread = mutant.changes.find(({ file }) => !read.has(file))
        if (unread) throw new Error(`mutant «${mutant.name}»: nothing reads ${unread.file}`)
      })
    },
  }
}

/** For Vite and Vitest: transforms the sources with the mutant that `current` answers just then. */
export function mutantForVite(current) {
  return {
    name: 'mutant',
    enforce: 'pre',
    transform(code, id) {
      const mutant = current()
      const file = mutant && fileOf(mutant, id.split('?')[0])
      return file ? { code: mutate(mutant, file, code), map: null } : undefined
    },
  }
}
