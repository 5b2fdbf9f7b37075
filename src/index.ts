/** Worker entry: fetch, scheduled, and the Durable Object classes. */
import { app } from './app.tsx'
import { runTasks } from './schedule.ts'
import type { Bindings } from './platform/bindings.ts'

export { AtlasBuilder } from './atlas/object.ts'
export { RegionBudget } from './budget/object.ts'
export { IntakeJob } from './intake/object.ts'
export { MirrorHub } from './ledger/hub.ts'
export { EnterpriseLedger } from './ledger/object.ts'
export { Channel } from './live/object.ts'

export default {
  fetch: app.fetch,
  scheduled: (event, env) => runTasks(env, event.cron, event.scheduledTime),
} satisfies ExportedHandler<Bindings>
