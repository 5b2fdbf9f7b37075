/** The confirmation after 「提交申请」: the number, and what happens next, by whom and until when. */
import { formatFen } from '../kernel/amount.ts'
import { minuteOf } from '../kernel/clock.ts'
import { words } from '../platform/language.ts'
import { LinkButton } from '../ui/form.tsx'
import { Layout } from '../ui/layout.tsx'
import { Notice, Panel } from '../ui/notice.tsx'
import { useFormOf } from './client.ts'
import type { Own } from './own-view.tsx'
import { strings } from './use-strings.ts'

export function Made({ c, voucher, carrier, again }: Own & { again: boolean }) {
  const t = words(c, strings)
  const { carrier_name, confirm_by } = useFormOf(voucher)
  return (
    <Layout c={c} title={t.made}>
      {again ? (
        <Notice>
          <p>{t.madeBefore}</p>
        </Notice>
      ) : null}
      <Panel title={t.made} reference={voucher.number}>
        <p>{formatFen(voucher.amount_fen)}</p>
      </Panel>
      <h2 class="govuk-heading-m">{t.madeNext}</h2>
      <ol class="govuk-list govuk-list--number">
        <li>
          {t.madeConfirm(carrier_name)}{' '}
          {carrier ? t.madeContact(carrier.contact, carrier.phone) : ''}{' '}
          {confirm_by ? t.madeBy(minuteOf(confirm_by)) : ''}
        </li>
        <li>{voucher.payee === 'enterprise' ? t.madeLater : t.madeLaterCarrier}</li>
        <li>{t.madeWrong}</li>
      </ol>
      <div class="govuk-button-group">
        <LinkButton href={`/enterprise/vouchers/${voucher.id}`}>{t.view}</LinkButton>
        <LinkButton href="/enterprise/use" tone="secondary">
          {t.another}
        </LinkButton>
      </div>
    </Layout>
  )
}
