/** An organisation's page and its box on the map: what it offers, where to book, what is hidden. */
import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { hideOrganisation } from '../../src/atlas/client.ts'
import { suspendCarrier } from '../../src/catalogue/client.ts'
import { instruments, pictures, services } from '../../src/catalogue/tables.ts'
import { evaluations } from '../../src/evaluation/tables.ts'
import { newId } from '../../src/kernel/id.ts'
import { vouchers } from '../../src/ledger/tables.ts'
import { commit, dbOf } from '../../src/platform/db.ts'
import { carrierIdOf, serviceIdOf } from '../demo/seed-catalogue.ts'
import { get } from '../quota/fixture.ts'
import { ORIGIN, send } from '../support/routes.ts'
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
    expect(shown.text).toMatch(/可预约时间 周一至周. \d\d:\d\d–\d\d:\d\d/)
    const booking = `/enterprise/bookings/new?carrier=${carrierIdOf('kekao')}`
    const service = serviceIdOf('kekao', '演示静电放电测试')
    expect(shown.html).toContain(`href="${booking}"`)
    expect(shown.html).toContain(`href="${booking}&amp;service=${service}"`)
    expect(shown.html).toMatch(/href="[^"]*&amp;instrument=[0-9a-f-]{36}"/)
  })

  test('leads back to the search it was found by, and nowhere else', async () => {
    const from = async (Referer: string) =>
      (await send('GET', place, { headers: { Referer } })).text()
    const search = '/map?word=x&sort=evaluation'
    expect(await from(`${ORIGIN}${search}`)).toContain(`href="${search.replace('&', '&amp;')}"`)
    expect(await from('http://elsewhere.test/map?word=x')).not.toContain('word=x')
    expect(await from(`${ORIGIN}/mapped?word=x`)).not.toContain('word=x')
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

  test('says of an instrument that it cannot be booked now, in the list as well', async () => {
    await db
      .update(instruments)
      .set({ availability: 'maintenance' })
      .where(and(eq(instruments.carrier, carrierIdOf('kekao')), eq(instruments.name, '演示静电枪')))
    const shown = await get(null, place)
    expect(shown.text).toMatch(/演示静电枪 [^￥]* 维护中 ￥[\d,.]+ \/ 小时 暂不能预约/)
    const found = await find({ word: '演示静电枪', kind: 'instrument' })
    expect(found.text).toContain('维护中')
    expect(found.text).not.toContain('立即预约')
  })

  test('shows its pictures and those of what it offers', async () => {
    const carrier = carrierIdOf('kekao')
    const service = serviceIdOf('kekao', '演示静电放电测试')
    const made = { carrier, file: newId(), at: AT, by: 'sun' }
    const [own, its] = [newId(), newId()]
    await commit(db, [
      db
        .insert(pictures)
        .values({ ...made, id: own, kind: 'organisation', subject: carrier, alt: '大楼' }),
      db
        .insert(pictures)
        .values({ ...made, id: its, kind: 'service', subject: service, alt: '静电放电台' }),
    ])
    const { html } = await get(null, place)
    expect(html).toContain(`<img src="/pictures/${own}" alt="大楼"`)
    const row = html.slice(html.indexOf(`id="row-${service}"`))
    expect(row.slice(0, row.indexOf('</tr>'))).toContain(`src="/pictures/${its}"`)
  })

  test('shows what was said of its services', async () => {
    const carrier = carrierIdOf('kekao')
    const [enterprise, voucher] = [newId(), newId()]
    const kept = { region: '330203', year: 2026, amount_fen: 1, payee: 'carrier' } as const
    const form = JSON.stringify({ service_name: '演示静电放电测试' })
    const state = { state: 'redeemed', version: 1, issued_at: AT, number: 'n', form } as const
    const said = {
      stars: 5,
      tags: [],
      comment: '报告很清楚',
      is_default: false,
      by: 'zhou',
      at: AT,
    }
    await commit(db, [
      db.insert(vouchers).values({ id: voucher, enterprise, carrier, ...kept, ...state }),
      db.insert(evaluations).values({ enterprise, voucher, carrier, service: 's', ...said }),
    ])
    const shown = await get(null, place)
    expect(shown.text).toContain('最近的评价 5 星 演示静电放电测试 2026-01-01 报告很清楚')
    expect(shown.text).toContain('5.0 星（1 条评价）')
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
