/** Makes D1's mirror anew from the objects, a page a request, on an instance that stands still. */
import { listEnterprises } from '../../src/identity/client.ts'
import { countMirror, rebuildPage } from '../../src/ledger/rebuild.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { dbOf } from '../../src/platform/db.ts'
import proving from './prove-worker.ts'

export * from './prove-worker.ts'

export default {
  async fetch(request, env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/proofs') return proving.fetch(request, env)
    if (pathname === '/counts') return Response.json(await countMirror(env))
    const known = (after: string, limit: number) => listEnterprises(dbOf(env), after, limit)
    return Response.json(await rebuildPage(env, known, searchParams.get('after') ?? ''))
  },
} satisfies ExportedHandler<Bindings>
