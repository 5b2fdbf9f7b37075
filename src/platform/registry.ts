/** The government's enterprise registry at REGISTRY_URL, read by credit code. */
import * as z from 'zod'
import { accept, refuse } from '../kernel/outcome.ts'
import type { Outcome } from '../kernel/outcome.ts'
import { isUscc } from '../kernel/uscc.ts'
import type { Bindings } from './bindings.ts'
import { logError } from './log.ts'

const TIMEOUT_MS = 5_000

const answered = z.object({
  uscc: z.string(),
  name: z.string().min(1),
  legal_representative: z.string().min(1),
  address: z.string(),
  /** GB/T 2260 code. */
  county: z.string().regex(/^\d{6}$/),
  /** YYYY-MM-DD. */
  established: z.iso.date(),
  industry: z.string(),
  registered_capital_fen: z.int().nonnegative().nullable(),
  /** 存续, 注销 … as the registry words it. */
  status: z.string(),
  business_scope: z.string().nullish(),
  employees: z.int().nonnegative().nullish(),
})

/** What the registry says of a legal person; county is a GB/T 2260 code, established a day. */
export type RegistryEntry = z.infer<typeof answered>

/**
 * The registry's entry of a credit code. An answer in another shape, late, or of another legal
 * person counts as none: `registry_unavailable`.
 */
export async function fetchRegistryEntry(
  env: Pick<Bindings, 'REGISTRY_URL' | 'REGISTRY_TOKEN'>,
  uscc: string,
): Promise<Outcome<RegistryEntry, 'registry_unavailable' | 'not_in_registry'>> {
  if (!isUscc(uscc)) return refuse('not_in_registry')
  try {
    const answer = await fetch(`${env.REGISTRY_URL}/enterprises/${uscc}`, {
      headers: { Authorization: `Bearer ${env.REGISTRY_TOKEN}`, Accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (answer.status === 404) {
      await answer.body?.cancel()
      return refuse('not_in_registry')
    }
    if (answer.status !== 200) throw new Error(`status ${answer.status}`)
    const entry = answered.parse(await answer.json())
    if (entry.uscc !== uscc) throw new Error('the entry of another credit code')
    return accept(entry)
  } catch (error) {
    logError('registry_failed', error)
    return refuse('registry_unavailable')
  }
}
