/** Mistakes about who may act, and about what a key stands for. */
const ACTORS = 'src/ledger/actor-rules.ts'
const COMMANDS = 'src/ledger/command-rules.ts'

/** A mutant of one replacement and the suites that must catch it. */
export function mutant(name, suites, file, find, put) {
  return { name, suites, changes: [{ file, find, put }] }
}
export const both = ['model', 'tables']

export const ACCESS = [
  mutant(
    'other carrier confirms',
    both,
    ACTORS,
    "actor.role === 'carrier' && actor.carrier === voucher.carrier",
    "actor.role === 'carrier'",
  ),
  mutant(
    'other enterprise claims',
    both,
    ACTORS,
    "actor.role === 'enterprise' && actor.enterprise === ledger.enterprise",
    "actor.role === 'enterprise'",
  ),
  mutant(
    "other region's bureau acts",
    both,
    ACTORS,
    'if (actor.region !== region && !stands_in) return',
    'if (actor.region.length !== region.length && !stands_in) return',
  ),
  mutant(
    'a bureau stands in wherever it says so',
    both,
    ACTORS,
    'acting_for === region && covers(actor.region, region)',
    'acting_for === region',
  ),
  mutant(
    'the payee is always the enterprise',
    both,
    ACTORS,
    "voucher.payee === 'enterprise' ? isEnterprise",
    'voucher.id ? isEnterprise',
  ),
  mutant(
    'finance reviews',
    both,
    ACTORS,
    "actor.staff.includes('review') ? undefined : refuse('not_a_reviewer')",
    "actor.staff.length > 0 ? undefined : refuse('not_a_reviewer')",
  ),
  mutant(
    'fingerprint ignores amount',
    both,
    COMMANDS,
    'const { caps: _caps, number: _number, ...asked }',
    'const { caps: _caps, number: _number, amount_fen: _fen, ...asked }',
  ),
  mutant(
    'fingerprint ignores who asks',
    both,
    COMMANDS,
    'who: [actor.role, actor.account, standingOf(actor)], asked',
    'asked',
  ),
  mutant(
    'fingerprint holds the caps of the moment',
    both,
    COMMANDS,
    'const { caps: _caps, number: _number, ...asked }',
    'const { number: _number, ...asked }',
  ),
]
