/**
 * People at their pages: each attempt has a key, is sent through the product's own client, and
 * where no answer comes is sent again under the same key, or forgotten for good.
 */
import { post, readBook } from '../../src/ledger/client.ts'
import type { Envelope } from '../../src/ledger/client.ts'
import type { AnyActor } from '../../src/kernel/actor.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import type { Auditor } from './auditor.ts'
import { agentOf, anyone } from './cast.ts'
import type { Cast } from './cast.ts'
import { scheduler } from './globals.ts'
import { planTry } from './plan.ts'
import type { Try } from './plan.ts'
import type { World } from './world.ts'

/** One attempt, as somebody keeps it to send it again. */
type Kept = Try & { enterprise: string; key: string }

const KEPT_MAX = 30
const SKEW_MS = 1500

export class People {
  /** Attempts that nobody has an answer to yet. */
  open = 0
  acknowledged = 0
  private readonly silent = new Set<string>()
  private readonly kept: Kept[] = []
  private keys = 0

  constructor(
    private readonly world: World,
    private readonly cast: Cast,
    private readonly auditor: Auditor,
    private readonly env: Bindings,
  ) {}

  /** One step of a run: somebody tries something, anew or once more, or opens a page. */
  act(): void {
    const { random } = this.world
    const talking = this.cast.enterprises.filter((one) => !this.silent.has(one))
    if (talking.length === 0) return
    const enterprise = random.pick(talking)
    if (random.chance(0.06)) return void this.look(enterprise)
    if (random.chance(0.12)) return this.actAgain(enterprise)
    this.keys += 1
    const key = `${enterprise}:${this.keys}`
    const { twin } = this.auditor.ledgerOf(enterprise)
    const made = planTry(random, this.cast, twin, key, this.world.wall())
    if (!made) return
    const attempt = { ...made, enterprise, key }
    this.kept.push(attempt)
    if (this.kept.length > KEPT_MAX) this.kept.shift()
    this.start(attempt)
    // A double click, or two tabs: both under one key, on their way together.
    if (random.chance(0.08)) this.start(attempt)
  }

  /** An earlier attempt again: the same, or its key with another amount or person. */
  private actAgain(enterprise: string): void {
    const { random } = this.world
    const own = this.kept.filter((one) => one.enterprise === enterprise)
    if (own.length === 0) return
    const attempt = random.pick(own)
    const how = random.weigh({ same: 4, amount: 2, actor: 2, joined: 2 })
    if (how === 'same') return this.start(attempt)
    if (how === 'actor') return this.start({ ...attempt, actor: this.other(attempt.actor) })
    if (how === 'joined' && attempt.command.kind === 'claim') {
      this.keys += 1
      const key = `${enterprise}:${this.keys}`
      return this.start({ ...attempt, key, actor: agentOf(enterprise, 2) })
    }
    if (!('amount_fen' in attempt.command)) return
    const amount_fen = attempt.command.amount_fen + 1
    this.start({ ...attempt, command: { ...attempt.command, amount_fen } })
  }

  private other(actor: AnyActor): AnyActor {
    if (actor.role === 'enterprise') return agentOf(actor.enterprise, 2)
    return anyone(this.world.random, this.cast)
  }

  private start(attempt: Kept): void {
    this.open += 1
    this.world.count('attempts')
    this.perform(attempt)
      .catch((error: unknown) => {
        const { message, stack } = error as Error
        this.world.fail('thrown', `${attempt.key} ${attempt.command.kind}: ${message}\n${stack}`)
      })
      .finally(() => (this.open -= 1))
  }

  private async perform({ enterprise, key, actor, command }: Kept): Promise<void> {
    const { world } = this
    for (;;) {
      if (this.silent.has(enterprise)) return
      const skew_ms = world.random.chance(0.2) ? world.random.whole(-SKEW_MS, SKEW_MS) : 0
      const envelope: Envelope = { key, actor, at: world.wall() + skew_ms, command }
      const outcome = await post(this.env, enterprise, envelope)
      if (outcome.ok || outcome.code !== 'unavailable') {
        this.acknowledged += 1
        world.count(outcome.ok ? 'accepted' : `refused`)
        world.trace(`${key} ${command.kind} hears ${outcome.ok ? 'ok' : outcome.code}`)
        return this.auditor.acknowledge(enterprise, envelope, outcome)
      }
      world.count('answers that never came')
      if (!this.cast.chatty.has(enterprise)) return void this.silent.add(enterprise)
      await scheduler.wait(world.random.pick([100, 2000, 20_000, 90_000]))
    }
  }

  private async look(enterprise: string): Promise<void> {
    const { world } = this
    try {
      const region = world.random.pick(this.cast.counties)
      await readBook(this.env, enterprise, region, world.wall())
      world.count('pages read')
    } catch (error) {
      const { status, message } = error as { status?: number; message: string }
      world.check(status === 503, 'thrown', () => `a page: ${message}`)
      world.count('pages that answered 503')
    }
  }
}
