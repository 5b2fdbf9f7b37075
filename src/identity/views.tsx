/** The pages of the doors: a sign-in that did not succeed, and staff whom nobody has listed. */
import type { Account } from '../kernel/actor.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import type { SignInRefusal } from '../platform/oidc.ts'
import { Buttons, LinkButton } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { strings } from './strings.ts'

export type Failure = SignInRefusal | 'expired'

/** `again` is the address that starts over and keeps the page first asked for. */
export function FailurePage({ c, why, again }: { c: Ctx; why: Failure; again: string }) {
  const t = words(c, strings)
  const { title, text, steps } = t[why]
  return (
    <Layout c={c} title={title} error={why !== 'cancelled'}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body-l">{text}</p>
      <NextSteps title={t.next} steps={steps} />
      <Buttons>
        <LinkButton href={again}>{t.again}</LinkButton>
        <LinkButton href="/" tone="secondary">
          {t.home}
        </LinkButton>
      </Buttons>
    </Layout>
  )
}

export function UnlistedPage({ c, account }: { c: Ctx; account: Account }) {
  const t = words(c, strings)
  const { title, text, steps } = t.unlisted
  return (
    <Layout c={c} title={title}>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body-l">{text(account.name, account.id)}</p>
      <NextSteps title={t.next} steps={steps} />
    </Layout>
  )
}

function NextSteps({ title, steps }: { title: string; steps: readonly string[] }) {
  return (
    <section>
      <h2 class="govuk-heading-m">{title}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {steps.map((step) => (
          <li>{step}</li>
        ))}
      </ul>
    </section>
  )
}
