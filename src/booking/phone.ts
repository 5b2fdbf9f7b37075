/** The number of a booking's contact: sealed at rest, shown to the two sides only. */
import type { Bindings } from '../platform/bindings.ts'
import { opened, sealed } from '../platform/token.ts'

const PURPOSE = 'booking-phone'

export function sealPhone(env: Pick<Bindings, 'SESSION_KEY'>, phone: string): string {
  return sealed(env.SESSION_KEY, PURPOSE, phone)
}

/** The number as typed; '' where it was sealed under another key. Old rows are not sealed. */
export function phoneOf(env: Pick<Bindings, 'SESSION_KEY'>, { phone }: { phone: string }): string {
  if (/^[\d\s()转#*-]{7,24}$/.test(phone)) return phone
  return opened(env.SESSION_KEY, PURPOSE, phone) ?? ''
}
