/**
 * The live socket of whoever is signed in. Nobody names a channel: it follows from the actor. A
 * page of another site is refused, since browsers send cookies with its handshake too.
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { App, Ctx } from '../platform/bindings.ts'
import { accountOf, allow } from '../platform/guard.ts'
import { channelOf } from './client.ts'

export const door = new Hono<App>()

door.get('/live', allow({ role: 'member', scope: 'own', action: 'live.read' }), async (c) => {
  if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket') return c.text('websocket', 426)
  if (!comesFromHere(c)) throw new HTTPException(403, { message: 'cross_site' })
  if (!c.var.actor) throw new HTTPException(403, { message: 'wrong_role' })
  const since = c.req.query('since') ?? '0'
  if (!/^\d{1,15}$/.test(since)) throw new HTTPException(400, { message: 'bad_cursor' })
  const query = new URLSearchParams({ since, account: accountOf(c).id })
  return c.env.CHANNEL.getByName(channelOf(c.var.actor)).fetch(
    `http://channel/?${query.toString()}`,
    {
      headers: { Upgrade: 'websocket' },
    },
  )
})

function comesFromHere(c: Ctx): boolean {
  const origin = c.req.header('Origin')
  return origin === new URL(c.req.url).origin || origin === c.env.ORIGIN
}
