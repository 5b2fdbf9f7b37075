/**
 * One channel of hints: hibernating WebSockets, and a short table of what was said lately so that a
 * page that slept hears what it missed. A channel nobody has opened for eight days keeps nothing.
 */
import { DurableObject } from 'cloudflare:workers'
import type { Bindings } from '../platform/bindings.ts'
import {
  CLOSE_RENEW,
  HINTS_MAX,
  HINT_LIFE_MS,
  MIRROR_LAG_MS,
  REPLAY_MAX,
  SOCKET_LIFE_MS,
  type Hint,
  type LiveMessage,
} from './rules.ts'

const AUDIENCE_LIFE_MS = HINT_LIFE_MS + 86_400_000

export class Channel extends DurableObject<Bindings> {
  private readonly sql: SqlStorage
  /** Somebody may come back until then, epoch ms. */
  private audience_until: number
  /** Said lately with nobody to hear: for the first who opens a page before the mirror is there. */
  private unheard: { hint: Hint; at: number }[] = []

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env)
    this.sql = ctx.storage.sql
    this.audience_until = this.readAudience()
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  /** Keeps the hint and sends it to every open socket. */
  announce(hint: Hint): void {
    const now = Date.now()
    const kept = now < this.audience_until
    if (!kept) this.unheard = [...this.unheard.filter(isFresh(now)), { hint, at: now }]
    const message: LiveMessage = { cursor: kept ? this.keep(hint, now) : 0, hint }
    for (const socket of this.ctx.getWebSockets()) {
      // A stale one is told to come back instead, and hears the hint then if it still may.
      if (!kept || untilOf(socket) < now) socket.close(CLOSE_RENEW, 'renew')
      else send(socket, message)
    }
  }

  /** Where a page that is rendered now stands: before what its list may not show yet. */
  cursor(): number {
    const now = Date.now()
    this.welcome(now)
    const { settled } = this.sql
      .exec<{ settled: number }>(
        'SELECT coalesce(max(cursor), 0) AS settled FROM hints WHERE at < ?',
        now - MIRROR_LAG_MS,
      )
      .one()
    return Math.max(settled, this.bounds().first - 1)
  }

  /** What was said since `at`, epoch ms: a list read from a mirror may not hold it yet. */
  recent(at: number): Hint[] {
    const unheard = this.unheard.filter((one) => one.at >= at).map(({ hint }) => hint)
    if (this.audience_until === 0) return unheard
    const kept = this.sql
      .exec<Hint>(
        `SELECT topic, enterprise, id FROM hints
         WHERE at >= ? AND topic <> '' GROUP BY topic, enterprise, id ORDER BY max(cursor)`,
        at,
      )
      .toArray()
    return [...kept, ...unheard]
  }

  /** Closes the sockets of an account that has signed out or lost its role. */
  dismiss(account: string): void {
    for (const socket of this.ctx.getWebSockets(account)) socket.close(CLOSE_RENEW, 'renew')
  }

  /** The upgrade. Only this Worker's own door calls it, after it has checked who asks. */
  override fetch(request: Request): Response {
    const url = new URL(request.url)
    const now = Date.now()
    this.welcome(now)
    const { 0: theirs, 1: ours } = new WebSocketPair()
    this.ctx.acceptWebSocket(ours, [url.searchParams.get('account') ?? ''])
    ours.serializeAttachment({ until: now + SOCKET_LIFE_MS })
    this.replay(ours, Number(url.searchParams.get('since')))
    return new Response(null, { status: 101, webSocket: theirs })
  }

  /** Pages say nothing but ping, which is answered without waking the object. */
  override webSocketMessage(): void {}

  override webSocketError(socket: WebSocket): void {
    socket.close(CLOSE_RENEW, 'renew')
  }

  private replay(socket: WebSocket, since: number): void {
    const { first, last } = this.bounds()
    if (since === last) return
    const missed = this.sql
      .exec<Hint & { cursor: number }>(
        `SELECT max(cursor) AS cursor, topic, enterprise, id FROM hints
         WHERE cursor > ? AND topic <> '' GROUP BY topic, enterprise, id ORDER BY 1 LIMIT ?`,
        since,
        REPLAY_MAX + 1,
      )
      .toArray()
    const lost = since < first - 1 || since > last || missed.length > REPLAY_MAX
    if (lost) return send(socket, { cursor: last, reset: true })
    for (const { cursor, ...hint } of missed) send(socket, { cursor, hint })
  }

  private keep(hint: Hint, now: number): number {
    const cursor = this.bounds().last + 1
    this.insert(cursor, hint, now)
    // The newest stays whatever its age: it tells where the channel stands.
    this.sql.exec(
      'DELETE FROM hints WHERE cursor < ? AND (cursor <= ? OR at < ?)',
      cursor,
      cursor - HINTS_MAX,
      now - HINT_LIFE_MS,
    )
    return cursor
  }

  /** Somebody listens. After a silence of unknown content every older cursor must be lost. */
  private welcome(now: number): void {
    if (now >= this.audience_until && this.audience_until > 0) {
      const cursor = this.bounds().last + 2
      this.sql.exec('DELETE FROM hints')
      this.insert(cursor, { topic: '', enterprise: '', id: '' }, now)
    }
    if (this.audience_until > now + HINT_LIFE_MS) return
    if (this.audience_until === 0) this.makeTables()
    this.audience_until = now + AUDIENCE_LIFE_MS
    this.sql.exec('INSERT OR REPLACE INTO audience VALUES (1, ?)', this.audience_until)
    for (const { hint, at } of this.unheard.filter(isFresh(now)))
      this.insert(this.bounds().last + 1, hint, at)
    this.unheard = []
  }

  /** 0 where nobody has ever come: most enterprises' channels never write anything. */
  private readAudience(): number {
    const tables = `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'audience'`
    if (this.sql.exec(tables).toArray().length === 0) return 0
    const found = this.sql.exec<{ until: number }>('SELECT until FROM audience').toArray()[0]
    return found?.until ?? 0
  }

  private makeTables(): void {
    this.sql.exec(`
      CREATE TABLE IF NOT EXISTS hints (
        cursor INTEGER PRIMARY KEY, topic TEXT NOT NULL, enterprise TEXT NOT NULL,
        id TEXT NOT NULL, at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE IF NOT EXISTS audience (
        one INTEGER PRIMARY KEY CHECK (one = 1), until INTEGER NOT NULL
      ) STRICT`)
  }

  private insert(cursor: number, hint: Record<keyof Hint, string>, now: number): void {
    const { topic, enterprise, id } = hint
    this.sql.exec('INSERT INTO hints VALUES (?, ?, ?, ?, ?)', cursor, topic, enterprise, id, now)
  }

  private bounds(): { first: number; last: number } {
    return this.sql
      .exec<{ first: number; last: number }>(
        'SELECT coalesce(min(cursor), 1) AS first, coalesce(max(cursor), 0) AS last FROM hints',
      )
      .one()
  }
}

function isFresh(now: number): (one: { at: number }) => boolean {
  return ({ at }) => at > now - MIRROR_LAG_MS
}

function untilOf(socket: WebSocket): number {
  const kept = socket.deserializeAttachment() as { until: number } | null
  return kept?.until ?? 0
}

/** A socket that has just gone away is not an error: its page asks again from its cursor. */
function send(socket: WebSocket, message: LiveMessage): void {
  try {
    socket.send(JSON.stringify(message))
  } catch {
    socket.close(CLOSE_RENEW, 'renew')
  }
}
