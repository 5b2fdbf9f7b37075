/** Who acts. The ledger and the audit trail record it whole. */

export type StaffRole = 'review' | 'finance' | 'policy' | 'audit' | 'admin'

/** An agent 经办人 of a legal person that claims and uses. */
export type EnterpriseActor = {
  role: 'enterprise'
  account: string
  name: string
  enterprise: string
}

/** An agent of an admitted carrier 载体. */
export type CarrierActor = { role: 'carrier'; account: string; name: string; carrier: string }

/** Staff of a science bureau 科技部门; region is its GB/T 2260 code. */
export type BureauActor = {
  role: 'bureau'
  account: string
  name: string
  region: string
  staff: readonly StaffRole[]
}

/** Time itself: expiry, the year's close, the nightly review. */
export type ClockActor = { role: 'clock'; account: 'clock'; name: '系统' }

export type Actor = EnterpriseActor | CarrierActor | BureauActor
export type AnyActor = Actor | ClockActor
export type Role = Actor['role']

export const CLOCK: ClockActor = { role: 'clock', account: 'clock', name: '系统' }

/**
 * Who is signed in, as the portal knows them. `uscc`, `unit` and `legalRepresentative` are null for
 * staff; `phone` is the agent's and is never shown unmasked to others.
 */
export type Account = {
  id: string
  kind: 'legal' | 'staff'
  uscc: string | null
  unit: string | null
  legalRepresentative: string | null
  name: string
  phone: string | null
}
