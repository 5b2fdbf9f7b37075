/** The Worker as a whole, through its own fetch. */
import { exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'

test('the health check answers', async () => {
  const answer = await exports.default.fetch('http://voucher.test/healthz')
  expect(answer.status).toBe(200)
})
