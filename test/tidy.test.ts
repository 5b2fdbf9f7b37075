/** The layout, executable: every rule holds for the tree, and catches the violations planted. */
import { expect, test } from 'vitest'
import manifest from '../package.json'
import * as imports from './support/tidy-imports.ts'
import * as layout from './support/tidy-layout.ts'
import { PLANTS } from './support/tidy-plants.ts'
import { readTree, sourceOf } from './support/tidy-source.ts'
import type { Rule } from './support/tidy-source.ts'
import * as text from './support/tidy-text.ts'

const RULES: readonly [sentence: string, rule: Rule][] = [
  ['the top level is fixed', layout.fixedTopLevel],
  ['every folder of src has its place in the order', layout.knownFolders],
  ['a slice has no folders inside', layout.flatSlices],
  ['a slice uses only the closed list of file names', layout.closedNames],
  ['a name says what is inside', layout.sayingNames],
  ['the test tree mirrors src', layout.mirroredTests],
  ['a folder imports only folders before it', imports.ordered],
  ['across slices only rules, tables and client are visible', imports.visible],
  ['an object is reached through the client of its slice', imports.objectsBehindClients],
  ['rules import no library and no binding', imports.pureRules],
  [
    'src imports only declared dependencies',
    imports.declaredLibraries(Object.keys(manifest.dependencies)),
  ],
  ['a slice writes only its own tables', imports.ownTables],
  ['a file has at most 250 lines', text.shortFiles],
  ['a line has at most 100 columns', text.shortLines],
  ['a function has at most 60 lines', text.shortFunctions],
  ['a file opens with a comment', text.openingComment],
  ['a transaction of an object is synchronous', text.synchronousTransactions],
  ['no HTML is written past the escaping', text.escapedHtml],
  ['strings come in both languages', text.twinStrings],
  ['files speak of the product alone', text.productWords],
]

const tree = readTree()

test.each(RULES)('%s', (_sentence, rule) => {
  const found = rule(tree).map(({ path, line, reason }) => `${path}:${line} ${reason}`)
  expect(found).toEqual([])
})

test.each(PLANTS)('$path is caught: $reason', (plant) => {
  const found = plant.rule([...tree, sourceOf(plant.path, plant.text)])
  const reasons = found.filter(({ path }) => path === plant.path).map(({ reason }) => reason)
  expect(reasons.join('\n')).toContain(plant.reason)
})

test('every rule has a violation planted', () => {
  const planted = new Set(PLANTS.map(({ rule }) => rule))
  const bare = RULES.filter(([, rule]) => !planted.has(rule)).map(([sentence]) => sentence)
  // This one is made anew for the tree's own dependencies.
  expect(bare).toEqual(['src imports only declared dependencies'])
})
