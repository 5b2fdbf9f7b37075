/** Reckons every ledger and every archive anew, on an instance that stands still. */
import type { Bindings } from '../../src/platform/bindings.ts'
import { verifyAll } from '../../src/ledger/client.ts'
import { verifyArchives } from '../../src/ledger/root.ts'

export { AtlasBuilder } from '../../src/atlas/object.ts'
export { RegionBudget } from '../../src/budget/object.ts'
export { IntakeJob } from '../../src/intake/object.ts'
export { MirrorHub } from '../../src/ledger/hub.ts'
export { EnterpriseLedger } from '../../src/ledger/object.ts'
export { Channel } from '../../src/live/object.ts'

export default {
  async fetch(request, env): Promise<Response> {
    const archives = new URL(request.url).pathname === '/archives'
    return Response.json(archives ? await verifyArchives(env) : await verifyAll(env))
  },
} satisfies ExportedHandler<Bindings>
