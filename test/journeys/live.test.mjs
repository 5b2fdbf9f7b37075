/** A voucher reaches the carrier's open desk within a second, in the median of five (SPEC V6). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { button, field, fillUse, heading, openClaim, submitUse } from './parts.mjs'
import { signIn, startDemo } from './support.mjs'

const ROUNDS = 5
let demo

beforeAll(async () => {
  demo = await startDemo()
})

afterAll(() => demo?.stop())

test('five vouchers of 云杉传感 appear on two open desks, in the median within a second', async () => {
  const firm = await demo.newRole()
  await signIn(firm, 'yunshan')
  await firm.goto('/enterprise')
  const service = await openClaim(firm)
  await field(service, '申领金额').fill('20000')
  await button(service, '提交申领').click()
  await heading(service, '申领成功').waitFor()
  // A tab behind another is drawn once a second, and clicks wait for that.
  await service.close()
  await service.close()
  const desk = await demo.newRole()
  await signIn(desk, 'zhijian')
  await desk.goto('/carrier/desk')
  const other = await demo.newRole()
  await signIn(other, 'zhijian')
  await other.goto('/carrier/desk')
  const times = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await fillUse(firm, { contract: `YS-${round}`, sum: '4000', amount: '2000' })
    const pressed = Date.now()
    const shown = [desk, other].map(async (page) => {
      await button(page, '确认').nth(round).waitFor()
      return Date.now() - pressed
    })
    await submitUse(firm)
    times.push(Math.max(...(await Promise.all(shown))))
  }
  const median = times.toSorted((one, two) => one - two)[2]
  console.log(`From pressing 提交申请 to the desks, ms: ${times.join(' ')}; median ${median}`)
  expect(median).toBeLessThan(1000)
})
