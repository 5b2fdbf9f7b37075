/** 「自动更新企业信息」: what the registry would change in the draft, before it does (SPEC G1). */
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Button, Buttons, Form, LinkButton } from '../ui/form.tsx'
import { Empty, Table } from '../ui/list.tsx'
import { Notice } from '../ui/notice.tsx'
import type { Difference } from './form-rules.ts'
import { formStrings } from './form-strings.ts'
import type { Field, RegistrationForm } from './rules.ts'
import { strings } from './strings.ts'
import { fieldText } from './views.tsx'

type DifferencesProps = { c: Ctx; action: string; back: string; found: readonly Difference[] }

export function Differences({ c, action, back, found }: DifferencesProps) {
  const t = words(c, strings)
  const f = words(c, formStrings)
  if (found.length === 0) {
    return (
      <Empty title={t.registrySame}>
        <p>{t.registrySameNote}</p>
        <LinkButton href={back}>{t.back}</LinkButton>
      </Empty>
    )
  }
  return (
    <>
      <p>{t.registryLead}</p>
      <Table
        caption={t.registryCaption}
        columns={[{ label: t.field }, { label: t.now }, { label: t.registry }]}
        rows={found.map(({ field, now, registry }) => ({
          name: f.fields[field],
          cells: [
            f.fields[field],
            shown(c, field, now) || <span class="hint">{f.empty}</span>,
            <strong>{shown(c, field, registry)}</strong>,
          ],
        }))}
      />
      <Form c={c} action={action}>
        {found.map(({ field, registry }) => (
          <input type="hidden" name={field} value={registry} />
        ))}
        <Buttons>
          <Button>{t.adopt}</Button>
          <LinkButton href={back} tone="secondary">
            {t.back}
          </LinkButton>
        </Buttons>
      </Form>
    </>
  )
}

function shown(c: Ctx, field: Field, text: string): string {
  return fieldText({ [field]: text } as RegistrationForm, field, c.var.lang)
}

type NoEntryProps = { c: Ctx; down: boolean; uscc: string; back: string }

/** The registry is out of reach, or does not know the unit; what was typed is kept. */
export function NoEntry({ c, down, uscc, back }: NoEntryProps) {
  const t = words(c, strings)
  return (
    <>
      <Notice tone="warning" title={down ? t.registryDown : t.registryMissing}>
        <p>{down ? t.registryDownNote : t.registryMissingNote(uscc)}</p>
      </Notice>
      <Buttons>
        <LinkButton href={back}>{t.back}</LinkButton>
        {down ? (
          <LinkButton href={c.req.path} tone="secondary">
            {t.retry}
          </LinkButton>
        ) : null}
      </Buttons>
    </>
  )
}
