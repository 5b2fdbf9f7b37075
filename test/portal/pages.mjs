/** The portal's pages apart from the login form: frame, messages, inbox, licence, front page. */
import { PASSWORD } from './accounts.mjs'
import { html, trusted } from './html.mjs'
import { WORDS } from './words.mjs'

/**
 * @param {'zh' | 'en'} lang
 * @param {{ title: string, error?: boolean, head?: unknown, narrow?: boolean }} page
 * @param {unknown} content
 */
export function frame(lang, { title, error, head, narrow }, content) {
  const t = WORDS[lang]
  return html`<!doctype html>
    <html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="renderer" content="webkit" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${error ? t.error : ''}${title} - ${t.portal}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/portal.css" />
        ${head}
      </head>
      <body>
        <header class="top">
          <div class="width">
            <a class="brand" href="/">${t.portal}</a>
            <nav aria-label="${t.portal}">
              <a href="/sms${lang === 'en' ? '?lang=en' : ''}">${t.inbox}</a>
            </nav>
          </div>
        </header>
        <main class="${narrow ? 'width narrow' : 'width'}">${content}</main>
        <footer class="foot"><div class="width">${t.note}</div></footer>
      </body>
    </html>`.toString()
}

/** @param {'zh' | 'en'} lang @param {string | undefined} back */
export function errorPage(lang, code, back) {
  const t = WORDS[lang]
  return frame(
    lang,
    { title: t.gone, error: true, narrow: true },
    html`<div class="card">
      <h1>${t.gone}</h1>
      <p>${t.goneNext}</p>
      ${back ? html`<p><a class="button" href="${back}">${t.back}</a></p>` : ''}
      <p class="hint">${code}</p>
    </div>`,
  )
}

/** @param {'zh' | 'en'} lang */
export function missingPage(lang) {
  const t = WORDS[lang]
  return frame(
    lang,
    { title: t.notFound, narrow: true },
    html`<div class="card">
      <h1>${t.notFound}</h1>
      <p><a href="/">${t.home}</a></p>
    </div>`,
  )
}

/** @param {'zh' | 'en'} lang @param {string} [form] oidc-provider's own form, which asks first */
export function signedOutPage(lang, form) {
  const t = WORDS[lang]
  const title = form ? t.confirmOut : t.signedOut
  const button = html`<p>
    <button form="op.logoutForm" name="logout" value="yes">${t.out}</button>
  </p>`
  return frame(
    lang,
    { title, narrow: true },
    html`<div class="card">
      <h1>${title}</h1>
      ${form ? [trusted(form), button] : ''}
    </div>`,
  )
}

/** @param {'zh' | 'en'} lang @param {Iterable<import('./accounts.mjs').PortalAccount>} accounts */
export function frontPage(lang, accounts) {
  const t = WORDS[lang]
  const rows = [...accounts].map(
    (one) =>
      html`<tr>
        <th scope="row">${one.account}</th>
        <td data-label="${t.person}">${one.name}</td>
        <td data-label="${t.place}">${one.place}</td>
        <td data-label="${t.phone}">${one.phone}</td>
      </tr>`,
  )
  return frame(
    lang,
    { title: t.home },
    html`<h1>${t.portal}</h1>
      <p>${t.homeText}</p>
      <div class="card">
        <h2>${t.demoUsers}</h2>
        <p>${t.demoPassword(PASSWORD)}</p>
        <table>
          <thead>
            <tr>
              <th scope="col">${t.account}</th>
              <th scope="col">${t.person}</th>
              <th scope="col">${t.place}</th>
              <th scope="col">${t.phone}</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>`,
  )
}

/** @param {'zh' | 'en'} lang @param {readonly import('./sms.mjs').Message[]} messages */
export function inboxPage(lang, messages) {
  const t = WORDS[lang]
  const when = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'Asia/Shanghai',
  })
  const rows = messages.map(
    (one) =>
      html`<tr>
        <th scope="row">${when.format(one.at)}</th>
        <td data-label="${t.to}">${one.phone}</td>
        <td data-label="${t.text}">${one.text}</td>
      </tr>`,
  )
  const table = html`<table>
    <thead>
      <tr>
        <th scope="col">${t.time}</th>
        <th scope="col">${t.to}</th>
        <th scope="col">${t.text}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
  return frame(
    lang,
    { title: t.inbox },
    html`<h1>${t.inbox}</h1>
      <p class="hint">${t.inboxHint}</p>
      <div class="card">${messages.length > 0 ? table : html`<p>${t.inboxEmpty}</p>`}</div>`,
  )
}

/**
 * What the phone shows: whose licence is asked for, and the two answers.
 * @param {'zh' | 'en'} lang
 * @param {import('./accounts.mjs').PortalAccount} account
 * @param {'asked' | 'approved' | 'declined'} state
 */
export function phonePage(lang, account, state) {
  const t = WORDS[lang]
  if (state !== 'asked') {
    const [title, next] =
      state === 'approved' ? [t.approved, t.approvedNext] : [t.declinedTitle, t.declinedNext]
    return frame(
      lang,
      { title, narrow: true },
      html`<div class="card">
        <h1>${title}</h1>
        <p>${next}</p>
      </div>`,
    )
  }
  const row = (label, value) =>
    html`<div>
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`
  return frame(
    lang,
    { title: t.licenceTitle, narrow: true },
    html`<div class="card">
      <h1>${t.licenceTitle}</h1>
      <p>${t.licenceAsks}</p>
      <dl class="licence">
        ${row(t.unit, account.place)}${row(t.uscc, account.uscc)}
        ${row(t.representative, account.legal_representative)}${row(t.agent, account.name)}
      </dl>
      <form method="post" class="stack">
        <button name="answer" value="approved">${t.approve}</button>
        <button class="quiet" name="answer" value="declined">${t.decline}</button>
      </form>
    </div>`,
  )
}
