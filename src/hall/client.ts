/** The left menu of whoever acts, as far as there are pages (SPEC N1 to N3). */
import type { Actor, BureauActor, StaffRole } from '../kernel/actor.ts'
import { PROVINCE } from '../kernel/region.ts'
import type { Language } from '../kernel/text.ts'
import type { MenuGroup, MenuLink } from '../platform/bindings.ts'
import { menuStrings } from './menu-strings.ts'

type Words = (typeof menuStrings)['zh']

/** Nothing for a stranger or for somebody without a role. */
export function menuFor(actor: Actor | null, lang: Language): MenuGroup[] {
  const t = menuStrings[lang]
  if (actor?.role === 'enterprise') return enterpriseMenu(t)
  if (actor?.role === 'carrier') return carrierMenu(t)
  return actor?.role === 'bureau' ? bureauMenu(t, actor) : []
}

function enterpriseMenu(t: Words): MenuGroup[] {
  return [
    group(t.groups.claiming, [
      link(t.registration, '/enterprise/registration'),
      link(t.quota, '/enterprise/quota'),
    ]),
    group(t.groups.using, [
      link(t.bookings, '/enterprise/bookings'),
      link(t.use, '/enterprise/use'),
      link(t.vouchers, '/enterprise/vouchers'),
    ]),
    group(t.groups.redeeming, [link(t.redemptions, '/enterprise/redemptions')]),
    group(t.groups.evaluating, [link(t.records, '/enterprise/evaluations')]),
  ]
}

function carrierMenu(t: Words): MenuGroup[] {
  return [
    group(null, [
      link(t.desk, '/carrier/desk'),
      link(t.booked, '/carrier/bookings'),
      link(t.offers, '/carrier/services', ['/carrier/imports']),
      link(t.redemptions, '/carrier/redemptions'),
      link(t.evaluations, '/carrier/evaluations'),
    ]),
  ]
}

/** Everybody of a bureau sees what waits and looks vouchers up; deciding and paying are duties. */
function bureauMenu(t: Words, { staff, region }: BureauActor): MenuGroup[] {
  const entries: readonly (readonly [MenuLink, readonly StaffRole[] | null])[] = [
    [link(t.todo, '/bureau'), null],
    [link(t.reviewRegistrations, '/bureau/registrations'), ['review']],
    [link(t.reviewRedemptions, '/bureau/redemptions'), ['review']],
    [link(t.payments, '/bureau/payments'), ['finance']],
    [link(t.budget, '/bureau/budget'), ['policy', 'finance', 'admin']],
    [link(t.lookUp, '/bureau/vouchers'), null],
    [link(t.carriers, '/bureau/carriers', ['/bureau/imports']), ['review', 'audit', 'admin']],
    [link(t.policy, '/bureau/policy'), ['policy', 'audit', 'admin']],
    [
      link(t.reconciliations, '/bureau/reconciliations'),
      region === PROVINCE ? ['audit', 'admin'] : [],
    ],
  ]
  const mine = entries.filter(
    ([, duties]) => !duties || duties.some((duty) => staff.includes(duty)),
  )
  return [
    group(
      null,
      mine.map(([entry]) => entry),
    ),
  ]
}

function group(label: string | null, links: readonly MenuLink[]): MenuGroup {
  return { label, links }
}

function link(label: string, href: string, below: readonly string[] = []): MenuLink {
  return { label, href, below }
}
