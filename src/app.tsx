/** Middleware in order, then every door under its role's prefix. */
import { Hono } from 'hono'
import type { App } from './platform/bindings.ts'

export const app = new Hono<App>()

app.get('/healthz', (c) => c.text('ok'))
