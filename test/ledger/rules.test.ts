/**
 * Every command against every state, actor, payee and year. What is expected stands in the literal
 * tables below, which share no line with the rules.
 */
import { describe, expect, test } from 'vitest'
import type { AnyActor } from '../../src/kernel/actor.ts'
import type { Command, Payee } from '../../src/ledger/rules.ts'
import {
  APRIL,
  LAST_JULY,
  MemoryLedger,
  TODAY,
  XIHU,
  claim,
  clock,
  feng,
  issue,
  lin,
  sun,
  wang,
  wei,
  wu,
  yuan,
  zhao,
  zhou,
} from './fixture.ts'

const FACE = yuan(12_000)
const PAID = yuan(11_500)

const ACTORS: Readonly<Record<string, AnyActor>> = {
  'own enterprise': lin,
  'other enterprise': zhou,
  'named carrier': wu,
  'other carrier': sun,
  'own reviewer': wang,
  'own finance': zhao,
  'other reviewer': feng,
  'city reviewer': wei,
  time: clock,
}

/** How a voucher comes into each situation; the payee acts where the payee must. */
const SITUATIONS: Readonly<Record<string, readonly Kind[]>> = {
  'never made': [],
  unconfirmed: ['issue'],
  confirmed: ['issue', 'confirm'],
  refused: ['issue', 'refuse'],
  voided: ['issue', 'void'],
  expired: ['issue', 'expire'],
  terminated: ['issue', 'confirm', 'terminate'],
  in_review: ['issue', 'confirm', 'submit'],
  'confirmed/returned': ['issue', 'confirm', 'submit', 'return'],
  'confirmed/withdrawn': ['issue', 'confirm', 'submit', 'withdraw'],
  redeemed: ['issue', 'confirm', 'submit', 'approve'],
  rejected: ['issue', 'confirm', 'submit', 'reject'],
}

type Kind = Exclude<Command['kind'], 'claim' | 'hand_back'>

/** Situation, command, state after it, account it empties, account it fills; X is freed money. */
const MOVES = `
  unconfirmed           confirm    confirmed   unconfirmed confirmed
  unconfirmed           refuse     refused     unconfirmed X
  unconfirmed           void       voided      unconfirmed X
  unconfirmed           expire     expired     unconfirmed X
  confirmed             terminate  terminated  confirmed   X
  confirmed             submit     in_review   confirmed   in_review
  confirmed/returned   terminate  terminated  confirmed   X
  confirmed/returned   submit     in_review   confirmed   in_review
  confirmed/withdrawn  terminate  terminated  confirmed   X
  confirmed/withdrawn  submit     in_review   confirmed   in_review
  in_review             withdraw   confirmed   in_review   confirmed
  in_review             return     confirmed   in_review   confirmed
  in_review             approve    redeemed    in_review   paid+X
  in_review             reject     rejected    in_review   X`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
  .map(([from = '', kind = '', to = '', source = '', sink = '']) => ({
    from,
    kind,
    to,
    source,
    sink,
  }))

/** Whose command it is, and how everybody else is refused. */
const RIGHTS: Readonly<Record<string, { who: Record<Payee, readonly string[]>; else: string }>> = {
  confirm: only('named carrier', 'not_the_carrier'),
  refuse: only('named carrier', 'not_the_carrier'),
  void: only('own enterprise', 'not_the_enterprise'),
  expire: only('time', 'not_the_clock'),
  terminate: only('own reviewer', 'not_the_bureau'),
  submit: payees(),
  withdraw: payees(),
  return: only('own reviewer', 'not_the_bureau'),
  approve: only('own reviewer', 'not_the_bureau'),
  reject: only('own reviewer', 'not_the_bureau'),
}
const OF_REDEMPTION = ['withdraw', 'return', 'approve', 'reject']
const OF_BUREAU = ['terminate', 'return', 'approve', 'reject']
/** How a redemption stands in the situations that have one. */
const REDEMPTIONS: Readonly<Record<string, string>> = {
  in_review: 'in_review',
  'confirmed/returned': 'returned',
  'confirmed/withdrawn': 'withdrawn',
  redeemed: 'approved',
  rejected: 'rejected',
}

function only(name: string, refusal: string) {
  return { who: { carrier: [name], enterprise: [name] }, else: refusal }
}
function payees() {
  const who = { carrier: ['named carrier'], enterprise: ['own enterprise'] }
  return { who, else: 'not_the_payee' }
}

type Case = { situation: string; kind: string; who: string; payee: Payee; last_year: boolean }

