/** 短信验证码: a code to the agent's phone, valid for five minutes and five tries, used once. */
import { randomInt, timingSafeEqual } from 'node:crypto'
import { readForm, seeOther } from './http.mjs'
import { WORDS } from './words.mjs'

const VALID_MS = 300_000
const TRIES_MAX = 5

/** @returns the two steps of this way in */
export function makeBySms() {
  /** @type {Map<string, { phone: string, code: string, until: number, tries: number }>} */
  const codes = new Map()

  /** @param {import('./login.mjs').Login} login */
  async function send(login) {
    const { inbox } = login.portal
    const phone = (await readForm(login.req))('phone')
    const again = (error) => login.show({ way: 'sms', phone, error, field: 'phone' })
    if (!/^1\d{10}$/.test(phone)) return again('phone_wrong')
    if (!agentWith(login, phone)) return again('phone_unknown')
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    codes.set(login.uid, { phone, code, until: Date.now() + VALID_MS, tries: 0 })
    inbox.deliver(phone, WORDS[login.lang].codeText(code))
    return seeOther(login.res, `${login.base}/sms`)
  }

  /** @param {import('./login.mjs').Login} login */
  async function enter(login) {
    const sent = codes.get(login.uid)
    const view = { way: 'sms', sentTo: sent?.phone }
    if (login.req.method === 'GET') return login.show(view)
    const typed = (await readForm(login.req))('code')
    if (!sent) return login.show({ ...view, error: 'code_first', field: 'phone' })
    sent.tries += 1
    if (sent.tries > TRIES_MAX || Date.now() > sent.until) {
      return login.show({ ...view, error: 'code_over', field: 'code' })
    }
    if (!equal(typed, sent.code)) return login.show({ ...view, error: 'code_wrong', field: 'code' })
    codes.delete(login.uid)
    return login.finish(agentWith(login, sent.phone), 'sms')
  }

  return { send, enter }
}

function agentWith(login, phone) {
  return [...login.portal.accounts.values()].find((one) => one.phone === phone)
}

function equal(one, other) {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
