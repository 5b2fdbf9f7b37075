/** Seeds the demonstration and signs 林知远 and 周予安 in, on the state that is measured then. */
import type { Bindings } from '../../src/platform/bindings.ts'
import { seedDemo } from '../demo/seed.ts'
import { signInAs } from '../support/sign-in.ts'

/** The product's classes, whatever their number. */
export * from '../../src/index.ts'

export default {
  async fetch(_request, env): Promise<Response> {
    await seedDemo(env, Date.now())
    const [yunshan, weiguang] = [await signInAs(env, 'yunshan'), await signInAs(env, 'weiguang')]
    return Response.json({ yunshan: yunshan.cookie, weiguang: weiguang.cookie })
  },
} satisfies ExportedHandler<Bindings>
