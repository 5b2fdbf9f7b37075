/** Faults of the whole that only crashes show, and how the short run hurries the clocks. */

/** @type {readonly import('../support/mutants.mjs').Mutant[]} */
export const MUTANTS = [
  {
    // Only an enterprise that nobody speaks to again shows it.
    name: 'alarm set after a flush',
    changes: [
      {
        file: 'src/ledger/object.ts',
        find: 'if (done.recorded.length > 0) this.bell.armUnlessArmed()',
        put: `if (done.recorded.length > 0)
        this.ctx.waitUntil(this.ctx.storage.sync().then(() => this.bell.armUnlessArmed()))`,
      },
    ],
  },
  {
    name: 'no idempotency keys',
    changes: [
      {
        file: 'src/ledger/command.ts',
        find: 'const earlier = findAnswer(sql, key) ?? findReservationByKey(sql, key)',
        put: 'const earlier = findReservationByKey(sql, key)',
      },
      {
        file: 'src/ledger/journal.ts',
        find: "'INSERT INTO answers (key,",
        put: "'INSERT OR REPLACE INTO answers (key,",
      },
    ],
  },
  {
    name: 'answer kept after the commit',
    changes: [
      {
        file: 'src/ledger/journal.ts',
        find: "  sql.exec(\n    'INSERT INTO answers (",
        put: "  const keep = () => sql.exec(\n    'INSERT INTO answers (",
      },
      {
        file: 'src/ledger/journal.ts',
        find: '    answer.at,\n  )',
        put: '    answer.at,\n  )\n  setTimeout(keep, 20)',
      },
    ],
  },
]

/** A claim is abandoned after two seconds, an orphan asked about after five. */
export const HURRY = [
  {
    file: 'src/ledger/reservation.ts',
    find: 'RESERVE_MS_MAX = 60_000',
    put: 'RESERVE_MS_MAX = 2_000',
  },
  { file: 'src/budget/object.ts', find: 'ORPHAN_MS = 300_000', put: 'ORPHAN_MS = 5_000' },
  { file: 'src/budget/object.ts', find: 'ASK_AGAIN_MS = 60_000', put: 'ASK_AGAIN_MS = 2_000' },
]
