/** Who can sign in: the agents of the cast's enterprises and carriers, and the bureaus' staff. */

export const PASSWORD = 'Demo-2026'

/**
 * @typedef {object} PortalAccount
 * @property {string} account what is typed to sign in, and the subject of the tokens
 * @property {'legal' | 'staff'} kind
 * @property {string} name the person
 * @property {string} place the organisation or the bureau
 * @property {string | null} phone eleven digits; staff of the cast have none
 * @property {string | null} uscc
 * @property {string | null} legal_representative
 */

/** The carriers of the cast name no legal representative; these are made up. */
const REPRESENTATIVES = { zhijian: '郑衡', cailiao: '沈质', kekao: '罗恒', ruian: '林安' }

/**
 * @param {any} cast the content of test/demo/cast.json
 * @returns {Map<string, PortalAccount>} by account
 */
export function accountsOf(cast) {
  const legal = [...cast.enterprises, ...cast.carriers].map((one) => ({
    account: one.account,
    kind: 'legal',
    name: one.agent,
    place: one.name,
    phone: one.agentPhone,
    uscc: one.uscc,
    legal_representative: one.legalRepresentative ?? REPRESENTATIVES[one.key] ?? '孟代表',
  }))
  const staff = cast.bureaus.flatMap((bureau) =>
    bureau.staff.map((one) => ({
      account: one.account,
      kind: 'staff',
      name: one.name,
      place: bureau.name,
      phone: null,
      uscc: null,
      legal_representative: null,
    })),
  )
  return new Map([...legal, ...staff].map((one) => [one.account, one]))
}

/**
 * What the tokens say. The phone is left out of the ID token, which travels in addresses when
 * somebody signs out, and is told at the userinfo endpoint.
 * @param {PortalAccount} account
 * @param {string} use 'id_token' or 'userinfo'
 */
export function claimsOf(account, use) {
  const { kind, name } = account
  if (kind === 'staff') return { sub: account.account, kind, name, account: account.account }
  return {
    sub: account.account,
    kind,
    name,
    uscc: account.uscc,
    unit: account.place,
    legal_representative: account.legal_representative,
    ...(use === 'id_token' ? {} : { agent_phone: account.phone }),
  }
}
