/** One violation for every rule of tidy, with the words its reason must contain. */
import * as imports from './tidy-imports.ts'
import * as layout from './tidy-layout.ts'
import * as text from './tidy-text.ts'
import type { Rule } from './tidy-source.ts'

export type Plant = { rule: Rule; path: string; text: string; reason: string }

const OPENS = '/** A file. */\n'
const long = (lines: number) => Array.from({ length: lines }, (_, at) => `  go(${at})`).join('\n')

function plant(rule: Rule, path: string, body: string, reason: string): Plant {
  return { rule, path, text: body, reason }
}

const LAYOUT = [
  plant(layout.fixedTopLevel, 'scripts/run.mjs', OPENS, 'fixed top level'),
  plant(layout.knownFolders, 'src/payment/rules.ts', OPENS, 'no place in the order'),
  plant(layout.knownFolders, 'src/routes.ts', OPENS, 'src/ itself holds only'),
  plant(layout.flatSlices, 'src/voucher/parts/rules.ts', OPENS, 'a folder inside voucher'),
  plant(layout.closedNames, 'src/voucher/logic.ts', OPENS, 'not a name a slice may use'),
  plant(layout.closedNames, 'src/quota/mirror.ts', OPENS, 'not a name a slice may use'),
  plant(layout.closedNames, 'src/quota/admin.tsx', OPENS, 'not a name a slice may use'),
  plant(layout.sayingNames, 'src/kernel/utils.ts', OPENS, 'says nothing'),
  plant(layout.sayingNames, 'src/ui/form-helpers.ts', OPENS, 'says nothing'),
  plant(layout.sayingNames, 'src/voucher/service.ts', OPENS, 'says nothing'),
  plant(layout.sayingNames, 'test/common/fixtures.ts', OPENS, 'says nothing'),
  plant(layout.mirroredTests, 'test/payment/rules.test.ts', OPENS, 'mirrors no folder'),
]

const IMPORTS = [
  plant(
    imports.ordered,
    'src/quota/client.ts',
    "import { a } from '../voucher/client.ts'",
    'quota may not import voucher',
  ),
  plant(
    imports.ordered,
    'src/ui/nav.tsx',
    "import '../audit/client.ts'",
    'ui may not import audit',
  ),
  plant(
    imports.ordered,
    'src/live/page.tsx',
    "import type { V } from '../voucher/rules.ts'",
    'live may not import voucher',
  ),
  plant(imports.ordered, 'src/hall/views.tsx', "import { app } from '../app.tsx'", 'the root'),
  plant(
    imports.ordered,
    'src/hall/store.ts',
    "import x from '../../test/support/cast.ts'",
    'outside',
  ),
  plant(
    imports.visible,
    'src/voucher/enterprise.tsx',
    "import { q } from '../quota/store.ts'",
    'quota/store.ts is private',
  ),
  plant(
    imports.visible,
    'src/hall/store.ts',
    "export { t } from '../voucher/strings.ts'",
    'voucher/strings.ts is private',
  ),
  plant(
    imports.objectsBehindClients,
    'src/ledger/mirror.ts',
    "import { EnterpriseLedger } from './object.ts'",
    'reached through ledger/client.ts',
  ),
  plant(
    imports.objectsBehindClients,
    'src/quota/client.ts',
    "const { EnterpriseLedger } = await import('../ledger/object.ts')",
    'reached through ledger/client.ts',
  ),
  plant(imports.pureRules, 'src/quota/rules.ts', "import * as z from 'zod'", 'no library'),
  plant(
    imports.pureRules,
    'src/quota/cap-rules.ts',
    "import type { Bindings } from '../platform/bindings.ts'",
    'no binding',
  ),
  plant(
    imports.declaredLibraries(['hono']),
    'src/ui/chart.tsx',
    "import { scaleLinear } from 'honolulu'",
    'not among the dependencies',
  ),
  plant(
    imports.ownTables,
    'src/quota/store.ts',
    "import { vouchers } from '../ledger/tables.ts'\nexport const w = (db) => db.insert(vouchers)",
    "writes another's table",
  ),
]

const TEXT = [
  plant(text.shortFiles, 'src/quota/store.ts', `${OPENS}${long(250)}`, '251 lines'),
  plant(text.shortLines, 'test/app.test.ts', `${OPENS}// ${'x'.repeat(98)}`, '101 columns'),
  plant(
    text.shortFunctions,
    'src/quota/store.ts',
    `${OPENS}function f() {\n${long(59)}\n}`,
    'a function of 61 lines',
  ),
  plant(
    text.shortFunctions,
    'src/quota/views.tsx',
    `${OPENS}export const V = () => (\n<p>\n{[\n${long(58).replaceAll(')', '),')}]}</p>)`,
    'a function of 61 lines',
  ),
  plant(
    text.shortFunctions,
    'src/ledger/object.ts',
    `${OPENS}class L {\n  m() {\n${long(59)}\n  }\n}`,
    'a function of 61 lines',
  ),
  plant(text.openingComment, 'src/quota/store.ts', 'export const a = 1\n', 'opens with a comment'),
  plant(
    text.synchronousTransactions,
    'src/ledger/object.ts',
    'this.ctx.storage.transactionSync(async () => { await 1 })',
    'rolls nothing back',
  ),
  plant(
    text.synchronousTransactions,
    'src/ledger/object.ts',
    'const work = async () => {}\nstorage.transactionSync(work)',
    'rolls nothing back',
  ),
  plant(text.escapedHtml, 'src/ui/list.tsx', "const a = <p>{raw('<b>')}</p>", 'raw() writes'),
  plant(
    text.escapedHtml,
    'src/ui/list.tsx',
    'const a = <p dangerouslySetInnerHTML={{ __html: x }} />',
    'dangerouslySetInnerHTML writes',
  ),
  plant(
    text.twinStrings,
    'src/quota/strings.ts',
    'export const strings = { zh: {} }',
    'twin(zh, en)',
  ),
  plant(text.productWords, 'README.md', 'Run it in /home/me/voucher', 'a path of one machine'),
  plant(text.productWords, 'src/quota/store.ts', '// TODO the rest', 'put off'),
]

export const PLANTS: readonly Plant[] = [...LAYOUT, ...IMPORTS, ...TEXT]
