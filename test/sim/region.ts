/**
 * Budgets under audit at every commit anywhere: what all ledgers together have claimed, and what
 * the region has leased and spent by its own rows, stay within the budget.
 */
import type { Auditor } from './auditor.ts'
import type { Cast } from './cast.ts'
import type { Host } from './host.ts'
import type { Network } from './network.ts'
import type { World } from './world.ts'

export class RegionAudit {
  constructor(
    private readonly world: World,
    private readonly cast: Cast,
    private readonly auditor: Auditor,
  ) {}

  /** After a commit of a region's object: `budget:{region}:{year}`. */
  follow(host: Host): void {
    const [, county = '', year] = host.name.split(':')
    const budget = this.cast.budgets.get(county)
    this.world.check(budget !== undefined, 'I14', () => `${host.name} is called without a budget`)
    const used = usedIn(host)
    this.world.check(used <= (budget ?? 0), 'I14', () => {
      return `${host.name} has leased and spent ${used} of ${budget}`
    })
    this.followClaims(county, Number(year))
  }

  /** After a commit of a ledger that wrote to this book. */
  followClaims(county: string, year: number): void {
    const budget = this.cast.budgets.get(county)
    if (budget === undefined) return
    const claimed = this.claimedIn(county, year)
    this.world.check(claimed <= budget, 'I14', () => {
      return `${county} ${year}: ${claimed} are claimed together, the budget is ${budget}`
    })
  }

  /** At rest every lease is settled, and both sides agree to the fen. */
  atRest(network: Network): void {
    for (const [name, host] of network.hosts) {
      const [kind, county = '', year] = name.split(':')
      if (kind !== 'budget' || !host.storage.isMade()) continue
      const query = `SELECT id FROM leases WHERE state = 'leased'`
      const open = host.storage.database.all(query)
      this.world.check(open.length === 0, 'orphan lease', () => `${name}: ${JSON.stringify(open)}`)
      const used = usedIn(host)
      const claimed = this.claimedIn(county, Number(year))
      this.world.check(used === claimed, 'I14', () => `${name}: ${used}, the ledgers ${claimed}`)
    }
  }

  private claimedIn(county: string, year: number): number {
    const all = [...this.auditor.ledgers.values()]
    return all.reduce((sum, { twin }) => sum + twin.claimed(county, year), 0)
  }
}

function usedIn(host: Host): number {
  const query = `SELECT
    (SELECT coalesce(sum(amount_fen), 0) FROM leases WHERE state IN ('leased', 'spent'))
    + (SELECT coalesce(sum(fen), 0) FROM openings)
    - (SELECT coalesce(sum(freed_fen), 0) FROM returns) AS used`
  return Number(host.storage.database.all(query)[0]?.['used'])
}
