/** What a form sends, what its labels say and how its messages are tied to its fields. */
import { describe, expect, test } from 'vitest'
import {
  AmountField,
  Button,
  CheckField,
  DateField,
  ErrorSummary,
  FileField,
  Form,
  LinkButton,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '../../src/ui/form.tsx'
import { find, render, texts } from './render.tsx'

describe('the frame of a form', () => {
  test('carries the session token and the key made at render, escaped', async () => {
    const html = await render((c) => (
      <Form c={c} action="/enterprise/quota/claims" once="key-1">
        <Button>提交申领</Button>
      </Form>
    ))
    const hidden = await find(html, 'input[type=hidden]')
    expect(hidden.map((one) => one['name'])).toEqual(['csrf', 'key'])
    expect(html).toContain('value="a&quot;token"')
    expect(hidden[1]?.['value']).toBe('key-1')
    expect(await texts(html, 'button[type=submit]')).toEqual(['提交申领'])
  })

  test('sends one request at a time and cuts #main out of the answer', async () => {
    const html = await render((c) => <Form c={c} action="/x" />)
    const [form] = await find(html, 'form')
    expect(form).toMatchObject({
      method: 'post',
      'hx-boost': 'true',
      'hx-target': '#main',
      'hx-select': '#main',
      'hx-sync': 'this:drop',
      'hx-disable': 'findAll button',
    })
    expect(form).toHaveProperty('novalidate')
  })

  test('is plain where it must leave the page, and sends no token by GET', async () => {
    const html = await render((c) => <Form c={c} action="/x" method="get" live={false} />)
    const [form] = await find(html, 'form')
    expect(form).not.toHaveProperty('hx-boost')
    expect(await find(html, 'input')).toEqual([])
  })

  test('takes files where it says so', async () => {
    const html = await render((c) => <Form c={c} action="/x" multipart />)
    expect((await find(html, 'form'))[0]?.['enctype']).toBe('multipart/form-data')
  })
})

describe('labels', () => {
  test('are exactly the words of the contract; 必填, unit and hint stand outside', async () => {
    const html = await render(() => (
      <>
        <TextField name="name" label="企业名称" required hint="与营业执照一致" />
        <AmountField name="amount" label="申领金额" required hint="最多 ￥200,000.00" />
        <DateField name="signed" label="合同签订时间" required />
        <SelectField
          name="county"
          label="县区"
          required
          options={[{ value: '1', text: '西湖区' }]}
        />
        <TextArea name="reason" label="理由" required />
        <FileField name="invoice" label="发票" multiple />
        <CheckField name="promise" label="承诺条款" hint="本单位承诺" />
      </>
    ))
    expect(await texts(html, 'label')).toEqual([
      '企业名称',
      '申领金额',
      '合同签订时间',
      '县区',
      '理由',
      '发票',
      '承诺条款',
    ])
    const fields = await find(html, 'input, select, textarea')
    const labels = await find(html, 'label')
    expect(labels.map((one) => one['for'])).toEqual(fields.map((one) => one['id']))
    expect(fields[0]?.['aria-describedby']).toBe('field-name-hint')
    expect(fields[1]).toMatchObject({ inputmode: 'decimal', id: 'field-amount' })
  })

  test('a group of options is named by its legend; errors lead to the first option', async () => {
    const html = await render(() => (
      <RadioField
        name="payee"
        label="兑付方"
        value="enterprise"
        error="请选择兑付方"
        options={[
          { value: 'carrier', text: '载体' },
          { value: 'enterprise', text: '企业' },
        ]}
      />
    ))
    expect(await texts(html, 'legend')).toEqual(['兑付方'])
    expect(await texts(html, 'label')).toEqual(['载体', '企业'])
    const [first, second] = await find(html, 'input')
    expect(first?.['id']).toBe('field-payee')
    expect(first).not.toHaveProperty('checked')
    expect(second).toHaveProperty('checked')
    expect((await find(html, 'fieldset'))[0]?.['aria-describedby']).toBe('field-payee-error')
  })

  test('speak the language of the page around them', async () => {
    const html = await render(
      (c) => (
        <Form c={c} action="/x">
          <TextField name="a" label="Unit" required error="Enter it" />
        </Form>
      ),
      { lang: 'en' },
    )
    expect(await texts(html, '.field-required')).toEqual(['required'])
    expect(await texts(html, '.govuk-error-message .hidden')).toEqual(['Error: '])
  })
})

describe('errors', () => {
  test('are tied to the field and keep what was typed', async () => {
    const html = await render(() => (
      <AmountField
        name="amount"
        label="申领金额"
        hint="最多 ￥200,000.00"
        value={'200000.01"><b>'}
        error="申领金额不能超过 ￥200,000.00"
      />
    ))
    const [input] = await find(html, 'input')
    expect(input).toMatchObject({
      'aria-invalid': 'true',
      'aria-describedby': 'field-amount-hint field-amount-error',
    })
    expect(html).toContain('value="200000.01&quot;&gt;&lt;b&gt;"')
    expect(await texts(html, '#field-amount-error')).toEqual([
      '错误：申领金额不能超过 ￥200,000.00',
    ])
  })

  test('a field without a message claims none', async () => {
    const [input] = await find(await render(() => <TextField name="a" label="甲" />), 'input')
    expect(input).not.toHaveProperty('aria-invalid')
    expect(input).not.toHaveProperty('aria-describedby')
  })

  test('the summary takes the focus, follows the page and links to each field', async () => {
    const errors = { form: '额度刚刚变了', amount: '请填写金额', name: '请填写名称' }
    const html = await render((c) => (
      <ErrorSummary c={c} errors={errors} labels={{ name: '企业名称', amount: '申领金额' }} />
    ))
    const [summary] = await find(html, '.govuk-error-summary')
    expect(summary).toMatchObject({ tabindex: '-1', 'aria-labelledby': 'error-summary-title' })
    expect(summary).toHaveProperty('autofocus')
    expect(await texts(html, 'h2')).toEqual(['填写内容有问题'])
    expect(await texts(html, 'li')).toEqual(['请填写名称', '请填写金额', '额度刚刚变了'])
    const links = await find(html, 'a')
    expect(links.map((one) => one['href'])).toEqual(['#field-name', '#field-amount'])
  })

  test('without errors there is no summary', async () => {
    expect(await render((c) => <ErrorSummary c={c} errors={{}} />)).toBe('')
  })
})

test('files on record are listed outside the label, and their names are escaped', async () => {
  const files = [{ name: '<发票>.pdf', href: '/f/1', size: 1_400_000 }]
  const html = await render(() => <FileField name="invoice" label="发票" required files={files} />)
  expect(html).toContain('&lt;发票&gt;.pdf')
  expect(html).toContain('1.4 MB')
  expect((await find(html, 'input'))[0]).not.toHaveProperty('required')
})

test('a link that opens a window keeps its exact name', async () => {
  const html = await render(() => (
    <LinkButton href="/enterprise/quota/service" target="_blank">
      前往政务网
    </LinkButton>
  ))
  expect(await texts(html, 'a')).toEqual(['前往政务网'])
  expect((await find(html, 'a'))[0]).toMatchObject({ target: '_blank', rel: 'noopener' })
})
