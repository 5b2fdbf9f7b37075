/**
 * Tells a part of the site that is out of reach for a while from a fault of ours: D1 or an object
 * that does not answer is an outage, a statement that D1 refuses is not.
 */
import { HTTPException } from 'hono/http-exception'
import { isPassing } from './reach.ts'

/** What D1 says where it has understood the statement: our own fault, and no outage. */
const REFUSED = /SQLITE_(ERROR|CONSTRAINT|MISMATCH|RANGE|TOOBIG|MISUSE|AUTH|LIMIT)|D1_TYPE_ERROR/
/** https://developers.cloudflare.com/d1/observability/debug-d1/, and what objects say. */
const AWAY = new RegExp(
  [
    'D1_ERROR',
    'network connection lost',
    'caused object to be reset',
    'reset because its code was updated',
    'cannot resolve D1 DB',
    'D1 DB is overloaded',
    'durable object is overloaded',
    'storage operation exceeded timeout',
  ].join('|'),
  'i',
)

/** True where trying again later may pass. Looks below drizzle, whose words hold what was typed. */
export function isOutage(error: unknown): boolean {
  if (error instanceof HTTPException) return error.status === 503
  const chain: unknown[] = []
  for (let at: unknown = error; at !== undefined && chain.length < 8; at = causeOf(at))
    chain.push(at)
  const messages = chain.map(messageOf).filter((message) => !message.startsWith('Failed query'))
  if (messages.some((message) => REFUSED.test(message))) return false
  return chain.some(isMarked) || messages.some((message) => AWAY.test(message))
}

/** The runtime marks errors of the way: retryable, overloaded, durableObjectReset. */
function isMarked(error: unknown): boolean {
  return error instanceof Error && !error.message.startsWith('Failed query') && isPassing(error)
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}
