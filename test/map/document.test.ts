/** The document of the public interface: whole, in both languages, and readable as a page. */
import { describe, expect, test } from 'vitest'
import { get } from '../quota/fixture.ts'
import { send } from '../support/routes.ts'

type Told = { description: string }
type Operation = {
  operationId: string
  parameters: (Told & { name: string })[]
  responses: Record<string, Told & { headers?: Record<string, Told>; content?: object }>
}
type Document = { openapi: string; paths: Record<string, { get: Operation }> }

async function ask(path: string) {
  const answer = await send('GET', path)
  return { headers: answer.headers, document: (await answer.json()) as Document }
}

describe('the document', () => {
  test('names every address with all it takes and answers', async () => {
    const { headers, document } = await ask('/api/openapi.json')
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(document.openapi).toMatch(/^3\.1/)
    expect(Object.keys(document.paths)).toEqual([
      '/api/map/search',
      '/api/map/search.geojson',
      '/api/map/clusters',
      '/api/map/suggest',
    ])
    const { parameters } = document.paths['/api/map/search']?.get ?? { parameters: [] }
    expect(parameters.map(({ name }) => name).join(' ')).toBe(
      'word kind region category accepts box sort near page limit lang',
    )
    for (const { description } of parameters) expect(description).not.toBe('')
    expect(JSON.stringify(document)).not.toContain('x-en')
  })

  test('says what else may be answered, and how far pages go', async () => {
    const { document } = await ask('/api/openapi.json?lang=en')
    const operations = Object.values(document.paths).map(({ get }) => get)
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(4)
    for (const { responses } of operations) {
      expect(Object.keys(responses)).toEqual(['200', '304', '400', '503'])
      expect(responses['200']?.headers).toHaveProperty('ETag')
      expect(responses['503']?.headers).toHaveProperty('Retry-After')
      expect(responses['503']?.content).toHaveProperty(['application/problem+json'])
    }
    const page = operations[0]?.parameters.find(({ name }) => name === 'page')
    expect(page?.description).toBe('Page, from 1; page × limit is at most 10000')
    expect(JSON.stringify(document)).toContain('none beyond line 10000')
  })

  test('stands in English', async () => {
    const { document } = await ask('/api/openapi.json?lang=en')
    const text = JSON.stringify(document).replaceAll(/检验检测|研发设计|技术咨询|仪器共享/g, '')
    expect(text).not.toMatch(/[\u4e00-\u9fff]/)
  })

  test('is a page to read', async () => {
    const shown = await get(null, '/api')
    expect(shown.text).toContain('GET /api/map/search')
    expect(shown.text).toContain('hits[].organisation.name')
    expect((await get(null, '/api?lang=en')).text).toContain('Search the map')
  })
})
