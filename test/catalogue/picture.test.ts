/** Pictures: of what is published for everybody, of what is not for those who may preview it. */
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { auditEntries } from '../../src/audit/tables.ts'
import { PICTURES_MAX } from '../../src/catalogue/picture-rules.ts'
import { pictures } from '../../src/catalogue/tables.ts'
import { namedId, newId } from '../../src/kernel/id.ts'
import { serviceIdOf } from '../demo/seed-catalogue.ts'
import { send } from '../support/routes.ts'
import { db, html, post, setUp } from './fixture.ts'
import type { People } from './fixture.ts'

let wu: People['wu']
let sun: People['sun']

beforeAll(async () => {
  ;({ wu, sun } = await setUp())
})

describe('a picture', () => {
  const PNG = Uint8Array.from([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82,
  ])
  const id = serviceIdOf('zhijian', '演示电磁兼容检测')
  const path = `/carrier/services/${id}/pictures`
  const file = () => new File([PNG], '暗室.png', { type: 'image/png' })

  test('is everybody’s while its service is published, else the carrier’s', async () => {
    const fields = { picture: file(), alt: '十米法暗室', key: newId() }
    expect((await post(path, fields, wu)).status).toBe(303)
    const [row] = await db.select().from(pictures).where(eq(pictures.subject, id))
    const href = `/pictures/${row?.id ?? ''}`
    const open = await send('GET', href)
    expect(open.status).toBe(200)
    expect(open.headers.get('Content-Type')).toBe('image/png')
    expect(open.headers.get('Cache-Control')).toBe('public, max-age=3600')
    const tag = open.headers.get('ETag') ?? ''
    expect((await send('GET', href, { headers: { 'If-None-Match': tag } })).status).toBe(304)

    await post(`/carrier/services/${id}/withdrawal`, {}, wu)
    expect((await send('GET', href)).status).toBe(404)
    const own = await send('GET', href, { cookie: wu.cookie })
    expect(own.status).toBe(200)
    expect(own.headers.get('Cache-Control')).toBe('private, no-store')
    expect((await send('GET', href, { cookie: sun.cookie })).status).toBe(404)
    await post(`/carrier/services/${id}/relisting`, {}, wu)
    expect((await send('GET', href)).status).toBe(200)

    const removal = `/carrier/services/pictures/${row?.id ?? ''}/removal`
    expect((await post(removal, {}, sun)).status).toBe(404)
    expect((await post(removal, {}, wu)).status).toBe(303)
    expect((await send('GET', href)).status).toBe(404)
  })

  test('is refused without words, and where it is none', async () => {
    const mute = await post(path, { picture: file(), alt: '', key: newId() }, wu)
    expect(mute.status).toBe(422)
    expect(await mute.text()).toContain('请填写图片说明')
    const text = new File(['%PDF-1.7'], '暗室.png')
    const answer = await post(path, { picture: text, alt: '暗室', key: newId() }, wu)
    expect(await answer.text()).toContain('图片须为 JPG 或 PNG')
  })

  describe('of an instrument, twenty presses at once', () => {
    const chamber = namedId('demo:instrument:zhijian:演示十米法电波暗室')
    const its = `/carrier/services/instruments/${chamber}/pictures`
    const kept = () => db.$count(pictures, eq(pictures.subject, chamber))
    const press = (key: string) => post(its, { picture: file(), alt: '暗室', key }, wu)
    const twenty = Array.from({ length: 20 }, () => newId())

    test('of one form add one', async () => {
      const key = newId()
      const answers = await Promise.all(twenty.map(() => press(key)))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]))
      expect(await kept()).toBe(1)
      const elsewhere = await post(path, { picture: file(), alt: '暗室', key }, wu)
      expect(elsewhere.status).toBe(404)
    })

    test('of twenty forms add as many as there is room for', async () => {
      const answers = await Promise.all(twenty.map(press))
      const added = answers.filter(({ status }) => status === 303)
      expect(added).toHaveLength(PICTURES_MAX - 1)
      expect(await kept()).toBe(PICTURES_MAX)
      const refused = answers.find(({ status }) => status === 422)
      expect(await refused?.text()).toContain('最多 6 张图片')
      const audited = eq(auditEntries.action, 'picture.add')
      const rows = await db.select().from(auditEntries).where(audited)
      expect(rows.filter(({ subject }) => subject === `instrument:${chamber}`)).toHaveLength(6)
      expect(await html(its, wu)).toContain('已经满了')
    })
  })
})
