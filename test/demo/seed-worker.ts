/** Runs the demo seed once inside workerd, on the product's own bindings and objects. */
import type { Bindings } from '../../src/platform/bindings.ts'
import { seedDemo } from './seed.ts'

export { AtlasBuilder } from '../../src/atlas/object.ts'
export { RegionBudget } from '../../src/budget/object.ts'
export { IntakeJob } from '../../src/intake/object.ts'
export { MirrorHub } from '../../src/ledger/hub.ts'
export { EnterpriseLedger } from '../../src/ledger/object.ts'
export { Channel } from '../../src/live/object.ts'

export default {
  async fetch(_request, env): Promise<Response> {
    return Response.json(await seedDemo(env, Date.now()))
  },
} satisfies ExportedHandler<Bindings>
