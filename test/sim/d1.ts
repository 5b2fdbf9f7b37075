/**
 * D1 over one SQLite in memory: a batch is atomic, and may fail before it is written, or after, or
 * take its time, or be carried out once more when nobody waits for it. Watches its own rows.
 */
import type { Host } from './host.ts'
import { Database } from './storage.ts'
import type { Row, Value } from './storage.ts'
import type { World } from './world.ts'

type Result = { results: Row[]; success: true; meta: Record<string, never> }

/** Tables of the mirror whose rows carry a version, or a head its seq. */
const VERSIONED: Readonly<Record<string, string>> = {
  books: 'version',
  vouchers: 'version',
  redemptions: 'version',
  heads: 'seq',
}
const SLOW_MS_MAX = 80_000

class Statement {
  constructor(
    private readonly run_all: (statements: readonly Statement[]) => Promise<Result[]>,
    readonly query: string,
    readonly values: readonly Value[] = [],
  ) {}

  bind(...values: Value[]): Statement {
    return new Statement(this.run_all, this.query, values)
  }

  async all(): Promise<Result> {
    const [result] = await this.run_all([this])
    if (!result) throw new Error('D1 answered nothing')
    return result
  }

  run(): Promise<Result> {
    return this.all()
  }

  async first(): Promise<Row | null> {
    return (await this.all()).results[0] ?? null
  }
}

export class MirrorDatabase {
  readonly database = new Database()
  /** Away until this virtual ms. */
  away_until = 0
  private readonly complete_to = new Map<string, number>()

  constructor(
    private readonly world: World,
    schema: string,
  ) {
    this.database.script(schema)
    for (const [table, gate] of Object.entries(VERSIONED))
      this.database.script(`CREATE TRIGGER watch_${table} BEFORE UPDATE ON ${table}
        WHEN NEW.${gate} < OLD.${gate} BEGIN SELECT RAISE(ABORT, 'simulation: ${table}'); END`)
  }

  bindingFor(owner: Host | undefined): unknown {
    const send = (statements: readonly Statement[]) => this.send(owner, statements)
    return {
      prepare: (query: string) => new Statement(send, query),
      batch: (statements: readonly Statement[]) => send(statements),
    }
  }

  private send(owner: Host | undefined, statements: readonly Statement[]): Promise<Result[]> {
    return new Promise((resolve, reject) => {
      const epoch = owner?.epoch
      const back = (settle: () => void) =>
        this.world.after(this.delay(), () => {
          if (owner?.epoch !== epoch) return
          owner?.enter()
          settle()
        })
      const fail = (message: string) => back(() => reject(new Error(`D1_ERROR: ${message}`)))
      const leave = () => this.arrive(statements, (results) => back(() => resolve(results)), fail)
      if (owner) owner.send(leave)
      else leave()
    })
  }

  private arrive(
    statements: readonly Statement[],
    done: (results: Result[]) => void,
    fail: (message: string) => void,
  ): void {
    const { world } = this
    const { d1_before, d1_after, d1_slow, replay } = world.faults
    const slow = world.random.chance(d1_slow)
    const delay_ms = slow ? world.random.whole(1000, SLOW_MS_MAX) : this.delay()
    if (slow) world.count('slow D1 batches')
    world.after(delay_ms, () => {
      if (world.now < this.away_until || world.random.chance(d1_before)) {
        world.count('D1 batches that failed unwritten')
        return fail('Network connection lost.')
      }
      const results = this.execute(statements)
      if (!results) return fail('the batch was refused')
      if (!world.random.chance(d1_after)) return done(results)
      world.count('D1 batches that failed though written')
      fail('Network connection lost.')
    })
    if (!world.random.chance(replay)) return
    world.count('D1 batches replayed')
    world.after(
      delay_ms + this.delay() * world.random.pick([1, 20, 200]),
      () => void this.execute(statements),
    )
  }

  /** All or nothing; undefined for nothing. */
  private execute(statements: readonly Statement[]): Result[] | undefined {
    this.world.count('D1 batches')
    this.world.trace(`D1 ${statements.length} statements`)
    this.database.all('SAVEPOINT batch')
    try {
      const results = statements.map(({ query, values }) => ({
        results: this.database.all(query, values),
        success: true as const,
        meta: {},
      }))
      this.database.all('RELEASE batch')
      this.watchHeads()
      return results
    } catch (error) {
      this.database.all('ROLLBACK TO batch')
      this.database.all('RELEASE batch')
      const message = String(error)
      const fell = message.includes('simulation:')
      if (fell) this.world.fail('I13', `a version in D1 falls: ${message}`)
      else this.world.fail('d1', `D1 refuses a batch: ${message}`)
      return undefined
    }
  }

  /** A head says that everything up to its seq stands in D1. */
  private watchHeads(): void {
    const heads = this.database.all('SELECT enterprise, seq FROM heads')
    for (const { enterprise, seq } of heads) {
      const name = String(enterprise)
      const from = this.complete_to.get(name) ?? 0
      if (Number(seq) <= from) continue
      const query = `SELECT count(*) AS rows FROM events
        WHERE enterprise = ? AND seq > ? AND seq <= ?`
      const [found] = this.database.all(query, [name, from, Number(seq)])
      const rows = Number(found?.['rows'])
      this.world.check(rows === Number(seq) - from, 'watermark', () => {
        return `the head of ${name} is ${seq}, but after ${from} there are ${rows} events`
      })
      this.complete_to.set(name, Number(seq))
    }
  }

  private delay(): number {
    return this.world.random.whole(1, this.world.faults.delay_ms)
  }
}
