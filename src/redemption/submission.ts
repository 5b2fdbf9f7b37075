/**
 * Submitting several vouchers at a press (SPEC D3): each that is 符合, and of every other why not.
 * Kept, so that the same press is answered the same.
 */
import { v5 } from 'uuid'
import type { CarrierActor, EnterpriseActor } from '../kernel/actor.ts'
import type { Facts } from '../kernel/outcome.ts'
import { post } from '../ledger/client.ts'
import type { Bindings } from '../platform/bindings.ts'
import { commitOnce, dbOf } from '../platform/db.ts'
import type { Statement } from '../platform/db.ts'
import { denySubmit } from './rules.ts'
import type { Item } from './rules.ts'
import { insertSubmission } from './store.ts'
import type { RowRefusal, Submission, SubmissionRow } from './submission-rules.ts'

type Submitting = { actor: EnterpriseActor | CarrierActor; key: string; at: number }

/**
 * Submits each item that is 符合 and says of every other why not (SPEC D3). `key` is the form's: the
 * same press again answers the same. Several ledgers are asked at once, each in order.
 */
export async function submitItems(
  env: Bindings,
  items: readonly Item[],
  { actor, key, at }: Submitting,
): Promise<SubmissionRow[]> {
  const sent = new Map<Item, SubmissionRow>()
  const lanes = Object.values(Object.groupBy(items, (item) => item.voucher.enterprise))
  await Promise.all(
    lanes.map(async (lane = []) => {
      for (const item of lane) sent.set(item, await submitOne(env, item, { actor, key, at }))
    }),
  )
  return items.map((item) => sent.get(item)).filter((row) => row !== undefined)
}

async function submitOne(env: Bindings, item: Item, by: Submitting): Promise<SubmissionRow> {
  const { id, enterprise, number, amount_fen } = item.voucher
  const own = `${enterprise}/${id}/${by.key}`
  const redemption = v5(own, v5.URL)
  // One that this very press has sent already is asked again: its ledger answers what it answered.
  const denied = item.redemption?.id === redemption ? undefined : denySubmit(item, by.actor)
  const row = { enterprise, voucher: id, number, amount_fen }
  if (denied) return { ...row, refusal: told(denied) }
  const command = { kind: 'submit', voucher: id, redemption } as const
  const answer = await post(env, enterprise, { key: own, actor: by.actor, at: by.at, command })
  return { ...row, refusal: answer.ok ? null : told(answer) }
}

function told({ code, facts }: { code: RowRefusal; facts: Facts }) {
  return { code, facts }
}

type Press = Submitting & { party: string; audit: Statement }

/**
 * One press of 「提交所选」 or 「全部提交」, kept so that it can be shown, and shown again. One whose
 * ledger did not answer is not kept: nobody knows, and the same press must ask again.
 */
export async function submitOnce(
  env: Bindings,
  items: readonly Item[],
  { party, audit, ...by }: Press,
): Promise<Submission & { kept: boolean }> {
  const db = dbOf(env)
  const rows = await submitItems(env, items, by)
  const submission = { id: by.key, party, by: by.actor.name, at: by.at, rows }
  if (rows.some((row) => row.refusal?.code === 'unavailable')) return { ...submission, kept: false }
  await commitOnce(db, [insertSubmission(db, submission), audit])
  return { ...submission, kept: true }
}
