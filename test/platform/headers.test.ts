/** What a page may load: itself alone, and the tiles of 天地图 where the operator turned them on. */
import { expect, test } from 'vitest'
import { policyFor } from '../../src/platform/headers.ts'

const OIDC_ISSUER = 'https://portal.test'

function pictures(address: string, MAP_TILES?: string): string {
  const env = { OIDC_ISSUER, ...(MAP_TILES ? { MAP_TILES } : {}) }
  const parts = policyFor(new URL(address), env).split('; ')
  return parts.find((part) => part.startsWith('img-src')) ?? ''
}

test.each([
  ['https://voucher.test/map', undefined, "img-src 'self' data: blob:"],
  ['https://voucher.test/map', 'none', "img-src 'self' data: blob:"],
  [
    'https://voucher.test/map?word=光谱',
    'tianditu',
    "img-src 'self' data: blob: https://*.tianditu.gov.cn",
  ],
  [
    'https://voucher.test/map/organisations/1',
    'tianditu',
    "img-src 'self' data: blob: https://*.tianditu.gov.cn",
  ],
  ['https://voucher.test/mapped', 'tianditu', "img-src 'self' data: blob:"],
  ['https://voucher.test/enterprise', 'tianditu', "img-src 'self' data: blob:"],
])('%s with tiles %s', (address, tiles, expected) => {
  expect(pictures(address, tiles)).toBe(expected)
})
