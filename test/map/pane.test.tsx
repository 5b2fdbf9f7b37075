/** Where the map is drawn: its notes, and what the browser is told in the reader's language. */
import { describe, expect, test } from 'vitest'
import { MapHead, MapPane } from '../../src/map/map-view.tsx'
import { readSearch } from '../../src/map/rules.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { find, render, texts } from '../ui/render.tsx'

type Given = { query?: Record<string, string>; lang?: 'zh' | 'en'; env?: Partial<Bindings> }

function pane({ query = {}, lang = 'zh', env = {} }: Given = {}): Promise<string> {
  return render((c) => <MapPane c={c} asked={readSearch(query)} />, { path: '/map', lang, env })
}

async function told(given: Given = {}): Promise<Record<string, string>> {
  return (await find(await pane(given), '#map'))[0] ?? {}
}

describe('under the map', () => {
  test('stand its limits and whose it is', async () => {
    expect(await texts(await pane(), '.map-note span')).toEqual([
      '示意图，不作为划界依据',
      '© OpenStreetMap',
    ])
    expect(await texts(await pane({ lang: 'en' }), '.map-note span')).toEqual([
      'Schematic, not a statement of boundaries',
      '© OpenStreetMap',
    ])
  })

  test('stand what the operator says of another map, and its approval number', async () => {
    const env = {
      MAP_TILES: 'tianditu',
      TIANDITU_KEY: 'key',
      MAP_ATTRIBUTION: '边界数据：国家地理信息公共服务平台',
      MAP_APPROVAL_NO: 'GS（2024）0650号',
    }
    expect(await texts(await pane({ env }), '.map-note span')).toEqual([
      '示意图，不作为划界依据',
      '边界数据：国家地理信息公共服务平台',
      '© 天地图',
      '审图号：GS（2024）0650号',
    ])
  })
})

describe('the browser is told', () => {
  test('of tiles only where they are chosen and there is a key', async () => {
    expect((await told())['data-tiles']).toBeUndefined()
    expect((await told({ env: { MAP_TILES: 'tianditu' } }))['data-tiles']).toBeUndefined()
    const none = { MAP_TILES: 'none', TIANDITU_KEY: 'key' }
    expect((await told({ env: none }))['data-tiles']).toBeUndefined()
    const on = { MAP_TILES: 'tianditu', TIANDITU_KEY: 'key' }
    expect((await told({ env: on }))['data-tiles']).toBe('{&quot;key&quot;:&quot;key&quot;}')
  })

  test('of the first markers of the search, in the view that was shared', async () => {
    const query = { word: '光谱', kind: 'instrument', box: '120,30,120.5,30.4', page: '3' }
    const data = await told({ query })
    expect(data['data-kind']).toBe('instrument')
    expect(data['data-view']).toBe('120,30,120.5,30.4')
    const clusters = '/api/map/clusters?word=%E5%85%89%E8%B0%B1&kind=instrument'
    expect(data['data-clusters']).toBe(clusters)
    expect(data['data-first']).toBe(`${clusters}&zoom=11&box=120%2C30%2C120.5%2C30.4`)
    expect(data['data-first-narrow']).toBe(`${clusters}&zoom=10&box=120%2C30%2C120.5%2C30.4`)
  })

  test('of markers that have no order and that the interface never refuses', async () => {
    const ordered = { sort: 'distance', near: '120,30', kind: 'service' }
    expect((await told({ query: ordered }))['data-clusters']).toBe('/api/map/clusters?kind=service')
    const long = await told({ query: { word: '🧪'.repeat(300) } })
    const address = new URL(long['data-clusters'] ?? '', 'http://voucher.test')
    expect(address.searchParams.get('word')).toBe('🧪'.repeat(100))
  })

  test('of the region that is searched, and of the reader only where that was given', async () => {
    const region = await told({ query: { region: '330106', sort: 'distance' } })
    expect(region['data-view']).toBe('119.9944,30.0804,120.177,30.3539')
    expect(region['data-here']).toBe('')
    // The box tells the distance that the list tells.
    expect(region['data-near']).toBe('330106')
    const near = await told({ query: { near: '120.123,30.27', sort: 'distance' } })
    expect(near['data-here']).toBe('120.123,30.27')
    expect((await told({ query: { near: '330106' } }))['data-here']).toBe('')
  })

  test('to fetch beside the page what it will draw first', async () => {
    const html = await render(() => <MapHead asked={readSearch({})} />)
    const links = await find(html, 'link[rel=preload]')
    expect(links.map(({ href }) => href)).toEqual([
      '/basemap/zj.topo.json',
      '/api/map/clusters?zoom=7',
      '/api/map/clusters?zoom=6',
    ])
    const data = await told()
    expect(data['data-first']).toBe(links[1]?.['href'])
    expect(data['data-first-narrow']).toBe(links[2]?.['href'])
  })
})
