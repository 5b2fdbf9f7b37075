/** The enterprises of the cast as far as they are known: bound, registered, approved. */
import type { BureauActor, EnterpriseActor } from '../../src/kernel/actor.ts'
import { namedId } from '../../src/kernel/id.ts'
import { findRegion, regionName } from '../../src/kernel/region.ts'
import { accountIdOf, insertBinding, insertEnterprise } from '../../src/identity/client.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import {
  insertRegistrationVersion,
  insertReview,
  insertSubmission,
} from '../../src/registration/client.ts'
import cast from './cast.json'

export type EnterpriseKey = 'yunshan' | 'weiguang' | 'zhixin'

export function enterpriseIdOf(key: string): string {
  return namedId(`demo:enterprise:${key}`)
}

/** The agent of an enterprise of the cast, as signing in through the portal would make them. */
export function agentOf(env: Pick<Bindings, 'OIDC_ISSUER'>, key: EnterpriseKey): EnterpriseActor {
  const { account, agent } = enterprise(key)
  return {
    role: 'enterprise',
    account: accountIdOf(env.OIDC_ISSUER, account),
    name: agent,
    enterprise: enterpriseIdOf(key),
  }
}

/** Bureau staff of the cast, as signing in through the portal would make them. */
export function staffOf(account: string): BureauActor {
  for (const { region, staff } of cast.bureaus) {
    const one = staff.find((member) => member.account === account)
    if (one) {
      const roles = one.roles as BureauActor['staff']
      return { role: 'bureau', account, name: one.name, region, staff: roles }
    }
  }
  throw new Error(`nobody of the cast is called ${account}`)
}

export function enterprise(key: EnterpriseKey) {
  const found = cast.enterprises.find((one) => one.key === key)
  if (!found) throw new Error(`the cast lacks ${key}`)
  return found
}

type Registering = {
  key: EnterpriseKey
  reviewer: string
  at: number
  approved_at: number
  /** False for an enterprise whose legal person has not been bound to it yet. */
  bound: boolean
}

/** Opens the enterprise and registers it: submitted at once, approved by the county. */
export async function register(
  env: Bindings,
  { key, reviewer, at, approved_at, bound }: Registering,
) {
  const db = dbOf(env)
  const id = enterpriseIdOf(key)
  const version = namedId(`demo:registration:${key}`)
  const agent = agentOf(env, key)
  const by = { account: agent.account, name: agent.name }
  const { uscc, county } = enterprise(key)
  const staff = staffOf(reviewer)
  await commit(db, [
    insertEnterprise(db, { id, created_at: at }),
    ...(bound ? [insertBinding(db, { uscc, enterprise: id })] : []),
    insertRegistrationVersion(db, {
      id: version,
      enterprise: id,
      number: 1,
      form: formOf(key),
      at,
      by,
    }),
    insertSubmission(db, { version, bureau: county, at, by }),
    insertReview(db, {
      version,
      verdict: 'approved',
      reason: null,
      enterprise: id,
      uscc,
      bureau: staff.region,
      at: approved_at,
      by: { account: staff.account, name: staff.name },
    }),
  ])
}

function formOf(key: EnterpriseKey) {
  const { name, uscc, county, legalRepresentative, agent, agentPhone } = enterprise(key)
  const city = findRegion(county)?.parent ?? ''
  return {
    name,
    uscc,
    legal_representative: legalRepresentative,
    agent,
    agent_phone: agentPhone,
    city,
    county,
    address: `${regionName(county)}演示街18号`,
    industry: '',
    established: '',
    staff_count: '',
    email: '',
    bank: `演示银行${findRegion(city)?.short ?? ''}分行`,
    bank_account: `6200${uscc.replace(/\D/g, '').padEnd(15, '0').slice(0, 15)}`,
  }
}
