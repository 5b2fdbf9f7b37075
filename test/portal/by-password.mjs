/** 账号密码: account or credit code, and the password. */
import { PASSWORD } from './accounts.mjs'
import { readForm } from './http.mjs'

/** @param {import('./login.mjs').Login} login @param {URL} url */
export async function byPassword(login, url) {
  if (login.req.method === 'GET') {
    return login.show({ way: 'password', account: url.searchParams.get('account') ?? undefined })
  }
  const typed = await readForm(login.req)
  const name = typed('account')
  const account = login.find(name)
  const again = (error, field) => login.show({ way: 'password', account: name, error, field })
  if (!name) return again('account_required', 'account')
  if (!typed('password')) return again('password_required', 'password')
  if (!account || typed('password') !== PASSWORD) return again('wrong_password', 'password')
  const refused = login.refusalOf(account)
  return refused ? again(refused, 'account') : login.finish(account, 'pwd')
}
