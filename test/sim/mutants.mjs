/**
 * Mistakes that somebody could make, each as a change of the product's sources while they are
 * bundled. The simulation must catch every one. A text that is no longer there is an error.
 */

const OBJECT = 'src/ledger/object.ts'
const MIRROR = 'src/ledger/mirror.ts'
const COMMAND = 'src/ledger/command.ts'
const ASKED = 'src/ledger/command-rules.ts'
const CLAIMS = 'src/ledger/claim-rules.ts'
const BOOK = 'src/ledger/book.ts'
const ACTORS = 'src/ledger/actor-rules.ts'
const EVENT = 'src/ledger/event.ts'
const HUB = 'src/ledger/hub.ts'
const BUDGET = 'src/budget/object.ts'
const LEASES = 'src/budget/rules.ts'

function mutant(name, what, ...edits) {
  return { name, what, edits: edits.map(([file, from, to]) => ({ file, from, to })) }
}

const COMMIT = [
  mutant('alarm_after_flush', 'the alarm is set one flush after the commit', [
    OBJECT,
    'if (done.recorded.length > 0) this.bell.armUnlessArmed()',
    `if (done.recorded.length > 0)
        void this.ctx.storage.sync().then(() => this.bell.armUnlessArmed())`,
  ]),
  mutant('no_transaction', 'commands write without a transaction around them', [
    OBJECT,
    'this.ctx.storage.transactionSync(() => {\n      const done = work()',
    '((use: () => Done) => use())(() => {\n      const done = work()',
  ]),
  mutant('no_key_check', 'a key that was answered before is not looked up', [
    COMMAND,
    'const earlier = findAnswer(sql, key) ?? findReservationByKey(sql, key)',
    `sql.exec('DELETE FROM answers WHERE key = ?', key)
  const earlier = findReservationByKey(sql, key)`,
  ]),
  mutant('key_without_actor', 'a key is the same whoever sends it', [
    ASKED,
    '{ who: [actor.role, actor.account, standingOf(actor)], asked }',
    '{ who: [typeof standingOf(actor)], asked }',
  ]),
  mutant('key_without_amount', 'a key is the same whatever the amount', [
    ASKED,
    'const { caps: _caps, number: _number, ...asked }',
    'const { caps: _caps, number: _number, amount_fen: _fen, ...asked }',
  ]),
  mutant('chain_skips_actor', 'an event may be given to somebody else unseen', [
    EVENT,
    'hashOf(canonicalJson({ ...body, prev }))',
    'hashOf(canonicalJson({ ...body, actor: null, prev }))',
  ]),
]

const D1 = [
  mutant('no_version_gate', 'an older row in D1 replaces a newer one', [
    MIRROR,
    'WHERE excluded.${gate} > ${into}.${gate}`',
    'WHERE excluded.${gate} <> ${into}.${gate}`',
  ]),
  mutant('mark_before_rows', 'what is sent counts as sent before D1 has it', [
    OBJECT,
    'const { restarts } = this\n    if (!hub',
    `const { restarts } = this
    mirror.markSent(this.sql, page.to_seq)
    if (!hub`,
  ]),
  mutant('watermark_before_rows', 'the head in D1 moves before the rows below it', [
    HUB,
    'await db.batch(statementsFor(db, ...pages))',
    `const all = statementsFor(db, ...pages)
      await db.batch(all.slice(-1))
      await db.batch(all.slice(0, -1))`,
  ]),
  mutant('hub_answers_at_once', 'the hub says that D1 has a page before it has', [
    HUB,
    'return this.gathering.add(page)',
    'void this.gathering.add(page)\n    return Promise.resolve(null)',
  ]),
  mutant('alarm_throws', 'an alarm throws when D1 fails', [
    OBJECT,
    `      const failures = mirror.countFailure(this.sql)
      this.bell.arm(`,
    `      if (this.env) throw error
      const failures = mirror.countFailure(this.sql)
      this.bell.arm(`,
  ]),
  mutant('alarm_forgets_failure', 'after a failure of D1 no alarm is set', [
    OBJECT,
    'this.bell.arm(mirror.backoffMs(failures, Math.random()))',
    'void mirror.backoffMs(failures, Math.random())',
  ]),
]

