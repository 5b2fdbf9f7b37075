/** What the Worker is bound to, and what a request carries once the middleware has run. */
import type { Context } from 'hono'
import type { Account, Actor } from '../kernel/actor.ts'
import type { Language } from '../kernel/text.ts'

export type Bindings = {
  DB: D1Database
  FILES: R2Bucket
  ASSETS: Fetcher
  LEDGER: DurableObjectNamespace
  CHANNEL: DurableObjectNamespace
  BUDGET: DurableObjectNamespace
  HUB: DurableObjectNamespace
  ATLAS: DurableObjectNamespace
  INTAKE: DurableObjectNamespace
  ORIGIN: string
  OIDC_ISSUER: string
  OIDC_LEGAL_CLIENT: string
  OIDC_LEGAL_SECRET: string
  OIDC_STAFF_CLIENT: string
  OIDC_STAFF_SECRET: string
  SMS_URL: string
  SMS_TOKEN: string
  REGISTRY_URL: string
  REGISTRY_TOKEN: string
  /** Keys signed links and hashes; at least 32 characters. */
  SESSION_KEY: string
  /** '1' on a demonstration instance. */
  DEMO: string
  /** Who runs the site and its phone, shown in the footer. */
  SITE_OWNER?: string
  SITE_PHONE?: string
  /** 'tianditu' draws the tiles of 天地图 over the base map, with the operator's browser key. */
  MAP_TILES?: string
  TIANDITU_KEY?: string
  /** Replaces © OpenStreetMap under the map. */
  MAP_ATTRIBUTION?: string
  /** 审图号 of the map that is shown. */
  MAP_APPROVAL_NO?: string
}

/** One entry of the left menu or of the bar at the top. */
/** `below`: addresses of pages that belong to it although theirs does not begin with `href`. */
export type MenuLink = { label: string; href: string; count?: number; below?: readonly string[] }
export type MenuGroup = { label: string | null; links: readonly MenuLink[] }

export type Variables = {
  /** The instant the request came in, epoch ms: the only clock a handler reads. */
  now: number
  request_id: string
  lang: Language
  actor: Actor | null
  account: Account | null
  /** Per-session token for browsers that send neither Sec-Fetch-Site nor Origin; '' signed out. */
  csrf: string
  menu: readonly MenuGroup[]
}

export type App = { Bindings: Bindings; Variables: Variables }
export type Ctx = Context<App>