function expected({ situation, kind, who, payee, last_year }: Case): string {
  if (situation === 'never made' && !OF_REDEMPTION.includes(kind)) return 'voucher_not_found'
  if (OF_REDEMPTION.includes(kind) && !REDEMPTIONS[situation]) return 'redemption_not_found'
  const rights = RIGHTS[kind]
  if (who === 'own finance' && OF_BUREAU.includes(kind)) return 'not_a_reviewer'
  if (!rights?.who[payee].includes(who)) return rights?.else ?? 'no such command'
  const move = MOVES.find((row) => row.from === situation && row.kind === kind)
  const stands = OF_REDEMPTION.includes(kind) ? REDEMPTIONS[situation] : situation.split('/')[0]
  if (!move) return `not_in_state ${stands}`
  const freed = last_year ? 'lapsed' : 'available'
  if (move.sink === 'paid+X')
    return `${move.to}: ${move.source}-1200000 paid+1150000 ${freed}+50000`
  const sink = move.sink === 'X' ? freed : move.sink
  return `${move.to}: ${move.source}-1200000 ${sink}+1200000`
}

function actual({ situation, kind, who, payee, last_year }: Case): string {
  const made = last_year ? LAST_JULY : APRIL
  const ledger = ledgerIn(situation, payee, made)
  const year = last_year ? 2025 : 2026
  // Whatever of last year was left has lapsed before; the command moves the rest.
  ledger.run(claim(1), zhou, TODAY)
  const before = ledger.accounts(year)
  const actor = ACTORS[who]
  if (!actor) throw new Error(`nobody is called ${who}`)
  const decided = ledger.run(command(kind, 2), actor, TODAY)
  if (!decided.ok)
    return decided.code === 'not_in_state' ? `not_in_state ${decided.facts['state']}` : decided.code
  const after = ledger.accounts(year)
  const moved = Object.entries(after)
    .map(([account, fen]) => ({ account, fen: fen - before[account as keyof typeof before] }))
    .filter(({ fen }) => fen !== 0)
    .sort((one, other) => order(one) - order(other))
    .map(({ account, fen }) => `${account}${fen > 0 ? '+' : ''}${fen}`)
  return `${decided.value.voucher?.state}: ${moved.join(' ')}`
}

/** The account that is emptied comes first, then what is paid, then what is freed. */
function order({ account, fen }: { account: string; fen: number }): number {
  if (fen < 0) return 0
  return account === 'paid' ? 1 : 2
}

function ledgerIn(situation: string, payee: Payee, at: number): MemoryLedger {
  const ledger = new MemoryLedger()
  ledger.must(claim(yuan(20_000)), lin, at)
  for (const kind of SITUATIONS[situation] ?? []) {
    const who = kind === 'issue' ? 'own enterprise' : RIGHTS[kind]?.who[payee][0]
    ledger.must(command(kind, 1, payee), ACTORS[who ?? ''] ?? clock, at)
  }
  return ledger
}

function command(kind: string, round: number, payee: Payee = 'enterprise'): Command {
  const ids = { voucher: 'v', redemption: kind === 'submit' ? `r${round}` : 'r1' }
  return {
    ...(kind === 'issue' ? issue(FACE, { voucher: 'v', payee }) : ids),
    kind,
    reason: '材料不符',
    paid_fen: PAID,
  } as unknown as Command
}

describe.each(Object.keys(SITUATIONS))('a voucher that is %s', (situation) => {
  test.each(Object.keys(RIGHTS))('%s, by everybody, for each payee and year', (kind) => {
    const cases = Object.keys(ACTORS).flatMap((who) =>
      (['carrier', 'enterprise'] as const).flatMap((payee) =>
        [false, true].map((last_year) => ({ situation, kind, who, payee, last_year })),
      ),
    )
    expect(cases).toHaveLength(36)
    const got = cases.map((one) => [one.who, one.payee, one.last_year, actual(one)])
    const wanted = cases.map((one) => [one.who, one.payee, one.last_year, expected(one)])
    expect(got).toEqual(wanted)
  })
})

describe.each(Object.keys(ACTORS))('the %s and the quota', (who) => {
  test.each(['claim', 'hand_back', 'issue'])('%s, of this year and of last', (kind) => {
    for (const made of [APRIL, LAST_JULY]) {
      const ledger = new MemoryLedger()
      ledger.must(claim(yuan(20_000)), lin, made)
      const decided = ledger.run(quotaCommand(kind, made), ACTORS[who] ?? clock, TODAY)
      expect(decided.ok ? 'accepted' : decided.code).toBe(expectedOfQuota(kind, who, made))
    }
  })
})

function quotaCommand(kind: string, made: number): Command {
  if (kind === 'claim') return claim(FACE)
  if (kind === 'issue') return issue(FACE)
  return { kind: 'hand_back', region: XIHU, year: made === APRIL ? 2026 : 2025, amount_fen: FACE }
}

/** Last year's quota has lapsed: it can be neither used nor handed back. */
function expectedOfQuota(kind: string, who: string, made: number): string {
  if (who !== 'own enterprise') return 'not_the_enterprise'
  if (kind === 'claim' || made === APRIL) return 'accepted'
  return kind === 'issue' ? 'exceeds_available' : 'year_closed'
}

test('the table has a row for every move and a way into every situation', () => {
  expect(MOVES).toHaveLength(14)
  expect(new Set(MOVES.map((move) => move.kind))).toEqual(new Set(Object.keys(RIGHTS)))
  for (const { from } of MOVES) expect(Object.keys(SITUATIONS)).toContain(from)
})
