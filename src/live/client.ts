/**
 * Hints to open pages. Channels are `enterprise:<id>`, `carrier:<id>` and `bureau:<region>`. Losing
 * one costs a reload, so nothing here ever fails the caller.
 */
import type { Actor } from '../kernel/actor.ts'
import { chainOf } from '../kernel/region.ts'
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import type { Channel } from './object.ts'
import type { Hint } from './rules.ts'

export type { Hint, Topic } from './rules.ts'

type Env = Pick<Bindings, 'CHANNEL'>

const PATIENCE_MS = 2000

/**
 * Tells every open page of the channels, and for a bureau those of the bureaus above it. Never
 * throws, and gives up after two seconds.
 */
export async function announce(env: Env, channels: readonly string[], hint: Hint): Promise<void> {
  await Promise.all(
    channelsAbove(channels).map((channel) => ask(env, channel, (stub) => stub.announce(hint))),
  )
}

/**
 * Where a page stands: read it before the list it belongs to, so that what is committed between the
 * two is told again. Answers 0 when the channel is out of reach.
 */
export async function cursorOf(env: Env, channel: string): Promise<number> {
  return (await ask(env, channel, (stub) => stub.cursor())) ?? 0
}

/**
 * What was said on a channel since `at`, epoch ms, oldest first. A list that is read from D1 lays
 * these over what it found, since the mirror may trail by a moment. Empty when out of reach.
 */
export async function recentHints(env: Env, channel: string, at: number): Promise<Hint[]> {
  return (await ask(env, channel, (stub) => stub.recent(at))) ?? []
}

/** Closes the live sockets of an account: after signing out, or when its role ends. */
export async function dismiss(env: Env, channel: string, account: string): Promise<void> {
  await ask(env, channel, (stub) => stub.dismiss(account))
}

/** The one channel an actor hears. */
export function channelOf(actor: Actor): string {
  if (actor.role === 'enterprise') return `enterprise:${actor.enterprise}`
  if (actor.role === 'carrier') return `carrier:${actor.carrier}`
  return `bureau:${actor.region}`
}

/** Answers undefined after two failures, or after two seconds. */
async function ask<T>(
  env: Env,
  channel: string,
  call: (stub: DurableObjectStub<Channel>) => Promise<T>,
): Promise<T | undefined> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), PATIENCE_MS)
  try {
    return await tryTwice(env, channel, call, late.signal)
  } finally {
    // A timer that is left running keeps the caller, often a ledger, awake until it rings.
    clearTimeout(timer)
  }
}

/** A fresh stub per try: one that has failed once may stay broken. */
async function tryTwice<T>(
  env: Env,
  channel: string,
  call: (stub: DurableObjectStub<Channel>) => Promise<T>,
  late: AbortSignal,
): Promise<T | undefined> {
  const channels = env.CHANNEL as DurableObjectNamespace<Channel>
  for (let tries = 1; tries <= 2; tries += 1) {
    try {
      return await Promise.race([call(channels.getByName(channel)), expired(late)])
    } catch (error) {
      if (tries === 2 || late.aborted) logError('live_unreachable', error, { tries })
      if (late.aborted) return undefined
    }
  }
  return undefined
}

function expired(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('timed_out')), { once: true })
  })
}

/** A bureau's channel stands for those above it too: the city and the province read on. */
function channelsAbove(channels: readonly string[]): string[] {
  return [...new Set(channels.flatMap(withParents))]
}

function withParents(channel: string): string[] {
  const region = channel.startsWith('bureau:') ? channel.slice('bureau:'.length) : undefined
  const chain = region === undefined ? [] : chainOf(region)
  return chain.length > 0 ? chain.map((one) => `bureau:${one.code}`) : [channel]
}
