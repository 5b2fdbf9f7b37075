/** The parts of 「用户面板」. */
import type { Account } from '../kernel/actor.ts'
import { regionName } from '../kernel/region.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { LinkButton } from '../ui/form.tsx'
import { SummaryList } from '../ui/list.tsx'
import type { SummaryRow } from '../ui/list.tsx'
import { Notice } from '../ui/notice.tsx'
import { WORKPLACES } from './home-view.tsx'
import { ITEMS, maskedPhone } from './item-rules.ts'
import { guides } from './item-strings.ts'
import { strings } from './strings.ts'

export function Person({ c, account }: { c: Ctx; account: Account }) {
  const t = words(c, strings)
  const { actor } = c.var
  const legal = account.kind === 'legal'
  const rows: (SummaryRow | null)[] = [
    account.unit ? { label: t.unit, value: account.unit } : null,
    account.uscc ? { label: t.uscc, value: account.uscc } : null,
    { label: legal ? t.agent : t.staffName, value: account.name },
    account.phone ? { label: t.phone, value: maskedPhone(account.phone) } : null,
    { label: t.role, value: actor ? t.roles[actor.role] : t.noRole },
    ...(actor?.role === 'bureau'
      ? [
          { label: t.region, value: regionName(actor.region, c.var.lang) },
          {
            label: t.duties,
            value: actor.staff
              .map((duty) => t.staffRoles[duty])
              .join(c.var.lang === 'zh' ? '、' : ', '),
          },
        ]
      : []),
  ]
  return <SummaryList rows={rows.filter((row) => row !== null)} />
}

/** 「申报维护」: both services, each with the way in. */
export function Declarations({ c }: { c: Ctx }) {
  const t = words(c, strings)
  return (
    <section aria-labelledby="declarations">
      <h2 id="declarations">{t.declarations}</h2>
      {ITEMS.map((item) => {
        const guide = guides[c.var.lang][item]
        return (
          <article class="item" aria-label={guide.name}>
            <div>
              <h3>{guide.name}</h3>
              <p>{guide.summary}</p>
            </div>
            <LinkButton href="/enterprise">{t.online}</LinkButton>
          </article>
        )
      })}
    </section>
  )
}

export function Desk({ c, role }: { c: Ctx; role: 'carrier' | 'bureau' }) {
  const t = words(c, strings)
  const name = role === 'carrier' ? t.carrierDesk : t.bureauDesk
  return (
    <article class="item" aria-label={name}>
      <div>
        <h2>{name}</h2>
        <p>{role === 'carrier' ? t.carrierDeskText : t.bureauDeskText}</p>
      </div>
      <LinkButton href={WORKPLACES[role]}>{t.openDesk}</LinkButton>
    </article>
  )
}

export function NotAdmitted({ c, account }: { c: Ctx; account: Account }) {
  const t = words(c, strings)
  return (
    <Notice tone="warning" title={t.notAdmittedTitle}>
      <p>
        {t.notAdmittedText}
        <strong>{account.id}</strong>
      </p>
    </Notice>
  )
}