const YEAR = [
  mutant('prior_year_to_available', 'what a closed year frees can be spent again', [
    BOOK,
    "return yearOf(at) === year ? 'available' : 'lapsed'",
    "return yearOf(at) === year || year > 0 ? 'available' : 'lapsed'",
  ]),
  mutant('utc_year', 'the year turns at midnight in Greenwich', [
    'src/kernel/clock.ts',
    'return new Date(at + SHANGHAI_OFFSET_MS).getUTCFullYear()',
    'return new Date(at).getUTCFullYear()',
  ]),
  mutant('year_never_closed', 'quota of a passed year stays', [
    CLAIMS,
    'if (book.year >= yearOf(at) || amount_fen === 0) return []',
    'if (book.year >= yearOf(at) - 9 || amount_fen === 0) return []',
  ]),
]

const MONEY = [
  mutant('remainder_dropped', 'what is not paid of a voucher goes nowhere', [
    BOOK,
    'return parts.filter((posting) => posting.amount_fen > 0)',
    "return parts.filter(({ amount_fen, to }) => amount_fen > 0 && (to === 'paid' || !paid_fen))",
  ]),
  mutant('cap_ignores_reserving', 'claims that wait for their region do not count', [
    CLAIMS,
    'const reserving_fen = ledger.reservingOf(region, year)',
    'const reserving_fen = 0 * ledger.reservingOf(region, year)',
  ]),
  mutant('holding_ignores_unconfirmed', 'the holding cap counts only what is available', [
    CLAIMS,
    'accounts.available + accounts.unconfirmed + reserving_fen',
    'accounts.available + reserving_fen',
  ]),
  mutant('pays_above_voucher', 'more is paid than the voucher says', [
    'src/ledger/redemption-rules.ts',
    'if (command.paid_fen > amount_fen)',
    'if (command.paid_fen > amount_fen + 1)',
  ]),
]

const PARTIES = [
  mutant('any_bureau', "another region's bureau may act", [
    ACTORS,
    'if (actor.region !== region && !stands_in)',
    'if (actor.region.length !== region.length && !stands_in)',
  ]),
  mutant('any_carrier', 'the carrier of another voucher confirms', [
    ACTORS,
    "return actor.role === 'carrier' && actor.carrier === voucher.carrier",
    "return actor.role === 'carrier' && voucher.carrier !== ''",
  ]),
]

const REGION = [
  mutant(
    'lease_freed_without_tombstone',
    'a region frees a lease by its age, without asking',
    [BUDGET, 'const ORPHAN_MS = 300_000', 'const ORPHAN_MS = 300'],
    [BUDGET, 'const move = moveFor(status)', "const move = moveFor('unknown') ?? moveFor(status)"],
  ),
  mutant(
    'hand_back_frees_twice',
    'a hand-back that is told twice frees the budget twice',
    [LEASES, 'const put = { ...ask, freed_fen }', 'const put = { ...ask, id, freed_fen }'],
    [
      LEASES,
      'if (stands) return { answer: accept(stands) }',
      'const id = stands ? `${ask.id} ${Math.random()}` : ask.id',
    ],
  ),
  mutant('errand_done_before_told', 'a region counts as told before it has heard', [
    'src/ledger/escrow.ts',
    'if (!(await tell(sql, env, enterprise, errand)))',
    `reserved.markDone(sql, errand.seq, Date.now())
      if (!(await tell(sql, env, enterprise, errand)))`,
  ]),
  mutant(
    'lease_above_budget',
    'leases may pass the budget, and its rows do not mind',
    [LEASES, 'const fits = amount_fen <= left_fen', 'const fits = amount_fen <= left_fen * 2'],
    [
      'migrations/budget/0001_start.sql',
      'SELECT NEW.budget_fen - unleased_fen',
      'SELECT 2 * NEW.budget_fen - unleased_fen',
    ],
  ),
  mutant('grant_without_lease', 'a claim is granted where the region is out of reach', [
    'src/ledger/escrow.ts',
    "if (!lease) return { answer: canonicalJson(refuse('unavailable')), recorded: [] }",
    'lease ??= { ok: true } as LeaseAnswer',
  ]),
  mutant('reserving_never_ends', 'a claim whose answer was lost stays reserving', [
    'src/ledger/reservation.ts',
    'export const RESERVE_MS_MAX = 60_000',
    'export const RESERVE_MS_MAX = 60_000_000',
  ]),
]

export const MUTANTS = [...COMMIT, ...D1, ...YEAR, ...MONEY, ...PARTIES, ...REGION]
