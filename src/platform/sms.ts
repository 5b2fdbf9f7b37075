/** Text messages through the gateway at SMS_URL: POST {phone, text} with a bearer token, 202. */
import type { Bindings } from './bindings.ts'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import { logError } from './log.ts'

const TIMEOUT_MS = 5_000

/** Hands a message over; `phone` has eleven digits. A gateway out of reach is a refusal. */
export async function sendSms(
  env: Pick<Bindings, 'SMS_URL' | 'SMS_TOKEN'>,
  phone: string,
  text: string,
): Promise<Outcome<true, 'sms_unavailable'>> {
  try {
    const answer = await fetch(env.SMS_URL, {
      method: 'POST',
      headers: { Authorization: `Bearer ${env.SMS_TOKEN}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ phone, text }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await answer.body?.cancel()
    if (answer.status === 202) return accept(true)
    logError('sms_refused', `status ${answer.status}`)
  } catch (error) {
    logError('sms_failed', error)
  }
  return refuse('sms_unavailable')
}
