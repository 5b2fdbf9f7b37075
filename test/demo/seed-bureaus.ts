/** The bureaus of the cast with their staff, and their policies of last year and this year. */
import type { StaffRole } from '../../src/kernel/actor.ts'
import { parseFen } from '../../src/kernel/amount.ts'
import { yearOf, yearStartsAt } from '../../src/kernel/clock.ts'
import { namedId } from '../../src/kernel/id.ts'
import { insertStaff } from '../../src/identity/client.ts'
import type { Payee } from '../../src/ledger/rules.ts'
import { insertBureau, insertPolicy } from '../../src/policy/client.ts'
import type { Limit, PaperKind, PolicyParams, RedemptionPaper } from '../../src/policy/rules.ts'
import type { Db, Statement } from '../../src/platform/db.ts'
import cast from './cast.json'

type Bureau = (typeof cast.bureaus)[number]
/** A policy as the cast writes it: yuan and Chinese words; what is left out is inherited. */
type Written = {
  claimTotalMax?: string
  claimSingleMax?: string
  holdingMax?: string
  budget?: string
  ratio?: string
  contractMax?: string
  payees?: string[]
  onlineBookingRequired?: boolean
  papersAtUse?: string[]
  papersAtRedemption?: string[]
  confirmDays?: number | null
  categories?: string[]
  commitment?: string
}

export function seedBureaus(db: Db, now: number): Statement[] {
  return cast.bureaus.flatMap((bureau) => [
    insertBureau(db, { region: bureau.region, name: bureau.name }),
    ...bureau.staff.map(({ account, name, roles }) =>
      insertStaff(db, { account, name, region: bureau.region, roles: roles as StaffRole[] }),
    ),
    ...[yearOf(now) - 1, yearOf(now)].flatMap((year) => policyOfYear(db, bureau, year)),
  ])
}

/** Written by one of the bureau's policy staff and approved by another, from 1 January. */
function policyOfYear(db: Db, bureau: Bureau, year: number): Statement[] {
  const params = paramsOf(bureau.policy)
  const [author, approver] = bureau.staff.filter(({ roles }) => roles.includes('policy'))
  if (Object.keys(params).length === 0) return []
  if (!author || !approver) throw new Error(`${bureau.name} lacks two people for its policy`)
  const effective_from = yearStartsAt(year)
  return [
    insertPolicy(db, {
      id: namedId(`demo:policy:${bureau.region}:${year}`),
      region: bureau.region,
      year,
      version: 1,
      params,
      effective_from,
      author: { account: author.account, name: author.name },
      approver: { account: approver.account, name: approver.name },
      at: effective_from,
    }),
  ]
}

const PAYEES: Readonly<Record<string, Payee>> = { 载体: 'carrier', 企业: 'enterprise' }
const PAPERS: Readonly<Record<string, RedemptionPaper>> = {
  合同: 'contract',
  发票号: 'invoice_number',
  发票: 'invoice',
  服务结果凭证: 'result',
  其他材料: 'other',
}

export function paramsOf(written: Written): PolicyParams {
  const { ratio, confirmDays, onlineBookingRequired } = written
  return present({
    claim_total_fen: fenOf(written.claimTotalMax),
    claim_single_fen: fenOf(written.claimSingleMax),
    holding_fen: fenOf(written.holdingMax),
    budget_fen: fenOf(written.budget),
    contract_fen: fenOf(written.contractMax),
    ratio_percent: ratio === undefined ? undefined : Number(ratio) * 100,
    confirm_days: confirmDays === null ? 'unlimited' : confirmDays,
    categories: written.categories,
    payees: written.payees?.map((payee) => known(PAYEES, payee)),
    online_booking_required: onlineBookingRequired,
    papers_at_use: written.papersAtUse?.map((paper) => known(PAPERS, paper) as PaperKind),
    papers_at_redemption: written.papersAtRedemption?.map((paper) => known(PAPERS, paper)),
    commitment: written.commitment,
  })
}

function fenOf(written: string | undefined): Limit<number> | undefined {
  if (written === undefined) return undefined
  return written === '不限' ? 'unlimited' : (parseFen(written) ?? unknown(written))
}

function known<T>(table: Readonly<Record<string, T>>, word: string): T {
  return table[word] ?? unknown(word)
}

function unknown(word: string): never {
  throw new Error(`the cast says ${word}`)
}

/** Leaves out what is undefined: absent means inherited. */
function present(params: { [K in keyof PolicyParams]: PolicyParams[K] | undefined }): PolicyParams {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined))
}
