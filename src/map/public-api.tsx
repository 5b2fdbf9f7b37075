/**
 * The public interface of the map: the same search as JSON and GeoJSON, the map's clusters and
 * suggestions. Knows no session, may be cached and read by any site, and refuses with the field
 * that is wrong.
 */
import { Hono } from 'hono'
import { describeRoute, validator } from 'hono-openapi'
import { HTTPException } from 'hono/http-exception'
import { atlasVersion, suggestAtlas } from '../atlas/client.ts'
import type { Language } from '../kernel/text.ts'
import type { App, Ctx } from '../platform/bindings.ts'
import { allow } from '../platform/guard.ts'
import { INTERFACE_HEADERS } from '../platform/headers.ts'
import { logError, logInfo } from '../platform/log.ts'
import { isOutage } from '../platform/outage.ts'
import { within } from '../platform/reach.ts'
import { clusterAnswer, featureAnswer, isKnown, searchAnswer, tagOf } from './answer.ts'
import { strings } from './api-strings.ts'
import { documentOf, OPERATIONS } from './document.ts'
import { PAGE_SIZE, readSearch } from './rules.ts'
import type { Search } from './rules.ts'
import { clusterParameters, searchParameters, suggestParameters } from './schema.ts'
import type { ProblemAnswer } from './schema.ts'
import { cluster, recallAccepted, search } from './store.ts'
import type { Accepted } from './store.ts'

/** Seconds that a browser or a proxy need not ask again; then the tag saves the answer. */
const FRESH_S = 5
const KEPT = { 'Cache-Control': `public, max-age=${FRESH_S}` }
/** Seconds after which an outage may have passed. */
const RETRY_S = '5'
/** An answer that is not there by then is an outage, ms. */
const ANSWER_MS_MAX = 8_000
const SUGGESTIONS_MAX = 8
const OPEN = { role: 'public', scope: 'any', action: 'map.search' } as const

export const door = new Hono<App>()

/** Any site may read an answer. */
const HEADERS = {
  ...INTERFACE_HEADERS,
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Retry-After, X-Request-Id',
}

const METHODS = 'GET, HEAD'

/** A browser asks beforehand whether another site may send a tag. */
const PREFLIGHT = {
  ...HEADERS,
  'Access-Control-Allow-Methods': METHODS,
  'Access-Control-Allow-Headers': 'If-None-Match',
  'Access-Control-Max-Age': '86400',
}

door.use('/api/*', async (c, next) => {
  const { method } = c.req
  if (method === 'OPTIONS') return c.body(null, 204, PREFLIGHT)
  if (!METHODS.split(', ').includes(method)) return refusal(c, 405, strings[languageOf(c)].method)
  return next()
})

door.get(
  '/api/map/search',
  allow(OPEN),
  describeRoute(OPERATIONS.search),
  validator('query', searchParameters, refuse),
  (c) => {
    const limit = c.req.valid('query').limit ?? PAGE_SIZE
    return answer(c, 'application/json', async (asked, accepted) =>
      searchAnswer(await search(c.env, asked, accepted, limit), asked.page, limit),
    )
  },
)

door.get(
  '/api/map/search.geojson',
  allow(OPEN),
  describeRoute(OPERATIONS.features),
  validator('query', searchParameters, refuse),
  (c) => {
    const limit = c.req.valid('query').limit ?? PAGE_SIZE
    return answer(c, 'application/geo+json', async (asked, accepted) =>
      featureAnswer(await search(c.env, asked, accepted, limit), asked.page, limit),
    )
  },
)

door.get(
  '/api/map/clusters',
  allow(OPEN),
  describeRoute(OPERATIONS.clusters),
  validator('query', clusterParameters, refuse),
  (c) => {
    const { zoom } = c.req.valid('query')
    return answer(c, 'application/json', async (asked, accepted) =>
      clusterAnswer(await cluster(c.env, asked, accepted, zoom)),
    )
  },
)

door.get(
  '/api/map/suggest',
  allow(OPEN),
  describeRoute(OPERATIONS.suggest),
  validator('query', suggestParameters, refuse),
  (c) => {
    const { word } = c.req.valid('query')
    return answer(c, 'application/json', () => suggestAtlas(c.env, word, SUGGESTIONS_MAX))
  },
)

door.get('/api/openapi.json', allow({ ...OPEN, action: 'map.document' }), async (c) => {
  const document = await documentOf(door, languageOf(c))
  return c.json(document, 200, { ...HEADERS, 'Cache-Control': 'public, max-age=300' })
})

// `/api` itself is the page that tells of all this.
door.all('/api/:rest{.+}', allow(OPEN), (c) => refusal(c, 404, strings[languageOf(c)].missing))

type Make = (asked: Search, accepted: Accepted) => Promise<{ version: string }>

/** Answers in time, or says that it cannot for now. */
async function answer(c: Ctx, type: string, make: Make): Promise<Response> {
  try {
    const made = await within(ANSWER_MS_MAX, answerByTag(c, type, make))
    if (made) return made
    throw new HTTPException(503, { message: 'no answer in time' })
  } catch (error) {
    const passing = isOutage(error)
    logError(passing ? 'unavailable' : 'unexpected', error, { request_id: c.var.request_id })
    return refusal(c, passing ? 503 : 500, strings[languageOf(c)].failed)
  }
}

/** Who knows the tag already gets 304 before anything is searched. */
async function answerByTag(c: Ctx, type: string, make: Make): Promise<Response> {
  const asked = readSearch(c.req.query())
  const version = await atlasVersion(c.env)
  const accepted = await recallAccepted(c.env, asked, c.var.now)
  const headers = { ...HEADERS, ...KEPT, 'X-Request-Id': c.var.request_id }
  const tag = tagOf(version, accepted)
  if (isKnown(c.req.header('If-None-Match'), tag))
    return c.body(null, 304, { ...headers, ETag: tag })
  const made = await make(asked, accepted)
  return c.body(JSON.stringify(made), 200, {
    ...headers,
    ETag: tagOf(made.version, accepted),
    'Content-Type': type,
  })
}

/** Like the page, English by `lang=en`; no cookie is looked at. */
function languageOf(c: Ctx): Language {
  return c.req.query('lang') === 'en' ? 'en' : 'zh'
}

type Issues = readonly { path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined }[]
type Checked = { success: boolean; error?: Issues }

/** 400 with every field that is wrong and what it should be. */
function refuse(checked: Checked, c: Ctx): Response | undefined {
  if (checked.success) return undefined
  const t = strings[languageOf(c)]
  const messages: Readonly<Record<string, string>> = t.problems
  const fields = new Set((checked.error ?? []).map(fieldOf))
  const errors = [...fields].map((field) => ({
    field,
    message: messages[field] ?? t.problems.other,
  }))
  return refusal(c, 400, t.bad, errors)
}

function fieldOf({ path }: Issues[number]): string {
  const [first] = path ?? []
  return String(typeof first === 'object' ? first.key : (first ?? ''))
}

function refusal(
  c: Ctx,
  status: 400 | 404 | 405 | 500 | 503,
  title: string,
  errors?: ProblemAnswer['errors'],
): Response {
  const problem: ProblemAnswer = { type: 'about:blank', title, status, ...(errors && { errors }) }
  logInfo({ event: 'refused', route: c.req.path, status, request_id: c.var.request_id })
  return c.body(JSON.stringify(problem), status, {
    ...HEADERS,
    'X-Request-Id': c.var.request_id,
    ...(status === 503 ? { 'Retry-After': RETRY_S } : {}),
    ...(status === 405 ? { Allow: `${METHODS}, OPTIONS` } : {}),
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  })
}
