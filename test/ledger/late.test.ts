/** A hub that is late: its ledger gives it up, sends by itself, and nothing it does later harms. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { compareMirror, nudge, verifyLedger } from '../../src/ledger/client.ts'
import type { MirrorHub } from '../../src/ledger/hub.ts'
import type { Page } from '../../src/ledger/mirror.ts'
import { mirrorOf, newDesk } from './desk.ts'
import { claim, issue, wu, yuan } from './fixture.ts'

const hubs = env.HUB as DurableObjectNamespace<MirrorHub>

test('a hub that answers after more than ten seconds does no harm', async () => {
  const desk = newDesk()
  const released = Promise.withResolvers<void>()
  const written: (string | null)[] = []
  const write = async (page: Page) => {
    await released.promise
    const said = await hubs.getByName('mirror:0').write(page)
    written.push(said)
    return said
  }
  await runInDurableObject(desk.stub, (ledger) => {
    Reflect.set(ledger, 'env', { ...env, HUB: { getByName: () => ({ write }) } })
  })
  const made = issue(yuan(400))
  await desk.must(claim(yuan(1_000)))
  await desk.must(made)
  const rang_at = Date.now()
  await expect
    .poll(async () => (await mirrorOf(desk)).failures, { timeout: 15_000, interval: 200 })
    .toBe(1)
  expect(Date.now() - rang_at).toBeGreaterThan(9_000)
  const late = await mirrorOf(desk)
  expect(late).toMatchObject({ pending: true, alarm: late.due_at })

  // Without a hub the next ring brings everything, also what happened in the meantime.
  await desk.must({ kind: 'confirm', voucher: made.voucher }, wu)
  await expect.poll(() => compareMirror(env, desk.enterprise), { timeout: 5_000 }).toEqual([])
  const after = await mirrorOf(desk)
  expect(after).toMatchObject({ pending: false, failures: 0, sent_seq: 3 })

  // Now the hub writes the page that it was given first, older than what D1 has by now.
  released.resolve()
  await expect.poll(() => written).toEqual([null])
  expect(await compareMirror(env, desk.enterprise)).toEqual([])
  expect(await mirrorOf(desk)).toMatchObject({ pending: false, failures: 0, sent_seq: 3 })
  expect(await nudge(env, desk.enterprise)).toBe(true)
  expect((await verifyLedger(env, desk.enterprise)).problems).toEqual([])
}, 30_000)
