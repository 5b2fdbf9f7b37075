/** Claims, bookings, vouchers and payments of the cast, through the product's own commands. */
import { storeUpload } from '../../src/attachment/client.ts'
import { auditEntry } from '../../src/audit/client.ts'
import { insertAnswer, insertBooking, insertTurn, takeBooking } from '../../src/booking/client.ts'
import { findCarrier, findService } from '../../src/catalogue/client.ts'
import type { AnyActor, CarrierActor } from '../../src/kernel/actor.ts'
import { DAY_MS, dayOf, yearOf } from '../../src/kernel/clock.ts'
import { namedId } from '../../src/kernel/id.ts'
import { post } from '../../src/ledger/client.ts'
import type { Command, Payee, Voucher } from '../../src/ledger/rules.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { claimCaps, policyOf } from '../../src/policy/client.ts'
import { insertPayment, insertResult, paymentFor } from '../../src/redemption/client.ts'
import { claimInvoice } from '../../src/voucher/client.ts'
import { voucherNumber } from '../../src/voucher/rules.ts'
import type { Paper, PaperKind, UseForm } from '../../src/voucher/rules.ts'
import cast from './cast.json'
import { pdfOf } from './pdf.ts'
import { carrierIdOf, serviceIdOf } from './seed-catalogue.ts'
import type { CarrierKey } from './seed-catalogue.ts'
import { agentOf, enterprise, enterpriseIdOf, staffOf } from './seed-enterprises.ts'
import type { EnterpriseKey } from './seed-enterprises.ts'

/** Sends a command whose refusal would mean that the cast breaks a rule. */
async function send(env: Bindings, key: EnterpriseKey, actor: AnyActor, at: number, what: Command) {
  const name = JSON.stringify({ ...what, form: undefined, caps: undefined })
  const sent = { key: namedId(`demo:${key}:${at}:${name}`), actor, at, command: what }
  const answer = await post(env, enterpriseIdOf(key), sent)
  if (!answer.ok) throw new Error(`${key} ${name}: ${answer.code}`)
  return answer.value
}

export async function claim(env: Bindings, key: EnterpriseKey, amount_fen: number, at: number) {
  const { county: region } = enterprise(key)
  const caps = claimCaps(await policyOf(dbOf(env), region, yearOf(at), at))
  const id = namedId(`demo:claim:${key}:${at}:${amount_fen}`)
  const command = { kind: 'claim', claim: id, region, amount_fen, caps } as const
  await send(env, key, agentOf(env, key), at, command)
}

/** A use to make: which service, how much of which contract, and how far it has come. */
export type Use = {
  enterprise: EnterpriseKey
  carrier: CarrierKey
  service: string
  amount_fen: number
  contract_fen: number
  payee: Payee
  at: number
  booked: boolean
  papers: readonly PaperKind[]
  invoice: string | null
  /** When the carrier confirmed it, epoch ms. */
  confirmed_at: number | null
}

/** Makes the voucher of a use with its booking, papers and invoice, and has it confirmed. */
export async function use(env: Bindings, use: Use): Promise<Voucher> {
  const { at, amount_fen, payee } = use
  const key = use.enterprise
  const { county: region } = enterprise(key)
  const voucher = namedId(`demo:voucher:${key}:${at}:${amount_fen}`)
  const owner = enterpriseIdOf(key)
  const booking = use.booked ? await book(env, use, voucher) : null
  if (use.invoice) {
    const invoice = { code: '', number: use.invoice, enterprise: owner, voucher, at }
    const held = await claimInvoice(env, invoice)
    if (!held.ok) throw new Error(`${use.invoice}: ${held.code}`)
  }
  const made = await send(env, key, agentOf(env, key), at, {
    kind: 'issue',
    voucher,
    number: voucherNumber(voucher, yearOf(at), region),
    region,
    amount_fen,
    carrier: carrierIdOf(use.carrier),
    payee,
    form: await formOf(env, use, booking),
  })
  if (!made.voucher) throw new Error('an issue without a voucher')
  if (use.confirmed_at === null) return made.voucher
  const confirm = { kind: 'confirm', voucher } as const
  const done = await send(env, key, carrierAgent(env, use.carrier), use.confirmed_at, confirm)
  return done.voucher ?? made.voucher
}

function carrierAgent(env: Bindings, key: CarrierKey): CarrierActor {
  const carrier = cast.carriers.find((one) => one.key === key)
  if (!carrier) throw new Error(`the cast lacks ${key}`)
  const account = namedId(`demo:agent:${env.OIDC_ISSUER}:${carrier.account}`)
  return { role: 'carrier', account, name: carrier.agent, carrier: carrierIdOf(key) }
}

