/** 「拨付」: what is approved and waits for its money, with accounts, one result a row (SPEC D5). */
import type { BureauActor } from '../kernel/actor.ts'
import { formatFen } from '../kernel/amount.ts'
import { minuteOf } from '../kernel/clock.ts'
import { bureauName } from '../ledger/strings.ts'
import type { Ctx } from '../platform/bindings.ts'
import { words } from '../platform/language.ts'
import { Money } from '../ui/badge.tsx'
import { Button, Buttons, Form, LinkButton, TextArea } from '../ui/form.tsx'
import { Empty, SummaryList, Table } from '../ui/list.tsx'
import type { TableRow } from '../ui/list.tsx'
import { Figure, Figures, Notice } from '../ui/notice.tsx'
import { Tabs } from './filter-view.tsx'
import type { BankAccount, Payment, PaymentState } from './payment-rules.ts'
import { PAYMENTS_MAX } from './payment-store.ts'
import { paymentStrings } from './payment-strings.ts'
import { PaymentBadge } from './row-view.tsx'

export const PAYMENTS = '/bureau/payments'
export const PAYMENT_STATES: readonly PaymentState[] = ['waiting', 'failed', 'paid']

type ListProps = {
  c: Ctx
  actor: BureauActor
  state: PaymentState
  payments: readonly Payment[]
  accounts: ReadonlyMap<string, BankAccount>
  /** Region → the bureau that pays there. */
  desks: ReadonlyMap<string, string>
}

export function PaymentList(props: ListProps) {
  const { c, state, payments } = props
  const t = words(c, paymentStrings)
  const sum_fen = payments.reduce((sum, payment) => sum + payment.paid_fen, 0)
  const without = payments.filter((payment) => !accountOf(props, payment)).length
  const { voucher, payee, amount, state: stands, action } = t.columns
  return (
    <>
      <StateLinks c={c} state={state} />
      {payments.length > 0 ? (
        <Figures>
          <Figure label={t.count} value={t.items(payments.length)} />
          <Figure label={t.sum} value={<Money fen={sum_fen} />} />
        </Figures>
      ) : null}
      {payments.length === PAYMENTS_MAX ? <Notice>{t.more(PAYMENTS_MAX)}</Notice> : null}
      {without > 0 && state !== 'paid' ? (
        <Notice tone="warning">{t.noAccountNote(without)}</Notice>
      ) : null}
      {payments.length > 0 ? (
        <p>
          <LinkButton href={`${PAYMENTS}/export?state=${state}`} tone="secondary">
            {t.exportCsv}
          </LinkButton>{' '}
          <LinkButton href={`${PAYMENTS}/export?state=${state}&format=xlsx`} tone="secondary">
            {t.exportXlsx}
          </LinkButton>
        </p>
      ) : null}
      <Table
        caption={t.title}
        columns={[
          { label: voucher },
          { label: payee },
          { label: amount, align: 'right' },
          { label: stands },
          { label: action },
        ]}
        rows={payments.map((payment) => rowOf(props, payment))}
        empty={
          <Empty title={t.empty[state]}>{state === 'waiting' ? <p>{t.emptyNext}</p> : null}</Empty>
        }
      />
    </>
  )
}

function StateLinks({ c, state }: { c: Ctx; state: PaymentState }) {
  const t = words(c, paymentStrings)
  const tabs = PAYMENT_STATES.map((one) => ({
    href: one === 'waiting' ? PAYMENTS : `${PAYMENTS}?state=${one}`,
    text: t.states[one],
    current: one === state,
  }))
  return <Tabs label={t.statesNav} tabs={tabs} />
}

/** Undefined where the payee never named one. */
export function accountOf(
  { accounts }: Pick<ListProps, 'accounts'>,
  payment: Payment,
): BankAccount | undefined {
  const account = accounts.get(payment.payee_id)
  return account?.bank_account ? account : undefined
}

function rowOf(props: ListProps, payment: Payment): TableRow {
  const { c } = props
  const t = words(c, paymentStrings)
  const account = accountOf(props, payment)
  return {
    name: `${payment.number} ${payment.payee_name}`,
    cells: [
      <>
        <a class="number" href={`/bureau/vouchers/${payment.enterprise}/${payment.voucher}`}>
          {payment.number}
        </a>
        <p class="hint">{t.approvedBy(payment.reviewed_by_name, minuteOf(payment.at))}</p>
      </>,
      <>
        {payment.payee_name}
        <p class="hint">{t.payees[payment.payee]}</p>
        {account ? (
          <p>
            <span class="number">{account.bank_account}</span> {account.bank}
          </p>
        ) : (
          <p class="hint">{t.noAccount}</p>
        )}
      </>,
      <Money fen={payment.paid_fen} strong />,
      <Stands c={c} payment={payment} />,
      <Settle {...props} payment={payment} />,
    ],
  }
}

function Stands({ c, payment }: { c: Ctx; payment: Payment }) {
  const t = words(c, paymentStrings)
  const { state, settled_at, settled_by_name, reason } = payment
  return (
    <>
      <PaymentBadge c={c} state={state} />
      {settled_at && settled_by_name ? (
        <p class="hint">{t.settledBy(settled_by_name, minuteOf(settled_at))}</p>
      ) : null}
      {reason ? <p class="hint">{t.because(reason)}</p> : null}
    </>
  )
}

export function paymentPath({ enterprise, redemption }: Payment): string {
  return `${PAYMENTS}/${enterprise}/${redemption}`
}

function Settle({ c, actor, desks, payment }: ListProps & { payment: Payment }) {
  const t = words(c, paymentStrings)
  if (payment.state === 'paid') return null
  const desk = desks.get(payment.region) ?? payment.region
  if (desk !== actor.region)
    return <span class="hint">{t.notYours(bureauName(c.var.lang, desk))}</span>
  if (!actor.staff.includes('finance')) return null
  if (payment.reviewed_by === actor.account) return <span class="hint">{t.ownReview}</span>
  return (
    <div class="row-actions">
      <Form c={c} action={paymentPath(payment)}>
        <Attempt payment={payment} />
        <Button name="result" value="paid">
          {t.markPaid}
        </Button>
      </Form>
      <a class="row-link number" href={`${paymentPath(payment)}/failure`}>
        {t.markFailed}
      </a>
    </div>
  )
}

function Attempt({ payment }: { payment: Payment }) {
  return <input type="hidden" name="attempt" value={String(payment.attempts + 1)} />
}

type FailureProps = { c: Ctx; payment: Payment; reason: string; error: string | undefined }

/** 「拨付失败」 asks for the reason on a page of its own. */
export function Failure({ c, payment, reason, error }: FailureProps) {
  const t = words(c, paymentStrings)
  const { voucher, payee, amount } = t.columns
  return (
    <>
      <p>{t.failLead}</p>
      <SummaryList
        rows={[
          { label: voucher, value: payment.number },
          { label: payee, value: payment.payee_name },
          { label: amount, value: formatFen(payment.paid_fen) },
        ]}
      />
      <Form c={c} action={paymentPath(payment)}>
        <Attempt payment={payment} />
        <TextArea
          name="reason"
          label={t.reason}
          value={reason}
          error={error}
          hint={t.reasonHint}
          rows={3}
          required
        />
        <Buttons>
          <Button name="result" value="failed">
            {t.submitFailed}
          </Button>
          <LinkButton href={PAYMENTS} tone="secondary">
            {t.back}
          </LinkButton>
        </Buttons>
      </Form>
    </>
  )
}
