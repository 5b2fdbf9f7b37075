/** 创新券使用登记表 as a form, with the summary of what submitting does, and the papers so far. */
import { categoryWord } from '../catalogue/client.ts'
import { isCategory } from '../catalogue/rules.ts'
import type { Ctx } from '../platform/bindings.ts'
import type { Errors } from '../platform/form.ts'
import { words } from '../platform/language.ts'
import {
  AmountField,
  Button,
  Buttons,
  CheckField,
  DateField,
  ErrorSummary,
  Form,
  RadioField,
  SelectField,
  TextField,
} from '../ui/form.tsx'
import type { UseGround } from './ground.ts'
import { contractDays } from './contract-rules.ts'
import { DRAFTS, PapersPart, Part } from './paper-view.tsx'
import { strings as terms } from './strings.ts'
import { MostHint, UseSummary } from './summary-view.tsx'
import { USE_FIELDS, payeeOf } from './use-rules.ts'
import type { Typed } from './use-rules.ts'
import { strings } from './use-strings.ts'

export type UseProps = { c: Ctx; id: string; typed: Typed; ground: UseGround; errors: Errors }

/** The form. `id` is the draft's, which becomes the voucher's. */
export function UseForm({ c, id, typed, ground, errors }: UseProps) {
  const t = words(c, strings)
  const part = { c, id, typed, ground, errors }
  return (
    <>
      <h2 class="govuk-heading-m">{t.form}</h2>
      <p>{t.lead}</p>
      <ErrorSummary
        c={c}
        errors={errors}
        labels={Object.fromEntries(USE_FIELDS.map((name) => [name, name]))}
      />
      <Form c={c} action="/enterprise/use" once={id} multipart id="use-form" label={t.form}>
        {/* Enter in a field keeps the form; only its own button commits money. */}
        <button type="submit" hidden formaction={DRAFTS} />
        <ServicePart {...part} />
        <ContractPart {...part} />
        <AmountPart {...part} />
        <PapersPart {...part} />
        <CommitmentPart {...part} />
      </Form>
    </>
  )
}

function ServicePart({ c, typed, ground, errors }: UseProps) {
  const [t, w] = [words(c, strings), words(c, terms)]
  const { booking, carrier, service, policy } = ground
  const hint = booking ? t.fromBooking : t.pickHint
  const options = policy.categories.map((category) => ({
    value: category,
    text: isCategory(category) ? categoryWord(category, c.var.lang) : category,
  }))
  return (
    <Part title={t.sections.service}>
      <input type="hidden" name="booking" value={booking?.id ?? ''} />
      <input type="hidden" name="carrier" value={carrier?.id ?? ''} />
      <input type="hidden" name="service" value={service?.id ?? ''} />
      <div class="field-with-button">
        <TextField
          name="carrier_name"
          id="carrier"
          label={w.carrier}
          value={carrier?.name}
          error={errors['carrier']}
          hint={hint}
          required
          readonly
        />
        {booking?.carrier && (booking.service || booking.instrument) ? null : (
          <Button tone="secondary" formaction={`${DRAFTS}?next=carriers`}>
            {t.pick}
          </Button>
        )}
      </div>
      <TextField
        name="service_name"
        id="service"
        label={w.service}
        value={service?.name}
        error={errors['service']}
        required
        readonly
      />
      <SelectField
        name="category"
        label={w.category}
        value={typed['category'] ?? service?.category}
        error={errors['category']}
        hint={t.categoryHint}
        options={options}
        required
      />
    </Part>
  )
}

function ContractPart({ c, typed, ground, errors }: UseProps) {
  const [t, w] = [words(c, strings), words(c, terms)]
  const { from, until } = contractDays(ground.policy)
  const { today } = ground.facts
  const field = (name: 'contract_name' | 'contract_number') => (
    <TextField
      name={name}
      label={w[name]}
      value={typed[name]}
      error={errors[name]}
      autocomplete="off"
      required
    />
  )
  const day = (name: 'contract_day' | 'starts_day' | 'ends_day', hint?: string) => (
    <DateField
      name={name}
      label={w[name]}
      value={typed[name]}
      error={errors[name]}
      hint={hint}
      required
    />
  )
  return (
    <Part title={t.sections.contract}>
      {field('contract_name')}
      {field('contract_number')}
      <AmountField
        name="contract_amount"
        label={w.contract_amount}
        value={typed['contract_amount']}
        error={errors['contract_amount']}
        required
      />
      {day('contract_day', t.contractHint(from, until < today ? until : today))}
      <div class="field-row">
        {day('starts_day')}
        {day('ends_day')}
      </div>
    </Part>
  )
}

function AmountPart({ c, typed, ground, errors }: UseProps) {
  const [t, w] = [words(c, strings), words(c, terms)]
  const { payees } = ground.policy
  const only = payees.length === 1 ? payees[0] : undefined
  return (
    <Part title={t.sections.amount}>
      <AmountField
        name="amount"
        label={w.use_amount}
        value={typed['amount']}
        error={errors['amount']}
        hint={<MostHint c={c} typed={typed} ground={ground} />}
        required
      />
      <TextField
        name="contact"
        label={w.contact}
        value={typed['contact'] ?? ground.booking?.contact ?? ground.registration?.agent}
        error={errors['contact']}
        width={20}
        autocomplete="name"
        required
      />
      <RadioField
        name="payee"
        label={w.payee}
        value={payeeOf(typed, ground.policy)}
        error={errors['payee']}
        hint={only ? t.payeeFixed(w.payees[only]) : undefined}
        options={payees.map((payee) => ({
          value: payee,
          text: w.payees[payee],
          hint: t.payeeHints[payee],
        }))}
        required
      />
    </Part>
  )
}

function CommitmentPart({ c, typed, ground, errors }: UseProps) {
  const [t, w] = [words(c, strings), words(c, terms)]
  const { text } = ground.policy.commitment
  return (
    <Part title={t.sections.commitment}>
      <CheckField
        name="commitment"
        label={w.commitment}
        checked={Boolean(typed['commitment'])}
        error={errors['commitment']}
        hint={text || t.noCommitment}
        required
      />
      <UseSummary c={c} typed={typed} ground={ground} />
      <Buttons>
        <Button>{t.submit}</Button>
        <Button tone="secondary" formaction={DRAFTS}>
          {t.save}
        </Button>
      </Buttons>
    </Part>
  )
}
