/** The form beside the registry's data and the version before: what agrees, differs, changed. */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import type { RegistryEntry } from '../platform/registry.ts'
import { Badge } from '../ui/badge.tsx'
import { Table } from '../ui/list.tsx'
import { Notice } from '../ui/notice.tsx'
import { registryForm } from './form-rules.ts'
import { formStrings } from './form-strings.ts'
import { FIELDS, REQUIRED, changedFields } from './rules.ts'
import type { Field, RegistrationForm, RegistrationVersion } from './rules.ts'
import { reviewStrings } from './review-strings.ts'
import { fieldText } from './views.tsx'

/** What the registry said: its entry, or why there is none. */
export type Registry =
  | { ok: true; value: RegistryEntry }
  | { ok: false; code: 'registry_unavailable' | 'not_in_registry' }

type CompareProps = {
  c: Ctx
  version: RegistrationVersion
  previous: RegistrationVersion | undefined
  registry: Registry
}

export function Compare({ c, version, previous, registry }: CompareProps) {
  const t = words(c, reviewStrings)
  const { fields } = words(c, formStrings)
  const theirs = registry.ok ? registryForm(registry.value) : undefined
  const shown = FIELDS.filter(
    (field) =>
      REQUIRED.includes(field) || version[field] || theirs?.[field] || (previous?.[field] ?? ''),
  )
  const columns = [t.field, t.typed, t.registry, ...(previous ? [t.previous(previous.number)] : [])]
  const rows = shown.map((field) => ({
    name: fields[field],
    cells: [
      <strong>{fields[field]}</strong>,
      <Value c={c} form={version} field={field} />,
      <Theirs c={c} field={field} version={version} theirs={theirs} />,
      ...(previous ? [<Before c={c} field={field} version={version} previous={previous} />] : []),
    ],
  }))
  return (
    <>
      <h2>{t.compare}</h2>
      <Findings {...{ c, version, previous, registry, theirs }} />
      <Table caption={t.compare} columns={columns.map((label) => ({ label }))} rows={rows} />
    </>
  )
}

type PairProps = { c: Ctx; field: Field; version: RegistrationVersion }

function Value({ c, form, field }: { c: Ctx; form: RegistrationForm; field: Field }) {
  const text = fieldText(form, field, c.var.lang)
  return text ? <span>{text}</span> : <span class="hint">{words(c, formStrings).empty}</span>
}

function Theirs(props: PairProps & { theirs: Partial<RegistrationForm> | undefined }) {
  const { c, field, version, theirs } = props
  const t = words(c, reviewStrings)
  const text = theirs?.[field]
  if (text === undefined) return <span class="hint">{theirs ? t.notAsked : t.nothing}</span>
  return (
    <>
      <Value c={c} form={{ ...version, ...theirs }} field={field} />{' '}
      {text === version[field] ? null : <Badge word={t.differs} tone="bad" />}
    </>
  )
}

function Before({ c, field, version, previous }: PairProps & { previous: RegistrationVersion }) {
  const t = words(c, reviewStrings)
  if (previous[field] === version[field]) return <span class="hint">{t.same}</span>
  return (
    <>
      <Value c={c} form={previous} field={field} /> <Badge word={t.changed} tone="info" />
    </>
  )
}

type FindingsProps = CompareProps & { theirs: Partial<RegistrationForm> | undefined }

/** What the table says in a sentence each, and what the registry says beside the fields. */
function Findings({ c, version, previous, registry, theirs }: FindingsProps) {
  const t = words(c, reviewStrings)
  const differing = Object.entries(theirs ?? {}).filter(
    ([field, text]) => version[field as Field] !== text,
  )
  return (
    <>
      {registry.ok ? null : (
        <Notice tone="warning">
          {registry.code === 'registry_unavailable' ? t.registryDown : t.registryMissing}
        </Notice>
      )}
      {registry.ok && !ALIVE.includes(registry.value.status) ? (
        <Notice tone="warning">{t.statusBad(registry.value.status)}</Notice>
      ) : null}
      {registry.ok || previous ? (
        <ul>
          {registry.ok ? <li>{t.status(registry.value.status)}</li> : null}
          {registry.ok ? <li>{t.differsCount(differing.length)}</li> : null}
          {previous ? (
            <li>{t.changedCount(changedFields(previous, version).length, previous.number)}</li>
          ) : null}
        </ul>
      ) : null}
    </>
  )
}

/** How the registry words an enterprise in good standing. */
const ALIVE: readonly string[] = ['存续', '在业', '开业', '正常']
