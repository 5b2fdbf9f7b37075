/** What counts as an outage, and what as a fault of ours. */
import { HTTPException } from 'hono/http-exception'
import { describe, expect, test } from 'vitest'
import { isOutage } from '../../src/platform/outage.ts'

const marked = (marks: object) => Object.assign(new Error('internal error'), marks)
/** As drizzle hands it on: its own words hold the statement and what was typed. */
const asked = (typed: string, cause: Error) =>
  new Error(`Failed query: insert into uses values (?)\nparams: ${typed}`, { cause })

describe('an outage is', () => {
  test.each([
    new Error('D1_ERROR: Network connection lost.'),
    new Error('D1_ERROR: Internal error in D1 DB storage caused object to be reset.'),
    new Error('D1 DB reset because its code was updated.'),
    new Error('Cannot resolve D1 DB due to transient issue on remote node.'),
    new Error('D1 DB is overloaded. Requests queued for too long.'),
    new Error('D1 DB storage operation exceeded timeout which caused object to be reset.'),
    new Error('Durable Object is overloaded. Too many requests queued.'),
    asked('会议室', new Error('D1_ERROR: Network connection lost.')),
    marked({ retryable: true }),
    marked({ overloaded: true }),
    marked({ durableObjectReset: true }),
    new HTTPException(503, { message: 'unavailable' }),
  ])('%s', (error) => {
    expect(isOutage(error)).toBe(true)
  })
})

describe('no outage is', () => {
  test.each([
    new Error('D1_ERROR: no such column: nmae: SQLITE_ERROR'),
    new Error('D1_ERROR: UNIQUE constraint failed: uses.id: SQLITE_CONSTRAINT'),
    asked('Network connection lost', new Error('D1_ERROR: no such table: uses: SQLITE_ERROR')),
    asked('Network connection lost', new Error('something else')),
    new TypeError('Cannot read properties of undefined'),
    new HTTPException(404),
    'a text',
    undefined,
  ])('%s', (error) => {
    expect(isOutage(error)).toBe(false)
  })
})
