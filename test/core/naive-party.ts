/** Whose command it is, said once more in plain words; shares no code with the rules. */
import type { AnyActor } from '../../src/kernel/actor.ts'
import type { Command } from '../../src/ledger/rules.ts'
import type { Complaint, NaiveVoucher } from './naive.ts'

/** What is wrong with this actor doing this to this voucher. */
export function partyWrong(
  command: Command,
  voucher: NaiveVoucher,
  actor: AnyActor,
  enterprise: string,
): Complaint[] {
  const isOwner = actor.role === 'enterprise' && actor.enterprise === enterprise
  const isCarrier = actor.role === 'carrier' && actor.carrier === voucher.carrier
  const fail = (is: boolean, ...complaint: Complaint): Complaint[] => (is ? [] : [complaint])
  switch (command.kind) {
    case 'void':
      return fail(isOwner, 'not_the_enterprise')
    case 'confirm':
    case 'refuse':
      return fail(isCarrier, 'not_the_carrier')
    case 'expire':
      return fail(actor.role === 'clock', 'not_the_clock')
    case 'submit':
    case 'withdraw': {
      const { payee } = voucher
      return fail(payee === 'carrier' ? isCarrier : isOwner, 'not_the_payee', { payee })
    }
    case 'terminate':
    case 'return':
    case 'approve':
    case 'reject':
      return bureauWrong(voucher.county, actor, command.acting_for)
    case 'claim':
    case 'hand_back':
    case 'issue':
      throw new Error(`${command.kind} is about no voucher`)
  }
}

function bureauWrong(county: string, actor: AnyActor, acting_for?: string): Complaint[] {
  const strange: Complaint = ['not_the_bureau', { region: county }]
  if (actor.role !== 'bureau') return [strange]
  const above = ['330000', `${county.slice(0, 4)}00`].includes(actor.region)
  const may = actor.region === county || (above && acting_for === county)
  const reviews = actor.staff.some((role) => role === 'review')
  const wrong: Complaint[] = may ? [] : [strange]
  return reviews ? wrong : [...wrong, ['not_a_reviewer']]
}
