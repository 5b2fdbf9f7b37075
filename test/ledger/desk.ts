/** Ways to a real ledger inside workerd: its stub, one enterprise a test, and commands in short. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { AnyActor, EnterpriseActor } from '../../src/kernel/actor.ts'
import { newId } from '../../src/kernel/id.ts'
import type { Outcome } from '../../src/kernel/outcome.ts'
import { post } from '../../src/ledger/client.ts'
import { Gathering } from '../../src/ledger/hub.ts'
import { hasPending, readMirror } from '../../src/ledger/mirror.ts'
import type { Page } from '../../src/ledger/mirror.ts'
import type { EnterpriseLedger } from '../../src/ledger/object.ts'
import type { Command, LedgerRefusal, Receipt } from '../../src/ledger/rules.ts'
import { TODAY, claim, issue, lin, wu } from './fixture.ts'

export type Answer = Outcome<Receipt, LedgerRefusal | 'unavailable'>

export type Desk = {
  enterprise: string
  /** An agent of this enterprise. */
  lin: EnterpriseActor
  stub: DurableObjectStub<EnterpriseLedger>
  /** Posts under a new key, by the enterprise and today unless told otherwise. */
  tell: (command: Command, actor?: AnyActor, at?: number, key?: string) => Promise<Answer>
  /** The same for what must pass. */
  must: (command: Command, actor?: AnyActor, at?: number) => Promise<Receipt>
  /** Reads the object's own storage. */
  rows: <Row>(query: string) => Promise<Row[]>
}

/** A ledger that nobody has used. */
export function newDesk(enterprise = newId()): Desk {
  const actor = { ...lin, enterprise }
  const stub = stubOf(enterprise)
  const tell: Desk['tell'] = (command, who = actor, at = TODAY, key = newId()) =>
    post(env, enterprise, { key, actor: who, at, command })
  return {
    enterprise,
    lin: actor,
    stub,
    tell,
    must: async (command, who, at) => {
      const answer = await tell(command, who, at)
      if (!answer.ok) throw new Error(`${command.kind}: ${answer.code}`)
      return answer.value
    },
    rows: (query) =>
      runInDurableObject(
        stub,
        (_ledger, state) => state.storage.sql.exec(query).toArray() as never,
      ),
  }
}

export function stubOf(enterprise: string): DurableObjectStub<EnterpriseLedger> {
  const ledgers = env.LEDGER as DurableObjectNamespace<EnterpriseLedger>
  return ledgers.getByName(`ent:${enterprise}`)
}

/** A confirmed voucher of this amount on a fresh claim. */
export async function confirmed(desk: Desk, amount_fen: number, at = TODAY): Promise<string> {
  const made = issue(amount_fen)
  await desk.must(claim(amount_fen), desk.lin, at)
  await desk.must(made, desk.lin, at)
  await desk.must({ kind: 'confirm', voucher: made.voucher }, wu, at)
  return made.voucher
}

/** Gives one object another D1, as the platform would when it is ill; the others keep theirs. */
export async function withDb(desk: Desk, db: Partial<D1Database>, channel?: object): Promise<void> {
  await runInDurableObject(desk.stub, (ledger) => {
    const DB = { prepare: env.DB.prepare.bind(env.DB), ...db }
    const HUB = hubOver(DB)
    Reflect.set(ledger, 'env', { ...env, DB, HUB, CHANNEL: channel ?? env.CHANNEL })
  })
}

/** A hub of this D1, with nothing between it and the ledger. */
export function hubOver(DB: object): object {
  const gathering = new Gathering(() => DB as D1Database)
  return { getByName: () => ({ write: (page: Page) => gathering.add(page) }) }
}

/** What the object knows of its mirror, and when its alarm will ring. */
export async function mirrorOf(desk: Desk) {
  return runInDurableObject(desk.stub, async (_ledger, state) => ({
    ...readMirror(state.storage.sql),
    pending: hasPending(state.storage.sql),
    alarm: await state.storage.getAlarm(),
  }))
}
