/** Reckons every ledger anew and compares it with D1, on an instance that stands still. */
import type { Bindings } from '../../src/platform/bindings.ts'
import { verifyAll } from '../../src/ledger/client.ts'

export { RegionBudget } from '../../src/budget/object.ts'
export { EnterpriseLedger } from '../../src/ledger/object.ts'
export { Channel } from '../../src/live/object.ts'

export default {
  async fetch(_request, env): Promise<Response> {
    return Response.json(await verifyAll(env))
  },
} satisfies ExportedHandler<Bindings>
