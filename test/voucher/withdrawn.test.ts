/** A service that its carrier has taken down is not used any more, and keeps its vouchers. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { services } from '../../src/catalogue/tables.ts'
import { dbOf } from '../../src/platform/db.ts'
import { useFormOf } from '../../src/voucher/client.ts'
import { findVoucher, makeVoucher, placeOf, press } from './fixture.ts'
import { read, setUp, submitUse, useFields } from './fixture.ts'

test('林知远 can neither pick nor use it, and her voucher still names it', async () => {
  const { lin } = await setUp()
  const made = await makeVoucher(lin)
  const fields = useFields()
  const { key = '', service = '' } = fields
  const draft = await submitUse(lin, fields, {}, '/enterprise/use/drafts?next=carriers')
  const picker = `${placeOf(draft)}&word=${encodeURIComponent('整机测评')}`
  expect(await read(lin, picker)).toContain(service)

  const mine = eq(services.id, service)
  await dbOf(env).update(services).set({ withdrawn_at: 1 }).where(mine)
  expect(await read(lin, picker)).not.toContain(service)
  const picked = await press(lin, '/enterprise/use/carriers', Object.entries({ key, service }))
  expect(picked.status).toBe(404)
  const refused = await submitUse(lin, fields)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('请选择服务内容')
  const voucher = await findVoucher(made.id)
  expect(voucher && useFormOf(voucher).service_name).toBe('演示机器人整机测评')
})
