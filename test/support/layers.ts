/** The layout as data: the order of the folders, the names a file may have, and what is visible. */

/** A folder of src/ imports only folders before it; the root (index, app, schedule) imports all. */
export const ORDER = [
  'kernel',
  'platform',
  'ui',
  'audit',
  'notice',
  'attachment',
  'live',
  'budget',
  'ledger',
  'identity',
  'policy',
  'registration',
  'atlas',
  'catalogue',
  'intake',
  'quota',
  'map',
  'booking',
  'voucher',
  'redemption',
  'evaluation',
  'report',
  'hall',
] as const

export const ROOT_FILES = ['index.ts', 'app.tsx', 'schedule.ts']

/** Folders that are no slices: their files are nouns, and everything in them is public. */
export const GROUND = ['kernel', 'platform', 'ui']

/** Support slices: they never know a feature's name, and their components are public too. */
export const SUPPORT = ['audit', 'notice', 'attachment', 'live']

export const TOP_LEVEL = [
  'src',
  'migrations',
  'public',
  'test',
  '.ci',
  'wrangler.toml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'README.md',
  'LICENSE',
  '.oxlintrc.json',
  '.prettierrc.json',
  '.prettierignore',
  '.gitignore',
]

/** Folders of test/ beside those that mirror src/. */
export const TEST_FOLDERS = [
  'sim',
  'support',
  'demo',
  'portal',
  'journeys',
  'bench',
  'core',
  'fault',
  'chaos',
  'results',
]

const ROLES = 'enterprise|carrier|bureau|member|public'

/** The closed list of a slice's files. `<noun>-…` is for what passes 250 lines. */
export const SLICE_FILES = [
  /^(rules|tables|store|strings|client|object|nightly|browser)\.ts$/,
  /^([a-z]+-)?views?\.tsx$/,
  // The map's script is the one that needs nouns: base, marker, box.
  /^[a-z]+-(strings|rules|browser)\.ts$/,
  new RegExp(`^(${ROLES})(-[a-z]+)?\\.tsx$`),
]

/** Files beside the closed list, each for a stated reason. */
export const SLICE_EXTRAS: Readonly<Record<string, readonly string[]>> = {
  // The engine: the mirror to D1, and the nouns its rules are made of.
  ledger: [
    'archive.ts',
    'bell.ts',
    'book.ts',
    'command.ts',
    'digest.ts',
    'drift.ts',
    'escrow.ts',
    'event.ts',
    'herald.ts',
    'hub.ts',
    'journal.ts',
    'mirror.ts',
    'proof.ts',
    'rebuild.ts',
    'reconcile.ts',
    'report.ts',
    'root.ts',
    'reservation.ts',
    'schema.ts',
  ],
  // Moves, lists, files of them, hours, uses, calendar addresses, messages, a form's ground.
  booking: [
    'export.ts',
    'feed-store.ts',
    'ground.ts',
    'hour-store.ts',
    'list-store.ts',
    'message.ts',
    'move.ts',
    'phone.ts',
    'use-store.ts',
  ],
  // What a use stands on, making it, and which invoice stands for which voucher.
  voucher: ['ground.ts', 'issue.ts', 'invoice-store.ts'],
  // The second engine: how shards are made, where they lie, who reads them, the same from D1.
  atlas: [
    'clause.ts',
    'fresh.ts',
    'lookup.ts',
    'overview.ts',
    'press.ts',
    'reader.ts',
    'row.ts',
    'shelf.ts',
  ],
  // What the public interface takes and answers, and its document.
  map: ['schema.ts', 'answer.ts', 'document.ts'],
  // What both payees do alike, one press of theirs, payments, the bureau's checks.
  redemption: ['payee.tsx', 'submission.ts', 'payment-store.ts', 'check-store.ts'],
  // What the index is told, what becomes a file, what a bureau decides, its list, items as they
  // are kept, as they are offered and as a file has them, what waits, what is seen, where money
  // goes.
  catalogue: [
    'document.ts',
    'export.ts',
    'verdict.ts',
    'desk-store.ts',
    'item-store.ts',
    'offer-store.ts',
    'export-store.ts',
    'proposal-store.ts',
    'picture-store.ts',
    'account-store.ts',
  ],
  // The two kinds of file, and what a job reads, keeps, checks and publishes.
  intake: [
    'check.ts',
    'csv.ts',
    'download.ts',
    'fault.ts',
    'flow.tsx',
    'job.ts',
    'pieces.ts',
    'publish.ts',
    'reader.ts',
    'rows.ts',
    'template.ts',
    'unpack.ts',
    'upload.ts',
    'xlsx.ts',
    'xml.ts',
  ],
  // The components that keep a page live.
  live: ['page.tsx'],
}

/** Names that say nothing about what is inside. A service is also what a carrier sells. */
export const FORBIDDEN_NAMES =
  /^(services?)(\.|$)|(^|[-.])(utils?|helpers?|common|misc|managers?|data|info)([-.]|$)/

/** What other slices may see of a slice. */
export const VISIBLE = /^([a-z]+-)?(rules|tables|client)\.ts$/

/** Visible beside that: a voucher's state, form and history look the same everywhere. */
export const VISIBLE_EXTRAS = [
  'ledger/badge-view.tsx',
  'ledger/strings.ts',
  'voucher/detail-view.tsx',
  // Bookings wait on the same desk as vouchers.
  'booking/desk-view.tsx',
  'booking/state-view.tsx',
]

export const LINES_MAX = 250
export const COLUMNS_MAX = 100
export const FUNCTION_LINES_MAX = 60
