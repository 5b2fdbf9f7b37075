/** Suspending a carrier: what it does, and the reason. */
import type { Carrier } from '../catalogue/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Button, Buttons, Form, LinkButton, TextArea } from '../ui/form.tsx'
import { Consequence } from '../ui/notice.tsx'
import { strings } from './suspension-strings.ts'

type Props = {
  c: Ctx
  carrier: Carrier
  /** Bookings that would be cancelled. */
  open: number
  reason: string | undefined
  error: string | undefined
}

export function SuspensionForm({ c, carrier, open, reason, error }: Props) {
  const t = words(c, strings)
  return (
    <>
      <p>{t.lead}</p>
      <Form c={c} action={`/bureau/carriers/${carrier.id}/suspension`} label={t.title}>
        <TextArea
          name="reason"
          label={t.reason}
          value={reason}
          hint={t.reason_hint}
          error={error}
          required
        />
        <Consequence
          title={t.effect}
          rows={[
            { label: t.carrier, value: carrier.name },
            { label: t.open, value: t.open_effect(open) },
          ]}
        />
        <Buttons>
          <Button tone="warning">{t.submit}</Button>
          <LinkButton href={`/bureau/carriers/${carrier.id}`} tone="secondary">
            {t.back}
          </LinkButton>
        </Buttons>
      </Form>
    </>
  )
}
