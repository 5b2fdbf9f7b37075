/** The sources as tidy's rules see them: text, imports, functions and calls of every file. */
import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor } from 'vite'
import type { ESTree } from 'vite'

export type Import = { from: string; line: number; types: boolean; names: readonly string[] }
export type Block = { line: number; lines: number; describes: boolean }
export type Call = { name: string; line: number; args: readonly ESTree.Argument[] }

export type Source = {
  path: string
  text: string
  imports: readonly Import[]
  functions: readonly Block[]
  calls: readonly Call[]
  /** Names of functions of this file that are async. */
  asyncs: readonly string[]
  /** JSX attributes by name. */
  attributes: readonly { name: string; line: number }[]
}

/** What a rule finds: where, and why it is refused. */
export type Finding = { path: string; line: number; reason: string }
export type Rule = (tree: readonly Source[]) => Finding[]

const ROOT = join(import.meta.dirname, '../..')
const CODE = /\.(ts|tsx|mjs)$/

/** Every file that is or could be committed, code parsed. */
export function readTree(): Source[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  return [...new Set(listed.split('\0'))]
    .filter((path) => statSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile())
    .map((path) => sourceOf(path, readFileSync(join(ROOT, path), 'utf8')))
}

/** One file with what its syntax tree says; files that are no code have only their text. */
export function sourceOf(path: string, text: string): Source {
  const found = {
    imports: [] as Import[],
    functions: [] as Block[],
    calls: [] as Call[],
    asyncs: [] as string[],
    attributes: [] as { name: string; line: number }[],
  }
  if (CODE.test(path)) collect(path, text, found)
  return { path, text, ...found }
}

type Found = {
  imports: Import[]
  functions: Block[]
  calls: Call[]
  asyncs: string[]
  attributes: { name: string; line: number }[]
}

function collect(path: string, text: string, found: Found): void {
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length
  const { program } = parseSync(path, text)
  const describing = new Set<unknown>()
  const block = (node: { start: number; end: number }) => {
    const line = lineAt(node.start)
    const lines = lineAt(node.end) - line + 1
    found.functions.push({ line, lines, describes: describing.has(node) })
  }
  const take = (node: { start: number; source: { value: unknown } | null }, types: boolean) => {
    if (typeof node.source?.value !== 'string') return
    const names = 'specifiers' in node ? localNames(node.specifiers) : []
    found.imports.push({ from: node.source.value, line: lineAt(node.start), types, names })
  }
  new Visitor({
    ImportDeclaration: (node) => take(node, node.importKind === 'type'),
    ExportNamedDeclaration: (node) => take(node, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => take(node, node.exportKind === 'type'),
    ImportExpression: (node) => take({ ...node, source: literal(node.source) }, false),
    TSImportType: (node) => take(node, true),
    FunctionDeclaration: (node) => {
      if (node.async && node.id) found.asyncs.push(node.id.name)
      block(node)
    },
    FunctionExpression: block,
    ArrowFunctionExpression: block,
    VariableDeclarator: (node) => {
      const made = node.init
      if (made && 'async' in made && made.async && node.id.type === 'Identifier')
        found.asyncs.push(node.id.name)
    },
    CallExpression: (node) => {
      const name = calleeName(node.callee)
      if (/^(describe|suite)$/.test(rootName(node.callee)))
        for (const one of node.arguments) describing.add(one)
      found.calls.push({ name, line: lineAt(node.start), args: node.arguments })
    },
    JSXAttribute: (node) => {
      if (node.name.type === 'JSXIdentifier')
        found.attributes.push({ name: node.name.name, line: lineAt(node.start) })
    },
  }).visit(program)
}

function literal(node: ESTree.Expression): { value: unknown } | null {
  return node.type === 'Literal' ? node : null
}

function localNames(specifiers: unknown): string[] {
  const listed = specifiers as readonly { local?: { name?: string } }[]
  return listed.map((one) => one.local?.name ?? '')
}

/** `raw` of raw(…), `transactionSync` of a.b.transactionSync(…). */
function calleeName(callee: ESTree.Expression): string {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return ''
  return callee.property.name
}

/** `describe` of describe(…), describe.skip(…) and describe.each(…)(…). */
function rootName(callee: ESTree.Expression): string {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type === 'MemberExpression') return rootName(callee.object)
  return callee.type === 'CallExpression' ? rootName(callee.callee) : ''
}
