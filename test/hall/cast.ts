/** 启航 and 智检 with what they have done so far, through the slices' own statements and commands. */
import { env } from 'cloudflare:workers'
import { insertCarriers } from '../../src/catalogue/client.ts'
import type { BureauActor, CarrierActor, EnterpriseActor } from '../../src/kernel/actor.ts'
import { newId } from '../../src/kernel/id.ts'
import { nudge, post } from '../../src/ledger/client.ts'
import type { Command, Payee } from '../../src/ledger/rules.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { insertBureau } from '../../src/policy/client.ts'
import {
  insertRegistrationVersion,
  insertReview,
  insertSubmission,
} from '../../src/registration/client.ts'
import { FIELDS } from '../../src/registration/rules.ts'
import type { RegistrationForm } from '../../src/registration/rules.ts'
import { send } from '../support/routes.ts'
import { signInAs } from '../support/sign-in.ts'
import type { SignedIn } from '../support/sign-in.ts'

export const XIHU = '330106'
export const ZHIJIAN = '01890000-0000-7000-8000-00000000c001'
const FREE = { fen_max: null, set_by: null }
const FANG = { account: 'fang', name: '方若水' }
const WANG = { account: 'xihu-review', name: '王评' }

const db = dbOf(env)

/** Bureaus of Xihu, Hangzhou and the province, and the carrier 智检. Once a file. */
export async function openBureaus(): Promise<void> {
  await commit(db, [
    insertBureau(db, { region: XIHU, name: '西湖区科学技术局' }),
    insertBureau(db, { region: '330100', name: '杭州市科学技术局' }),
    insertBureau(db, { region: '330000', name: '浙江省科学技术厅' }),
    insertCarriers(db, [
      {
        id: ZHIJIAN,
        uscc: '123300004700010160',
        name: '浙江演示智能制造检测研究院',
        county: XIHU,
        address: '留和路 1 号',
        lng: 120.04,
        lat: 30.22,
        contact: '吴检',
        phone: '13900000011',
        legal_representative: '孟代表',
        intro: '',
        admitted_at: 0,
      },
    ]),
  ])
}

/** Submits a registration of this county to `bureau`; with a verdict it is decided as well. */
export async function register(
  who: SignedIn,
  given: { bureau?: string; county?: string; at?: number; verdict?: 'approved' | 'returned' } = {},
): Promise<string> {
  const { bureau = XIHU, county = XIHU, at = Date.now(), verdict } = given
  const version = newId()
  const blank = Object.fromEntries(FIELDS.map((field) => [field, ''])) as RegistrationForm
  const form = {
    ...blank,
    name: '杭州演示启航机器人有限公司',
    uscc: who.uscc,
    agent: '方若水',
    county,
  }
  await commit(db, [
    insertRegistrationVersion(db, {
      id: version,
      enterprise: who.enterprise,
      number: 1,
      form,
      at,
      by: FANG,
    }),
    insertSubmission(db, { version, bureau, at, by: FANG }),
    ...(verdict
      ? [
          insertReview(db, {
            version,
            enterprise: who.enterprise,
            uscc: who.uscc,
            verdict,
            reason: verdict === 'approved' ? null : '请补全地址',
            bureau,
            at,
            by: WANG,
          }),
        ]
      : []),
  ])
  return version
}

/** 启航 and its dealings in one region, 西湖 by default. */
export class Dealer {
  /** Whether D1 has everything before the next step; else the ledger mirrors at its own pace. */
  mirrored = true

  constructor(
    readonly who: SignedIn,
    readonly region = XIHU,
  ) {}

  static async signIn(name: string, region = XIHU): Promise<Dealer> {
    return new Dealer(await signInAs(env, name), region)
  }

  async claim(amount_fen: number, at = Date.now()): Promise<void> {
    const caps = { total: FREE, single: FREE, holding: FREE }
    const { region } = this
    await this.send({ kind: 'claim', claim: newId(), region, amount_fen, caps }, this.actor, at)
  }

  /** Makes a voucher of 智检 and answers its id. */
  async issue(amount_fen: number, payee: Payee = 'enterprise', at = Date.now()): Promise<string> {
    const voucher = newId()
    const number = `ZJ2026-${voucher.slice(-6)}`
    const form = { carrier_name: '浙江演示智能制造检测研究院', enterprise_name: '启航', papers: [] }
    const { region } = this
    const issue = { kind: 'issue', voucher, number, region, amount_fen, carrier: ZHIJIAN } as const
    await this.send({ ...issue, payee, form }, this.actor, at)
    return voucher
  }

  async confirm(voucher: string, at = Date.now()): Promise<void> {
    const wu: CarrierActor = { role: 'carrier', account: 'wu', name: '吴检', carrier: ZHIJIAN }
    await this.send({ kind: 'confirm', voucher }, wu, at)
  }

  /** Submits a confirmed voucher and answers the redemption's id. */
  async submit(voucher: string, at = Date.now()): Promise<string> {
    const redemption = newId()
    await this.send({ kind: 'submit', voucher, redemption }, this.actor, at)
    return redemption
  }

  async approve(redemption: string, paid_fen: number, reason: string | null = null): Promise<void> {
    const staff = ['review'] as const
    const wang: BureauActor = { role: 'bureau', ...WANG, region: XIHU, staff }
    await this.send({ kind: 'approve', redemption, paid_fen, reason }, wang)
  }

  private get actor(): EnterpriseActor {
    return { role: 'enterprise', ...FANG, enterprise: this.who.enterprise }
  }

  private async send(
    command: Command,
    actor: EnterpriseActor | CarrierActor | BureauActor,
    at = Date.now(),
  ): Promise<void> {
    const { enterprise } = this.who
    const answer = await post(env, enterprise, { key: newId(), actor, at, command })
    if (!answer.ok) throw new Error(`${command.kind} was refused: ${answer.code}`)
    if (this.mirrored) await nudge(env, enterprise)
  }
}

/** What a page answers, as text. */
export async function read(path: string, who?: Pick<SignedIn, 'cookie'>): Promise<string> {
  const answer = await send('GET', path, who ? { cookie: who.cookie } : {})
  return answer.text()
}
