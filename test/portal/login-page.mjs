/** The login page: three ways in, as links that work without JavaScript. */
import { PASSWORD } from './accounts.mjs'
import { html, trusted } from './html.mjs'
import { frame } from './pages.mjs'
import { WORDS } from './words.mjs'

/**
 * @typedef {object} LoginView
 * @property {'zh' | 'en'} lang
 * @property {string} base address of this login, /login/{uid}
 * @property {'legal' | 'staff'} kind who may come in here
 * @property {'password' | 'sms' | 'licence'} way
 * @property {string} [account] as typed
 * @property {string} [phone] as typed
 * @property {string} [sentTo] the phone that a code was sent to
 * @property {{ svg: string, href: string }} [qr]
 * @property {string} [error] a key of the error words
 * @property {string} [field] the field the error stands at
 * @property {{ name: string, place: string }} [other] who is signed in and may not come in here
 * @property {readonly import('./accounts.mjs').PortalAccount[]} accounts
 */

const FORMS = { password: passwordForm, sms: smsForms, licence: licenceForm }

/** @param {LoginView} view */
export function loginPage(view) {
  const { lang, base, kind, other, error, qr } = view
  const t = WORDS[lang]
  const title = kind === 'legal' ? t.legalTitle : t.staffTitle
  const cancel = html`<form method="post" action="${base}/cancel" class="cancel">
    <button class="plain">${t.cancel}</button>
  </form>`
  const warning =
    other && html`<p class="warning" role="alert">${t.wrongKind(other.name, other.place)}</p>`
  return frame(
    lang,
    { title, error: Boolean(error), narrow: true, head: qr && poll(view) },
    html`<div class="card">
        <h1>${title}</h1>
        <p class="hint">${t.goesOn}</p>
        ${warning}${ways(view)}${FORMS[view.way](view)}${cancel}
      </div>
      ${demoUsers(view)}`,
  )
}

/** @param {LoginView} view staff have no licence, and no phone is known of them */
function ways({ lang, base, kind, way }) {
  const t = WORDS[lang]
  const all = [
    ['password', t.password, base],
    ['sms', t.sms, `${base}/sms`],
    ['licence', t.licence, `${base}/licence`],
  ]
  const items = kind === 'staff' ? all.slice(0, 1) : all
  const link = ([name, label, href]) => {
    const current = name === way && trusted(' aria-current="page"')
    return html`<li><a href="${href}" ${current}>${label}</a></li>`
  }
  return html`<nav aria-label="${t.ways}">
    <ul class="ways">
      ${items.map(link)}
    </ul>
  </nav>`
}

/** @param {LoginView} view */
function passwordForm(view) {
  const { lang, base, kind, account, field: wrong } = view
  const t = WORDS[lang]
  const known = Boolean(account) && wrong !== 'account'
  return html`<form method="post" action="${base}" novalidate class="stack">
    ${field(view, 'account', {
      label: t.account,
      value: account,
      hint: kind === 'legal' && t.accountHint,
      autocomplete: 'username',
      focus: !known,
    })}
    ${field(view, 'password', {
      label: t.secret,
      type: 'password',
      autocomplete: 'current-password',
      focus: known,
    })}
    <button>${t.signIn}</button>
  </form>`
}

/** @param {LoginView} view two forms, so that the Enter key does what the field calls for */
function smsForms(view) {
  const { lang, base, phone, sentTo } = view
  const t = WORDS[lang]
  const ask = html`<form method="post" action="${base}/sms/code" novalidate class="stack">
    ${field(view, 'phone', {
      label: t.phone,
      value: phone ?? sentTo,
      type: 'tel',
      autocomplete: 'tel',
      focus: !sentTo,
    })}
    <button class="${sentTo ? 'quiet' : ''}">${t.getCode}</button>
  </form>`
  if (!sentTo) return ask
  return html`${ask}
    <p class="sent" role="status">
      ${t.codeSent(sentTo)}
      <a href="/sms" target="_blank" rel="noopener">${t.readInbox}</a>
      <span class="hint">${t.newWindow}</span>
    </p>
    <form method="post" action="${base}/sms" novalidate class="stack">
      ${field(view, 'code', {
        label: t.code,
        inputmode: 'numeric',
        autocomplete: 'one-time-code',
        focus: true,
        short: true,
      })}
      <button>${t.signIn}</button>
    </form>`
}

/** @param {LoginView} view */
function licenceForm(view) {
  const { lang, base, qr, account } = view
  const t = WORDS[lang]
  const ask = html`<form method="post" action="${base}/licence" novalidate class="stack">
    ${field(view, 'account', {
      label: t.account,
      value: account,
      hint: t.accountHint,
      focus: !qr,
    })}
    <button class="${qr ? 'quiet' : ''}">${t.makeQr}</button>
  </form>`
  if (!qr) return ask
  return html`<div class="scan">
      ${trusted(qr.svg)}
      <p>${t.scanHint}</p>
      <p>
        <a href="${qr.href}" target="_blank" rel="noopener">${t.onPhone}</a>
        <span class="hint">${t.newWindow}</span>
      </p>
      ${message(view, 'proceed')}
      <form method="post" action="${base}/licence/continue"><button>${t.proceed}</button></form>
    </div>
    <details>
      <summary>${t.otherAccount(account)}</summary>
      ${ask}
    </details>`
}

/** The page asks by itself whether the phone has agreed, by script or by reloading. */
function poll({ base }) {
  return html`<script type="module" src="/portal.js"></script>
    <meta name="licence-state" content="${base}/licence/state" />
    <noscript><meta http-equiv="refresh" content="2;url=${base}/licence" /></noscript>`
}

/** @param {LoginView} view @param {string} name */
function field(view, name, { label, value, type = 'text', hint, focus, short, ...more }) {
  const wrong = view.field === name && Boolean(view.error)
  const described = [hint && `${name}-hint`, wrong && `${name}-error`].filter(Boolean).join(' ')
  const attributes = Object.entries({
    ...more,
    ...(described ? { 'aria-describedby': described } : {}),
    ...(wrong ? { 'aria-invalid': 'true' } : {}),
    ...(short ? { class: 'short' } : {}),
    ...(focus ? { autofocus: '' } : {}),
  }).map(([key, text]) => html` ${key}="${text}"`)
  return html`<div class="${wrong ? 'field wrong' : 'field'}">
    <label for="${name}">${label}</label>
    ${hint && html`<span class="hint" id="${name}-hint">${hint}</span>`} ${message(view, name)}
    <input id="${name}" name="${name}" type="${type}" value="${value}" ${attributes} />
  </div>`
}

/** @param {LoginView} view @param {string} name */
function message(view, name) {
  if (view.field !== name || !view.error) return ''
  const text = WORDS[view.lang].errors[view.error]
  return html`<p class="error" id="${name}-error" role="alert">${text}</p>`
}

/** @param {LoginView} view saves looking the cast up; a press fills the account in */
function demoUsers({ lang, base, kind, way, accounts }) {
  const t = WORDS[lang]
  const path = way === 'licence' ? `${base}/licence` : base
  const items = accounts.filter((one) => one.kind === kind)
  return html`<details class="demo">
    <summary>${t.demoUsers}</summary>
    <p>${t.demoPassword(PASSWORD)}</p>
    <ul>
      ${items.map(
        (one) =>
          html`<li>
            <a href="${path}?account=${one.account}">${one.account}</a>
            <span>${one.place} ${one.name} ${one.phone}</span>
          </li>`,
      )}
    </ul>
  </details>`
}
