/**
 * Follows a ledger's events commit by commit: chain, time, and whether the twin allows what
 * happened. What is allowed is done to the twin too.
 */
import { createHash } from 'node:crypto'
import type { AnyActor } from '../../src/kernel/actor.ts'
import type { Envelope } from '../../src/ledger/client.ts'
import type { Command } from '../../src/ledger/rules.ts'
import { judge } from './judge.ts'
import type { Row } from './storage.ts'
import { yearAt } from './twin.ts'
import type { Twin } from './twin.ts'
import type { World } from './world.ts'

/** An event as it stands in the ledger, its texts read. */
export type Happened = {
  seq: number
  at: number
  kind: string
  actor: AnyActor
  voucher: string | null
  payload: Record<string, unknown>
  postings: { region: string; year: number }[]
  prev: string
  hash: string
}

/** What was answered under a key the first time, and who had asked for what. */
export type Settled = { asked: string; answer: string; ok: boolean }

/** One ledger under audit. */
export class Ledger {
  readonly settled = new Map<string, Settled>()
  readonly hashes: string[] = []
  /** The key that caused an event, by its seq. */
  readonly causes = new Map<number, string>()
  /** The event that granted a claim, by the claim's id. */
  readonly granted = new Map<string, number>()

  constructor(readonly twin: Twin) {}
}

/** Events that no answer of their turn has to account for. */
export function isOwn({ kind, payload }: Happened): boolean {
  if (kind === 'claim') return 'caps' in payload
  return kind !== 'close_year' && kind !== 'reserve' && kind !== 'abandon'
}

/** `asked` is the command that the object was given in this turn. */
export function followEvent(
  world: World,
  { twin, hashes, granted }: Ledger,
  event: Happened,
  asked: Envelope | undefined,
): void {
  const { seq, at, kind, prev, hash } = event
  const name = `${twin.enterprise} event ${seq} ${kind}`
  const expect = (holds: boolean, check: string, what: string) =>
    world.check(holds, check, () => `${name}: ${what}`)
  world.trace(`${name} ${hash.slice(0, 12)}`)
  expect(seq === twin.seq + 1, 'I10', `not ${twin.seq + 1}`)
  expect(at >= twin.at, 'I10', `before ${twin.at}`)
  expect(prev === (hashes.at(-1) ?? sha(`ledger of ${twin.enterprise}`)), 'I10', 'not chained')
  const { hash: _hash, ...body } = event
  expect(hash === sha(sorted(body)), 'I10', 'its hash is of something else')
  if (kind === 'close_year') followClose(world, twin, event)
  else if (kind === 'abandon' || (kind === 'claim' && !isOwn(event))) followEnd(world, twin, event)
  else followCommand(world, twin, event, asked)
  if (kind === 'claim') granted.set(String(event.payload['claim']), seq)
  hashes.push(hash)
  twin.seq = seq
  twin.at = at
}

function followCommand(
  world: World,
  twin: Twin,
  { seq, at, kind, actor, payload }: Happened,
  asked: Envelope | undefined,
): void {
  const reserves = kind === 'reserve'
  const command = { kind: reserves ? 'claim' : kind, ...payload } as unknown as Command
  const refused = judge(twin, command, actor, at)
  world.check(!refused, 'rule', () => `event ${seq} should be ${refused?.code}: ${kind}`)
  world.check(command.kind !== 'claim' || reserves === isBudgeted(command), 'I14', () => {
    return `event ${seq} ${kind} has ${sorted(payload)}`
  })
  if (refused) return
  if (reserves && command.kind === 'claim') {
    world.check(asked !== undefined, 'I9', () => `event ${seq}: nobody asked for it`)
    if (asked) twin.reserve(command, at, { key: asked.key, asked: askedOf(asked) })
  } else twin.apply(command, at)
}

function isBudgeted({ caps }: Extract<Command, { kind: 'claim' }>): boolean {
  return (caps.budget?.fen_max ?? null) !== null
}

/** A reserved claim is granted or given up, once, and granted only in its own year. */
function followEnd(world: World, twin: Twin, { seq, at, kind, payload }: Happened): void {
  const waiting = twin.waiting.get(String(payload['claim']))
  const open = waiting?.state === 'reserving' && waiting.fen === payload['amount_fen']
  world.check(open, 'I8', () => `event ${seq} ${kind} of a claim that is ${waiting?.state}`)
  if (!waiting) return
  if (kind === 'abandon') {
    waiting.state = 'abandoned'
    return
  }
  world.check(waiting.year === yearAt(at), 'I17', () => `event ${seq} grants ${waiting.year}`)
  twin.grant(waiting)
}

function followClose(world: World, twin: Twin, { at, payload, seq }: Happened): void {
  const { region, year } = payload as { region: string; year: number }
  world.check(year < yearAt(at), 'I17', () => `event ${seq} closes ${year} at ${at}`)
  const { available } = twin.balances(region, year)
  world.check(available > 0, 'I17', () => `event ${seq} closes ${year} with ${available}`)
  twin.lapse(region, year)
}

export function toHappened(row: Row): Happened {
  const read = (name: string) => JSON.parse(String(row[name])) as never
  return {
    ...(row as unknown as Happened),
    actor: read('actor'),
    payload: read('payload'),
    postings: read('postings'),
  }
}

/** Who asked for what, by the auditor's own reading: all but caps and the number it was given. */
export function askedOf({ actor, command }: Envelope): string {
  const { caps: _caps, number: _number, ...asked } = command as Record<string, unknown>
  return sorted([actor, asked])
}

export function sha(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** JSON with sorted keys. */
export function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const record = value as Record<string, unknown>
  const members = Object.keys(record)
    .filter((name) => record[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${sorted(record[name])}`)
  return `{${members.join(',')}}`
}
