/** Who may see whom: the order of the folders, and what a slice shows of itself. */
import { posix } from 'node:path'
import { GROUND, ORDER, SUPPORT, VISIBLE, VISIBLE_EXTRAS } from './layers.ts'
import type { Finding, Import, Rule, Source } from './tidy-source.ts'

/** One import between files of src/, both split into folder ('' for the root) and file. */
type Edge = { from: Place; to: Place; seen: Import }
type Place = { folder: string; file: string }

const FOLDERS: readonly string[] = ORDER
const RULES = /^([a-z]+-)?rules\.ts$/

function byEdge(check: (edge: Edge) => string | undefined): Rule {
  return (tree) => {
    const findings: Finding[] = []
    for (const source of tree.filter(({ path }) => path.startsWith('src/'))) {
      for (const edge of edgesOf(source)) {
        const reason = check(edge)
        if (reason) findings.push({ path: source.path, line: edge.seen.line, reason })
      }
    }
    return findings
  }
}

function edgesOf(source: Source): Edge[] {
  const here = posix.dirname(source.path)
  return source.imports
    .filter((seen) => seen.from.startsWith('.'))
    .map((seen) => ({
      from: placeOf(source.path),
      to: placeOf(posix.join(here, seen.from)),
      seen,
    }))
}

function placeOf(path: string): Place {
  const [top, ...inside] = path.split('/')
  if (top !== 'src') return { folder: top ?? '', file: inside.join('/') }
  const file = inside.pop() ?? ''
  return { folder: inside.join('/'), file }
}

export const ordered = byEdge(({ from, to }) => {
  if (from.folder === '' || from.folder === to.folder) return undefined
  if (to.folder === '') return `nothing imports the root (${to.file})`
  // The schema inside the ledger's objects is text beside the other migrations.
  if (to.folder === 'migrations') return undefined
  if (!FOLDERS.includes(to.folder)) return `${to.folder}/ is outside of src/`
  if (FOLDERS.indexOf(to.folder) < FOLDERS.indexOf(from.folder)) return undefined
  return `${from.folder} may not import ${to.folder}, which comes later`
})

export const visible = byEdge(({ from, to }) => {
  if (from.folder === '' || from.folder === to.folder || !FOLDERS.includes(to.folder))
    return undefined
  if (GROUND.includes(to.folder) || SUPPORT.includes(to.folder)) return undefined
  if (VISIBLE.test(to.file) || VISIBLE_EXTRAS.includes(`${to.folder}/${to.file}`)) return undefined
  return `${to.folder}/${to.file} is private to its slice`
})

export const objectsBehindClients = byEdge(({ from, to, seen }) => {
  if (to.file !== 'object.ts' || from.folder === '') return undefined
  if (from.folder === to.folder && (from.file === 'client.ts' || seen.types)) return undefined
  return `${to.folder}/object.ts is reached through ${to.folder}/client.ts`
})

export const pureRules: Rule = (tree) =>
  tree
    .filter(({ path }) => path.startsWith('src/') && RULES.test(posix.basename(path)))
    .flatMap((source) =>
      source.imports
        .filter((seen) => !isPure(source.path, seen.from))
        .map(({ from, line }) => ({
          path: source.path,
          line,
          reason: `rules import no library and no binding, only kernel and rules: ${from}`,
        })),
    )

function isPure(path: string, from: string): boolean {
  if (!from.startsWith('.')) return false
  const to = placeOf(posix.join(posix.dirname(path), from))
  return to.folder === 'kernel' || RULES.test(to.file) || isLedgerNoun(path, to)
}

/** The ledger's rules are made of nouns that are rules themselves. */
function isLedgerNoun(path: string, to: Place): boolean {
  return (
    path.startsWith('src/ledger/') && to.folder === 'ledger' && /^(book|event)\.ts$/.test(to.file)
  )
}

/** Libraries a deployed Worker carries stand under `dependencies`. */
export function declaredLibraries(dependencies: readonly string[]): Rule {
  return (tree) =>
    tree
      .filter(({ path }) => path.startsWith('src/') && !path.endsWith('/browser.ts'))
      .flatMap((source) =>
        source.imports
          .filter(({ from }) => !/^(\.|node:|cloudflare:)/.test(from))
          .filter(({ from }) => !dependencies.some((one) => `${from}/`.startsWith(`${one}/`)))
          .map(({ from, line }) => ({
            path: source.path,
            line,
            reason: `${from} is not among the dependencies of package.json`,
          })),
      )
}

/** A slice writes only its own tables: no insert, update or delete on an imported table. */
export const ownTables: Rule = (tree) =>
  tree
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap((source) => {
      const foreign = edgesOf(source)
        .filter(({ from, to }) => to.file === 'tables.ts' && from.folder !== to.folder)
        .flatMap(({ seen }) => seen.names)
      return source.calls
        .filter(({ name }) => ['insert', 'update', 'delete'].includes(name))
        .flatMap(({ name, line, args: [table] }) =>
          table?.type === 'Identifier' && foreign.includes(table.name)
            ? [{ path: source.path, line, reason: `${name}(${table.name}) writes another's table` }]
            : [],
        )
    })
