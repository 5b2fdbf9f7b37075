/**
 * Pictures of what is published, for everybody. Those of what waits, is withdrawn or belongs to a
 * suspended carrier are shown to the carrier itself and to the bureaus above it, and kept nowhere.
 */
import { Hono } from 'hono'
import { findFile, serveFile } from '../attachment/client.ts'
import { isId } from '../kernel/id.ts'
import { covers } from '../kernel/region.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { dbOf } from '../platform/db.ts'
import { allow } from '../platform/guard.ts'
import { findItem } from './item-store.ts'
import type { Picture } from './picture-rules.ts'
import { findPicture } from './picture-store.ts'
import type { Carrier } from './rules.ts'
import { findCarrier } from './store.ts'

export const door = new Hono<App>()

/** An hour: so long a picture may still be seen somewhere after it was taken down. */
const KEPT = 'public, max-age=3600'

door.get(
  '/pictures/:id',
  allow({ role: 'public', scope: 'any', action: 'picture.read' }),
  async (c) => {
    const db = dbOf(c.env)
    const id = c.req.param('id')
    const picture = isId(id) ? await findPicture(db, id) : undefined
    const carrier = picture && (await findCarrier(db, picture.carrier))
    if (!picture || !carrier) return c.notFound()
    const open = await isPublished(c, picture, carrier)
    if (!open && !mayPreview(c, carrier)) return c.notFound()
    const file = await findFile(db, picture.file)
    if (!file) return c.notFound()
    const answer = await serveFile(c.env, file, { headers: c.req.raw.headers, inline: true })
    answer.headers.set('Cache-Control', open ? KEPT : 'private, no-store')
    return answer
  },
)

async function isPublished(c: Ctx, picture: Picture, carrier: Carrier): Promise<boolean> {
  if (carrier.state !== 'active') return false
  if (picture.kind === 'organisation') return true
  const item = await findItem(dbOf(c.env), picture.kind, picture.subject)
  return item !== undefined && item.row.withdrawn_at === null
}

function mayPreview(c: Ctx, carrier: Carrier): boolean {
  const { actor } = c.var
  if (actor?.role === 'carrier') return actor.carrier === carrier.id
  return actor?.role === 'bureau' && covers(actor.region, carrier.county)
}
