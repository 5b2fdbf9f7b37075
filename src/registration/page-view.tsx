/** The whole page of 实名注册: the form while it is open, else where it stands, and the history. */
import type { Child } from 'hono/jsx'
import { minuteOf } from '../kernel/clock.ts'
import { newId } from '../kernel/id.ts'
import { LiveBlock } from '../live/page.tsx'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import { ErrorSummary } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Crumbs, Notice } from '../ui/notice.tsx'
import { formStrings } from './form-strings.ts'
import { FormView } from './form-view.tsx'
import { baseOf } from './rules.ts'
import type { RegistrationForm, RegistrationVersion, Shown } from './rules.ts'
import { Data, PATH, Standing, Verdict } from './status-view.tsx'
import { strings } from './strings.ts'
import { History, TitleRow } from './views.tsx'

type FormPageProps = {
  c: Ctx
  shown: Shown
  form: RegistrationForm
  errors?: Errors
  children?: Child
}

export function FormPage({ c, shown, form, errors = {}, children }: FormPageProps) {
  const t = words(c, strings)
  const { registration, versions, names } = shown
  const change = registration.approved !== null
  const { latest } = registration
  const version = latest?.state === 'draft' ? latest.id : newId()
  const decided = versions.find((one) => one.state !== 'draft')
  const broken = Object.keys(errors).length > 0
  return (
    <Layout c={c} title={change ? t.changeTitle : t.title} error={broken} script={['registration']}>
      {change ? <Crumbs items={[{ label: t.title, href: PATH }]} /> : null}
      <ErrorSummary c={c} errors={errors} labels={words(c, formStrings).fields} />
      <TitleRow c={c} title={change ? t.changeTitle : t.title} state={latest?.state ?? 'none'} />
      {broken ? null : children}
      {decided && decided.state !== 'approved' ? (
        <Verdict c={c} version={decided} names={names} />
      ) : null}
      <p>{change ? t.changeLead : t.lead}</p>
      <FormView {...{ c, version, form, errors, change }} base={baseOf(versions)} />
      <History c={c} versions={versions} names={names} href={versionPath} />
    </Layout>
  )
}

/** What was just done to the draft, or how far it is. */
export function DraftNotice({ c, shown }: { c: Ctx; shown: Shown }) {
  const t = words(c, strings)
  const { latest } = shown.registration
  if (!latest) return <Notice>{t.prefilled}</Notice>
  if (latest.state !== 'draft') return null
  const note = t.savedNote(minuteOf(latest.saved_at), latest.saved_by.name)
  if (c.req.query('saved')) return <Notice tone="good" title={t.saved} children={note} />
  if (c.req.query('adopted')) return <Notice tone="good" title={t.adopted} children={note} />
  return <Notice>{note}</Notice>
}

type StatusPageProps = { c: Ctx; shown: Shown; cursor: number; children?: Child }

export function StatusPage({ c, shown, cursor, children }: StatusPageProps) {
  const t = words(c, strings)
  return (
    <Layout c={c} title={t.title} script={['live']}>
      {children}
      <LiveBlock topic="registration" get={`${PATH}/status`} cursor={cursor} said={t.liveChanged}>
        <Status c={c} shown={shown} />
      </LiveBlock>
    </Layout>
  )
}

/** What a hint fetches anew: state, data and history. */
export function Status({ c, shown }: { c: Ctx; shown: Shown }) {
  return (
    <>
      <Standing c={c} shown={shown} />
      <Data c={c} shown={shown} />
      <History c={c} versions={shown.versions} names={shown.names} href={versionPath} />
    </>
  )
}

/** Why a post was not taken: somebody submitted or decided in the meantime. */
export function NotTaken({ c, latest }: { c: Ctx; latest: RegistrationVersion }) {
  const t = words(c, strings).refusals.not_in_state
  const text =
    latest.state === 'waiting'
      ? t.waiting(minuteOf(latest.submitted_at ?? 0), latest.submitted_by?.name ?? '')
      : t.other(words(c, strings).states[latest.state])
  return <Notice tone="warning" title={text} />
}

function versionPath(version: RegistrationVersion): string {
  return `${PATH}/versions/${version.id}`
}
