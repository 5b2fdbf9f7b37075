/** Lists, cards, steps and notices: names that a test or a screen reader asks for. */
import { expect, test } from 'vitest'
import { Badge, Money } from '../../src/ui/badge.tsx'
import { Card } from '../../src/ui/card.tsx'
import { Empty, Filters, Pagination, Row, Table, Timeline } from '../../src/ui/list.tsx'
import { Consequence, Crumbs, Panel, Steps } from '../../src/ui/notice.tsx'
import { find, render, texts } from './render.tsx'

const COLUMNS = [
  { label: '创新券编号' },
  { label: '金额', align: 'right' as const },
  { label: '操作', hidden: true },
]
const ROW = {
  id: 'v1',
  name: '330106-26-000001',
  cells: ['330106-26-000001', <Money fen={1_200_000} />, <a href="/x">查看</a>],
}

test('a row is named by its voucher number and repeats its column labels for a phone', async () => {
  const html = await render(() => <Table caption="创新券" columns={COLUMNS} rows={[ROW]} />)
  const [row] = await find(html, 'tbody tr')
  expect(row).toMatchObject({ id: 'row-v1', 'aria-label': '330106-26-000001', role: 'row' })
  const cells = await find(html, 'td')
  expect(cells.map((one) => one['data-label'])).toEqual(['创新券编号', '金额', undefined])
  expect(await texts(html, '.money')).toEqual(['￥12,000.00'])
})

test('a row fetched alone is the same row', async () => {
  const table = await render(() => <Table caption="创新券" columns={COLUMNS} rows={[ROW]} />)
  expect(table).toContain(await render(() => <Row columns={COLUMNS} {...ROW} />))
})

test('an empty list says what to do; one that fills live keeps its table', async () => {
  const empty = <Empty title="还没有创新券">先申领额度</Empty>
  const still = await render(() => (
    <Table caption="创新券" columns={COLUMNS} rows={[]} empty={empty} />
  ))
  expect(await find(still, 'table')).toEqual([])
  const live = await render(() => (
    <Table caption="创新券" columns={COLUMNS} rows={[]} bodyId="desk-rows" empty={empty} />
  ))
  expect(await find(live, 'tbody#desk-rows')).toHaveLength(1)
  expect(live).toContain('还没有创新券')
})

test('page links keep the other parts of the address', async () => {
  const html = await render((c) => <Pagination c={c} page={2} pages={3} />, {
    path: '/enterprise/vouchers?state=confirmed&page=2',
  })
  const links = await find(html, 'a')
  expect(links.map((one) => one['href'])).toEqual([
    '/enterprise/vouchers?state=confirmed&page=1',
    '/enterprise/vouchers?state=confirmed&page=3',
  ])
  expect(await render((c) => <Pagination c={c} page={1} pages={1} />)).toBe('')
})

test('a filter is a GET form with its own button', async () => {
  const html = await render((c) => <Filters c={c} submit="搜索" label="查找服务" />)
  expect((await find(html, 'form'))[0]).toMatchObject({ method: 'get', role: 'search' })
  expect(await texts(html, 'button')).toEqual(['搜索'])
})

test('a card is one article with one link, and what looks like markup stays text', async () => {
  const html = await render(() => (
    <Card name="330106-26-000001" href="/v" head={<Badge word="未确认" tone="waiting" />}>
      {'<script>'}
    </Card>
  ))
  expect((await find(html, 'article'))[0]?.['aria-label']).toBe('330106-26-000001')
  expect(await texts(html, 'a')).toEqual(['330106-26-000001'])
  expect(await texts(html, '.badge')).toEqual(['未确认'])
  expect(html).toContain('&lt;script&gt;')
})

test('the function diagram names its steps exactly; states and reasons stand beside', async () => {
  const html = await render(() => (
    <Steps
      items={[
        { label: '实名注册', href: '/r', state: '审核通过', tone: 'good' },
        { label: '额度申领', href: '/q', state: '可以申领', tone: 'info', current: true },
        { label: '使用创新券', state: '还不能办', tone: 'neutral', note: '先申领额度' },
      ]}
    />
  ))
  expect((await find(html, 'nav'))[0]?.['aria-label']).toBe('功能导航')
  expect(await texts(html, 'a')).toEqual(['实名注册', '额度申领'])
  expect(await texts(html, '.step-next')).toEqual(['下一步'])
  expect(await texts(html, '.step-note')).toEqual(['先申领额度'])
})

test('the way back never takes the name of a menu entry', async () => {
  const html = await render(() => <Crumbs items={[{ label: '我的创新券', href: '/x' }]} />)
  expect(await texts(html, 'a')).toEqual(['返回：我的创新券'])
})

test('consequences and confirmations are headed and in yuan', async () => {
  const html = await render(() => (
    <>
      <Panel title="申领成功" reference="330106" />
      <Consequence title="提交后" rows={[{ label: '可用额度', value: <Money fen={-5} /> }]} />
    </>
  ))
  expect(await texts(html, 'h1')).toEqual(['申领成功'])
  expect((await find(html, 'section'))[0]?.['aria-label']).toBe('提交后')
  expect(await texts(html, 'dd')).toEqual(['-￥0.05'])
})

test('history is in minutes of Asia/Shanghai', async () => {
  const html = await render(() => <Timeline items={[{ at: 0, title: '提交' }]} />)
  expect(await find(html, 'time')).toMatchObject([
    { datetime: '1970-01-01T00:00:00.000Z', text: '1970-01-01 08:00' },
  ])
})
