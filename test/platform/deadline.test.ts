/** A page waits for a database that hangs so long and no longer; a write is never cut off. */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { expect, test } from 'vitest'
import type { App } from '../../src/platform/bindings.ts'
import { deadline } from '../../src/platform/deadline.ts'
import { isOutage } from '../../src/platform/outage.ts'

const app = new Hono<App>()
app.use(deadline(40))
app.all('/quick', (c) => c.text('here'))
app.all('/hangs', async (c) => {
  await scheduler.wait(120)
  return c.text('late')
})
app.onError((error, c) =>
  c.text(isOutage(error) ? 'outage' : 'fault', error instanceof HTTPException ? error.status : 500),
)

test('a page that answers in time is left alone', async () => {
  const answer = await app.request('/quick')
  expect([answer.status, await answer.text()]).toEqual([200, 'here'])
})

test('a page whose database hangs becomes an outage', async () => {
  const answer = await app.request('/hangs')
  expect([answer.status, await answer.text()]).toEqual([503, 'outage'])
})

test('a write is never told to have failed while it goes on', async () => {
  const answer = await app.request('/hangs', { method: 'POST' })
  expect([answer.status, await answer.text()]).toEqual([200, 'late'])
})