/** Booked ten days before, accepted the day after, and taken for the voucher. */
async function book(env: Bindings, use: Use, voucher: string): Promise<string> {
  const db = dbOf(env)
  const id = namedId(`demo:booking:${voucher}`)
  const { name, agent, agentPhone } = enterprise(use.enterprise)
  const at = use.at - 10 * DAY_MS
  const answered = { at: at + DAY_MS, by: carrierAgent(env, use.carrier).account }
  const told = { kind: 'accept', party: 'carrier', told_at: answered.at } as const
  await commit(db, [
    insertBooking(db, {
      id,
      enterprise: enterpriseIdOf(use.enterprise),
      enterprise_name: name,
      carrier: carrierIdOf(use.carrier),
      service: serviceIdOf(use.carrier, use.service),
      instrument: null,
      day: dayOf(use.at - 3 * DAY_MS),
      contact: agent,
      phone: agentPhone,
      need: `${use.service}，样品两件，按企业标准试验。`,
      at,
      by: agentOf(env, use.enterprise).account,
    }),
    insertTurn(db, { booking: id, turn: 1, ...told, ...answered }),
    insertAnswer(db, { booking: id, accepted: true, reason: null, ...answered }),
  ])
  const by = { at: use.at, actor: agentOf(env, use.enterprise) }
  const taken = await takeBooking(env, {
    ...by,
    booking: id,
    voucher,
    audit: (action, subject, more) => auditEntry(db, { ...by, action, subject, ...more }),
  })
  if (!taken) throw new Error(`booking ${id} is taken`)
  return id
}

async function formOf(env: Bindings, use: Use, booking: string | null): Promise<UseForm> {
  const db = dbOf(env)
  const { name, uscc, county, agent } = enterprise(use.enterprise)
  const carrier = await findCarrier(db, carrierIdOf(use.carrier))
  const service = await findService(db, serviceIdOf(use.carrier, use.service))
  const policy = await policyOf(db, county, yearOf(use.at), use.at)
  if (!carrier || !service) throw new Error(`${use.carrier} does not offer ${use.service}`)
  const signed = use.at - 7 * DAY_MS
  return {
    carrier_name: carrier.name,
    carrier_uscc: carrier.uscc,
    service: service.id,
    service_name: service.name,
    category: service.category,
    contract_name: `${service.name}服务合同`,
    contract_number: `YS-${dayOf(signed).replaceAll('-', '')}-${use.amount_fen / 100_000}`,
    contract_fen: use.contract_fen,
    contract_day: dayOf(signed),
    starts_day: dayOf(signed + DAY_MS),
    ends_day: dayOf(signed + 60 * DAY_MS),
    contact: agent,
    enterprise_name: name,
    enterprise_uscc: uscc,
    county,
    papers: await papersOf(env, use),
    commitment: policy.commitment,
    booking,
    ratio_percent: policy.ratio_percent.value,
    confirm_by: null,
  }
}

const NAMES: Readonly<Record<PaperKind, [file: string, title: string]>> = {
  contract: ['服务合同.pdf', 'Service contract'],
  invoice: ['发票.pdf', 'Invoice'],
  result: ['检测报告.pdf', 'Test report'],
  other: ['其他材料.pdf', 'Other paper'],
}

async function papersOf(env: Bindings, use: Use): Promise<Paper[]> {
  const papers: Paper[] = []
  for (const kind of use.papers) {
    const [name, title] = NAMES[kind]
    const lines = [`${use.enterprise} / ${use.carrier}`, `CNY ${use.contract_fen / 100}`]
    const content = pdfOf(title, [...lines, dayOf(use.at), use.invoice ?? ''])
    const file = new File([content], name, { type: 'application/pdf' })
    const owner = enterpriseIdOf(use.enterprise)
    const by = agentOf(env, use.enterprise).account
    const stored = await storeUpload(env, { owner, file, by, at: use.at })
    if (!stored.ok) throw new Error(`${name}: ${stored.code}`)
    papers.push({ kind, file: stored.value.id, name, size: stored.value.size, at: use.at })
  }
  return papers
}

/** Submits a confirmed voucher, has it approved in full, and marks the payment 已拨付. */
export async function redeem(
  env: Bindings,
  voucher: Voucher,
  who: { key: EnterpriseKey; reviewer: string; finance: string },
  when: { submitted_at: number; decided_at: number; paid_at: number },
): Promise<void> {
  const db = dbOf(env)
  const redemption = namedId(`demo:redemption:${voucher.id}`)
  const { submitted_at, decided_at, paid_at } = when
  const submit = { kind: 'submit', voucher: voucher.id, redemption } as const
  await send(env, who.key, agentOf(env, who.key), submitted_at, submit)
  const paid_fen = voucher.amount_fen
  const reviewer = staffOf(who.reviewer)
  const approve = { kind: 'approve', redemption, paid_fen, reason: null } as const
  await send(env, who.key, reviewer, decided_at, approve)
  const finance = staffOf(who.finance)
  await commit(db, [
    insertPayment(db, paymentFor(voucher, { redemption, paid_fen, at: decided_at }, reviewer)),
    insertResult(db, {
      enterprise: voucher.enterprise,
      redemption,
      attempt: 1,
      result: 'paid',
      reason: null,
      at: paid_at,
      by: finance.account,
      by_name: finance.name,
    }),
  ])
}
