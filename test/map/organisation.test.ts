/** An organisation's page and its box on the map: what it offers, where to book, what is hidden. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { hideOrganisation } from '../../src/atlas/client.ts'
import { suspendCarrier } from '../../src/catalogue/client.ts'
import { services } from '../../src/catalogue/tables.ts'
import { newId } from '../../src/kernel/id.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { carrierIdOf, serviceIdOf } from '../demo/seed-catalogue.ts'
import { get } from '../quota/fixture.ts'
import { AT, find, openMap } from './fixture.ts'

const db = dbOf(env)

beforeAll(openMap)

describe('an organisation', () => {
  const place = `/map/organisations/${carrierIdOf('kekao')}`

  test('shows its data, what it offers and where to book each', async () => {
    const shown = await get(null, place)
    expect(shown.status).toBe(200)
    for (const words of ['宁波演示电子可靠性实验室', '宁波市海曙区', '孙可', '演示静电枪'])
      expect(shown.text).toContain(words)
    expect(shown.html).toContain('href="tel:0574-80000013"')
    expect(shown.text).toContain('周一至周五 09:00–17:00')
    const booking = `/enterprise/bookings/new?carrier=${carrierIdOf('kekao')}`
    const service = serviceIdOf('kekao', '演示静电放电测试')
    expect(shown.html).toContain(`href="${booking}"`)
    expect(shown.html).toContain(`href="${booking}&amp;service=${service}"`)
    expect(shown.html).toMatch(/href="[^"]*&amp;instrument=[0-9a-f-]{36}"/)
  })

  test('is a box for the map: only the box, never kept, with the distance', async () => {
    const shown = await get(null, `${place}?box=1&near=330203`)
    expect(shown.html).not.toContain('<html')
    expect(shown.html).toMatch(/^<section class="place" aria-label="宁波演示电子可靠性实验室"/)
    expect(shown.text).toMatch(/距海曙区中心 [\d.]+ 公里/)
    expect(shown.html).toContain('>立即预约</a>')
  })

  test('shows the certificates and the working days of a service', async () => {
    const service = {
      id: newId(),
      carrier: carrierIdOf('kekao'),
      name: '演示盐雾试验',
      category: '检验检测',
      unit: '项',
      qualifications: ['CMA', 'CNAS'],
      turnaround_days: 5,
    }
    await commit(db, [db.insert(services).values(service)])
    const shown = await get(null, place)
    expect(shown.text).toMatch(/演示盐雾试验 CMA CNAS 检验检测 5 个工作日 面议 立即预约/)
  })

  test('that is unknown or suspended is not found, nor is what it offers', async () => {
    expect((await get(null, `/map/organisations/${newId()}`)).status).toBe(404)
    expect((await get(null, '/map/organisations/kekao?box=1')).status).toBe(404)
    const carrier = carrierIdOf('ruian')
    await commit(db, [
      suspendCarrier(db, { carrier, at: AT, by: 'x', reason: '资质到期' }),
      ...hideOrganisation(db, carrier, true, AT),
    ])
    expect((await get(null, `/map/organisations/${carrier}`)).status).toBe(404)
    expect((await find({ word: '演示断路器设计', kind: 'service' })).text).toContain('没有找到')
    expect((await find({ word: '演示短路试验站', kind: 'instrument' })).text).toContain('没有找到')
    expect((await get(null, '/map')).text).toContain('找到 303 家服务机构')
  })
})
