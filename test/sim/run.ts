/**
 * One run: a seed, so many steps under its own mixture of faults, then healing without any, in
 * which quiet ledgers are left alone. What is bundled with the product and run in plain Node.
 */
import schema from 'simulated:d1'
import { RegionBudget } from '../../src/budget/object.ts'
import { compareMirror, verifyLedger } from '../../src/ledger/client.ts'
import { MirrorHub } from '../../src/ledger/hub.ts'
import { EnterpriseLedger } from '../../src/ledger/object.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { Auditor } from './auditor.ts'
import { COUNTIES, drawCast, nextNewYear } from './cast.ts'
import { NO_FAULTS, drawFaults } from './faults.ts'
import { enterWorld } from './globals.ts'
import type { ObjectClass } from './host.ts'
import { Network } from './network.ts'
import { People } from './people.ts'
import { Random } from './random.ts'
import { RegionAudit } from './region.ts'
import { checkRest } from './rest.ts'
import { Violation, World } from './world.ts'

export type Result = {
  seed: number
  hash: string
  steps: number
  acknowledged: number
  counts: Record<string, number>
  failure?: { check: string; message: string; step: number; lines: string[] }
}

const HOUR_MS = 3_600_000
/** How long healing may take beyond what the clock was set back. */
const HEAL_MS_MAX = 4 * HOUR_MS
const HEAL_OPEN_MS_MAX = HOUR_MS

/** Plays one seed. The same seed and number of steps come to the same hash everywhere. */
export async function run(
  seed: number,
  steps: number,
  tell?: (line: string) => void,
): Promise<Result> {
  const game = new Game(seed, steps, tell)
  enterWorld(game.world)
  try {
    await game.play()
    return game.result()
  } catch (error) {
    const { check, message, stack } =
      error instanceof Violation ? error : { check: 'broken', ...(error as Error) }
    const text = check === 'broken' ? `${String(error)} ${stack ?? ''}` : message
    return { ...game.result(), failure: { check, message: text, ...game.place() } }
  } finally {
    game.close()
    enterWorld(undefined)
  }
}

/** A storage that fails in the middle is a fault of ours; anything else that is thrown is not. */
function isPlanted(error: unknown): boolean {
  return (error as { retryable?: boolean } | null)?.retryable === true
}

class Game {
  readonly world: World
  private readonly cast
  private readonly network: Network
  private readonly auditor: Auditor
  private readonly regions: RegionAudit
  private readonly people: People
  private readonly env: Bindings
  private step = 0
  private set_back_ms = 0

  constructor(
    private readonly seed: number,
    private readonly steps: number,
    tell: ((line: string) => void) | undefined,
  ) {
    const draws = new Random(seed ^ 0x5bd1e995)
    this.cast = drawCast(draws)
    this.world = new World(seed, this.cast.starts_at, drawFaults(draws), tell)
    const classes = { LEDGER: EnterpriseLedger, BUDGET: RegionBudget, HUB: MirrorHub } as unknown
    this.network = new Network(this.world, classes as Record<string, ObjectClass>, schema)
    this.auditor = new Auditor(this.world, COUNTIES)
    this.regions = new RegionAudit(this.world, this.cast, this.auditor)
    this.env = this.network.envOf(undefined) as unknown as Bindings
    this.people = new People(this.world, this.cast, this.auditor, this.env)
    this.network.audit = (host, answered) => {
      const [kind, name = ''] = host.name.split(':')
      for (const { method, value, threw } of answered)
        this.world.check(!threw || isPlanted(value), 'thrown', () => {
          return `${host.name} ${method}: ${String(value)}`
        })
      if (!host.storage.isMade()) return
      if (kind === 'budget') this.regions.follow(host)
      if (kind !== 'ent') return
      for (const { region, year } of this.auditor.follow(host, name, answered))
        this.regions.followClaims(region, year)
    }
  }

  async play(): Promise<void> {
    const { world } = this
    for (this.step = 1; this.step <= this.steps; this.step += 1) {
      await world.runOne(() => this.disturb())
      await world.runOne(() => this.people.act())
      await world.runUntil(world.now + this.pause())
    }
    await this.heal()
  }

  result(): Result {
    const { seed, world, people } = this
    const { counts } = world
    counts['events of the loop'] = world.events_run
    const steps = Math.min(this.step, this.steps)
    return { seed, hash: world.digest(), steps, acknowledged: people.acknowledged, counts }
  }

  place(): { step: number; lines: string[] } {
    return { step: this.step, lines: this.world.lines.slice(-60) }
  }

  close(): void {
    this.network.close()
  }

  /** Most steps follow each other closely, so that attempts meet. */
  private pause(): number {
    const { random } = this.world
    const how = random.weigh({ at_once: 5, soon: 8, later: 3, much_later: 0.6 })
    if (how === 'at_once') return 0
    if (how === 'soon') return random.whole(1, 300)
    return how === 'later' ? random.whole(300, 8000) : random.whole(8000, 400_000)
  }

  private disturb(): void {
    const { world } = this
    const { random, faults } = world
    if (random.chance(faults.evict)) {
      const hosts = [...this.network.hosts.values()]
      if (hosts.length > 0) random.pick(hosts).evict()
    }
    if (random.chance(faults.d1_outage)) {
      this.network.mirror.away_until = world.now + random.whole(1000, 900_000)
      world.count('D1 outages')
      world.trace('D1 goes away')
    }
    if (random.chance(faults.jump)) this.jump()
  }

  private jump(): void {
    const { world } = this
    const { random } = world
    world.count('clock jumps')
    if (random.chance(0.3)) {
      this.set_back_ms += HOUR_MS
      return world.jump(-HOUR_MS)
    }
    const new_year = nextNewYear(world.wall())
    const to = random.pick([
      new_year - random.whole(1, 2000),
      new_year + random.whole(0, 2000),
      new_year + random.whole(0, 9 * HOUR_MS),
      world.wall() + random.whole(0, 30 * 24 * HOUR_MS),
    ])
    if (to > world.wall()) world.jump(to - world.wall())
  }

  /** No more faults: what was asked for gets its answer, then all comes to rest by itself. */
  private async heal(): Promise<void> {
    const { world, people } = this
    world.trace('healing')
    world.faults = NO_FAULTS
    this.network.mirror.away_until = 0
    const until = world.now + HEAL_OPEN_MS_MAX
    while (people.open > 0 && world.now < until) await world.runUntil(world.now + 10_000)
    world.check(people.open === 0, 'answer', () => `${people.open} attempts have no answer`)
    await world.runUntil(world.now + HEAL_MS_MAX + this.set_back_ms)
    checkRest(world, this.network, this.auditor)
    this.regions.atRest(this.network)
    await this.proveAll()
  }

  /** The product's own proofs, at last: these wake the ledgers. */
  private async proveAll(): Promise<void> {
    const { world, env } = this
    const enterprises = [...this.auditor.ledgers.keys()]
    const proofs = enterprises.map(async (enterprise) => {
      const { problems } = await verifyLedger(env, enterprise)
      const differences = await compareMirror(env, enterprise)
      const found = [...problems, ...differences]
      world.check(found.length === 0, 'proof', () => `${enterprise}: ${found.join('; ')}`)
      return enterprise
    })
    const all = Promise.all(proofs)
    await world.runOne(() => undefined)
    await world.runUntil(world.now + 60_000)
    const proved = await Promise.race([all, Promise.resolve(undefined)])
    world.check(proved?.length === enterprises.length, 'proof', () => 'a proof never came')
    await world.runOne(() => undefined)
  }
}
