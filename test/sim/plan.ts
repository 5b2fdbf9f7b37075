/**
 * What somebody tries next: mostly what should pass, chosen by what the twin knows, sometimes too
 * much, by the wrong person, or of what has ended.
 */
import { CLOCK } from '../../src/kernel/actor.ts'
import type { AnyActor } from '../../src/kernel/actor.ts'
import type { Command } from '../../src/ledger/rules.ts'
import { CARRIERS, CITY, agentOf, anyone, carrierOf, reviewerOf } from './cast.ts'
import type { Cast } from './cast.ts'
import type { Random } from './random.ts'
import { yearAt } from './twin.ts'
import type { Paper, Stage, Twin } from './twin.ts'

export type Try = { actor: AnyActor; command: Command }

const WEIGHTS = {
  claim: 5,
  issue: 9,
  confirm: 8,
  submit: 6,
  approve: 4,
  hand_back: 1.5,
  refuse: 1,
  void: 1.5,
  expire: 0.7,
  terminate: 1,
  withdraw: 0.8,
  return: 0.8,
  reject: 0.7,
}
type Kind = keyof typeof WEIGHTS

/** From which stage a voucher's move usually starts. */
const FROM: Partial<Record<Kind, Stage>> = {
  confirm: 'unconfirmed',
  refuse: 'unconfirmed',
  void: 'unconfirmed',
  expire: 'unconfirmed',
  terminate: 'confirmed',
  submit: 'confirmed',
  withdraw: 'in_review',
  return: 'in_review',
  approve: 'in_review',
  reject: 'in_review',
}

const DRAWS_MAX = 4

/** `key` names what the attempt makes; nothing to try where no voucher fits. */
export function planTry(
  random: Random,
  cast: Cast,
  twin: Twin,
  key: string,
  at: number,
): Try | undefined {
  for (let draws = 0; draws < DRAWS_MAX; draws += 1) {
    const kind = random.weigh(WEIGHTS)
    const made = FROM[kind]
      ? planMove(random, twin, kind, key)
      : planOwn(random, cast, twin, { kind, key, at })
    if (made) return random.chance(0.05) ? { ...made, actor: anyone(random, cast) } : made
  }
  return undefined
}

function planOwn(
  random: Random,
  cast: Cast,
  twin: Twin,
  { kind, key, at }: { kind: Kind; key: string; at: number },
): Try | undefined {
  const actor = agentOf(twin.enterprise)
  const region = random.chance(0.01) ? CITY : random.pick(cast.counties)
  const year = yearAt(at)
  if (kind === 'claim') return { actor, command: planClaim(random, cast, key, region) }
  const { available } = twin.balances(region, year)
  if (available === 0 && !random.chance(0.1)) return undefined
  const amount_fen = random.chance(0.07) ? available + 1 : random.whole(0, Math.max(1, available))
  if (kind === 'hand_back') {
    const caps = { budget: budgetOf(cast, region) }
    const some = { kind, region, amount_fen: Math.ceil(amount_fen / 3), caps }
    return { actor, command: { ...some, year: random.chance(0.05) ? year - 1 : year } }
  }
  const spent = random.chance(0.6) ? Math.ceil(amount_fen / 4) : amount_fen
  return {
    actor,
    command: {
      kind: 'issue',
      voucher: `v-${key}`,
      number: `NO-${key}`,
      region,
      amount_fen: spent,
      carrier: random.pick(CARRIERS),
      payee: random.pick(['carrier', 'enterprise']),
      form: { contract_name: '演示电磁兼容检测合同', key },
    },
  }
}

function planClaim(random: Random, cast: Cast, key: string, region: string): Command {
  const { single, total, holding } = cast.caps
  const amount_fen = random.chance(0.08)
    ? random.pick([0, -1, (single.fen_max ?? 900_000) + 1])
    : random.whole(1, Math.min(single.fen_max ?? 900_000, 900_000))
  const caps = { total, single, holding, budget: budgetOf(cast, region) }
  return { kind: 'claim', claim: `c-${key}`, region, amount_fen, caps }
}

function budgetOf({ budgets }: Cast, region: string) {
  return { fen_max: budgets.get(region) ?? null, set_by: budgets.has(region) ? region : null }
}

function planMove(random: Random, twin: Twin, kind: Kind, key: string): Try | undefined {
  const all = [...twin.papers.values()]
  const fitting = all.filter(({ stage }) => stage === FROM[kind])
  const from = random.chance(0.04) ? all : fitting
  if (from.length === 0) return undefined
  // The latest are the ones that others act on at the same time.
  const paper = random.chance(0.6) ? from.at(-1) : random.pick(from)
  if (!paper) return undefined
  const command = moveOf(random, paper, kind, key)
  return command && { command, actor: moverOf(random, paper, command) }
}

function moveOf(random: Random, paper: Paper, kind: Kind, key: string): Command | undefined {
  const { id: voucher } = paper
  const redemption = paper.redemption ?? 'r-none'
  const reason = '与合同不符'
  switch (kind) {
    case 'confirm':
    case 'void':
    case 'expire':
      return { kind, voucher }
    case 'refuse':
    case 'terminate':
      return { kind, voucher, reason }
    case 'submit':
      return { kind, voucher, redemption: `r-${key}` }
    case 'withdraw':
      return { kind, redemption }
    case 'return':
    case 'reject':
      return { kind, redemption, reason }
    case 'approve': {
      const less = random.chance(0.5) ? random.whole(1, paper.fen) : paper.fen
      const paid_fen = random.chance(0.05) ? paper.fen + random.pick([1, -paper.fen]) : less
      return { kind, redemption, paid_fen, reason }
    }
    case 'claim':
    case 'hand_back':
    case 'issue':
      return undefined
  }
}

/** Whose move it is; now and then the city's bureau stands in, by name or without. */
function moverOf(random: Random, paper: Paper, command: Command): AnyActor {
  const { kind } = command
  if (kind === 'confirm' || kind === 'refuse') return carrierOf(paper.carrier)
  if (kind === 'void') return agentOf(firmOf(paper))
  if (kind === 'expire') return CLOCK
  if (kind === 'submit' || kind === 'withdraw')
    return paper.payee === 'carrier' ? carrierOf(paper.carrier) : agentOf(firmOf(paper))
  if (!random.chance(0.1)) return reviewerOf(paper.county)
  if (random.chance(0.7)) Object.assign(command, { acting_for: paper.county })
  return reviewerOf(CITY)
}

/** A voucher is called like the key it was made under, which begins with the firm. */
function firmOf({ id }: Paper): string {
  return id.slice('v-'.length).split(':')[0] ?? ''
}
