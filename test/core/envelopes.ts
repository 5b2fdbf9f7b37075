/** Envelopes that are broken, and keys that are used again: what must come of each. */
import type { AnyActor } from '../../src/kernel/actor.ts'
import type { Envelope } from '../../src/ledger/command-rules.ts'
import type { Harm, Reuse } from './steps.ts'

type Broken = { sent: Envelope; code: string; field?: string }

/** What another version of the Worker might send, and how it must be refused. */
export function broken(harm: Harm, envelope: Envelope): Broken {
  const { command } = envelope
  const sent = (change: object) => ({ ...envelope, command: { ...command, ...change } })
  const amount = 'amount_fen' in command ? 'amount_fen' : 'paid_fen'
  switch (harm) {
    case 'kind':
      return { sent: sent({ kind: 'gift' }), code: 'unknown_command' }
    case 'missing': {
      const [, field = ''] = Object.keys(command)
      return { sent: sent({ [field]: undefined }), code: 'malformed', field }
    }
    case 'half':
      if (!(amount in command)) return broken('extra', envelope)
      return { sent: sent({ [amount]: 0.5 }), code: 'malformed', field: amount }
    case 'extra':
      return { sent: sent({ gift: 1 }), code: 'malformed', field: 'gift' }
    case 'large':
      if (command.kind !== 'issue') return broken('key', envelope)
      return { sent: sent({ form: '创'.repeat(22_000) }), code: 'too_large' }
    case 'key':
      return { sent: { ...envelope, key: '' }, code: 'malformed', field: 'key' }
    case 'time':
      return { sent: { ...envelope, at: Number.NaN }, code: 'malformed', field: 'at' }
    case 'actor': {
      const actor = { ...envelope.actor, role: 'god' } as unknown as AnyActor
      return { sent: { ...envelope, actor }, code: 'malformed', field: 'actor' }
    }
  }
}

/** Something sent under a key that is taken: the `same` answer again, or refused. */
export function reused(reuse: Reuse, envelope: Envelope): { sent: Envelope; same: boolean } {
  const { actor, command } = envelope
  const again = { sent: envelope, same: true }
  switch (reuse) {
    case 'replay':
    case 'stale':
      return again
    case 'caps': {
      const free = { fen_max: null, set_by: null }
      const caps = { total: free, single: { fen_max: 1, set_by: null }, holding: free }
      const added = command.kind === 'claim' ? { caps } : { number: 'NO-another' }
      if (command.kind !== 'claim' && command.kind !== 'issue') return again
      return { sent: { ...envelope, command: { ...command, ...added } }, same: true }
    }
    case 'amount': {
      const field = 'amount_fen' in command ? 'amount_fen' : 'paid_fen'
      const fen = (command as Record<string, unknown>)[field]
      if (typeof fen !== 'number') return reused('subject', envelope)
      const other = { ...command, [field]: fen + 1 }
      return { sent: { ...envelope, command: other }, same: false }
    }
    case 'subject': {
      const field = ['claim', 'voucher', 'redemption', 'region'].find((name) => name in command)
      const other = { ...command, [field ?? '']: 'another' }
      return { sent: { ...envelope, command: other }, same: false }
    }
    case 'account':
      if (actor.role === 'clock') return again
      return { sent: { ...envelope, actor: { ...actor, account: 'another' } }, same: false }
    case 'firm': {
      const field = actor.role === 'bureau' ? 'region' : actor.role
      if (actor.role === 'clock') return again
      const other = { ...actor, [field]: 'another' } as AnyActor
      return { sent: { ...envelope, actor: other }, same: false }
    }
  }
}
