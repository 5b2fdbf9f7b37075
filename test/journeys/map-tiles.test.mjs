/**
 * The tiles of 天地图 lie over our own base map, which stays to be seen whatever they are: blank,
 * late, refused or broken. Their answers alone are made here; nobody has a key to test with.
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startDemo } from './support.mjs'

const TILES = /^https:\/\/t[0-7]\.tianditu\.gov\.cn\//
/** PNG of one pixel, which a browser stretches over a tile. */
const pixel = (bytes) => ({
  contentType: 'image/png',
  body: Buffer.from(`iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAA${bytes}`, 'base64'),
})
const WHITE = pixel('C0lEQVR42mP4DwQACfsD/Wj6HMwAAAAASUVORK5CYII=')
const CLEAR = pixel('C0lEQVR42mNgAAIAAAUAAen63NgAAAAASUVORK5CYII=')
const GREEN = pixel('DUlEQVR42mO49ujCfwAIogOIg7VLKAAAAABJRU5ErkJggg==')
const REFUSED = { status: 403, contentType: 'application/json', body: '{"code":12}' }
const BROKEN = { contentType: 'image/png', body: 'no picture' }

let demo, page

beforeAll(async () => {
  demo = await startDemo({ MAP_TILES: 'tianditu', TIANDITU_KEY: 'a-browser-key' })
})

afterAll(() => demo?.stop())
afterEach(() => page?.context().close())

/** Opens the map with such tiles, undefined for ones that never come; answers what was asked. */
async function open(tile) {
  page = await demo.newRole()
  const asked = []
  await page.route(TILES, (route) => {
    asked.push(new URL(route.request().url()).searchParams)
    return tile && route.fulfill(tile)
  })
  // Tiles that never come keep the page loading for ever.
  await page.goto('/map', { waitUntil: 'domcontentloaded' })
  await page.waitForFunction(() => performance.getEntriesByName('map-ready').length > 0)
  return asked
}

/** The map without what lies on it, once it is at rest. */
async function pictureOf() {
  await page.evaluate(() => {
    for (const part of document.querySelectorAll('.leaflet-marker-pane, .map-tools'))
      part.style.display = 'none'
  })
  const { x, y, width, height } = await page.locator('#map').boundingBox()
  // Without its round corners, whose edges are not drawn alike every time.
  const clip = { x: x + 12, y: y + 12, width: width - 24, height: height - 24 }
  const shoot = () => page.screenshot({ clip, fullPage: true })
  let [before, now] = [await shoot(), await shoot()]
  while (!now.equals(before)) [before, now] = [now, await shoot()]
  return now
}

/** How many colours cover a hundredth of the picture or more: land, what lies around, the sea. */
function countColours(png) {
  return page.evaluate(
    async (address) => {
      const image = new Image()
      image.src = address
      await image.decode()
      const { width, height } = image
      const context = Object.assign(document.createElement('canvas'), { width, height }).getContext(
        '2d',
      )
      context.drawImage(image, 0, 0)
      const counts = new Map()
      for (const colour of new Uint32Array(context.getImageData(0, 0, width, height).data.buffer))
        counts.set(colour, (counts.get(colour) ?? 0) + 1)
      return [...counts.values()].filter((count) => count > (width * height) / 100).length
    },
    `data:image/png;base64,${png.toString('base64')}`,
  )
}

const tilesCame = () =>
  page.waitForFunction(() => {
    const tiles = [...document.querySelectorAll('.leaflet-tile')]
    return tiles.length > 0 && tiles.every((tile) => tile.matches('.leaflet-tile-loaded'))
  })

test('tiles that never come, or come blank, leave the base map as it is', async () => {
  const asked = await open()
  const bare = await pictureOf()
  expect(await countColours(bare)).toBeGreaterThanOrEqual(3)
  expect(asked.length).toBeGreaterThan(0)
  expect(new Set(asked.map((query) => query.get('tk')))).toEqual(new Set(['a-browser-key']))
  expect(new Set(asked.map((query) => query.get('LAYER')))).toEqual(new Set(['vec', 'cva']))
  for (const blank of [WHITE, CLEAR]) {
    await page.context().close()
    await open(blank)
    await tilesCame()
    expect((await pictureOf()).equals(bare)).toBe(true)
  }
  await page.context().close()
  await open(GREEN)
  await tilesCame()
  const green = await pictureOf()
  expect(green.equals(bare)).toBe(false)
  expect(await countColours(green)).toBeGreaterThanOrEqual(3)
})

test.each([
  ['refused', REFUSED],
  ['broken', BROKEN],
])('tiles that are %s go, and the reader is told', async (_, tile) => {
  await open(tile)
  await page.getByText('在线底图暂时不可用，已改用示意图。', { exact: true }).waitFor()
  expect(await page.locator('.leaflet-tile').count()).toBe(0)
  expect(await page.locator('.map-tiled').count()).toBe(0)
  expect(await countColours(await pictureOf())).toBeGreaterThanOrEqual(3)
  expect(await page.locator('.spot').count()).toBeGreaterThan(0)
})
