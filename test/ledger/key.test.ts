/** One key, one effect: replays, other payloads under a key, and what is not even looked up. */
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/id.ts'
import { readLedger } from '../../src/ledger/client.ts'
import type { Envelope } from '../../src/ledger/client.ts'
import type { Command } from '../../src/ledger/rules.ts'
import { newDesk } from './desk.ts'
import { FREE, NO_CAPS, TODAY, XIHU, claim, issue, wu, yuan } from './fixture.ts'

describe('the same key', () => {
  test('replays the answer to the byte, however the ledger has moved on', async () => {
    const { stub, lin, must, enterprise } = newDesk()
    const envelope = { key: newId(), actor: lin, at: TODAY, command: claim(yuan(1_000)) }
    const first = await stub.command(envelope)
    await must(claim(yuan(5_000)))
    expect(await stub.command({ ...envelope, at: TODAY + 86_400_000 })).toBe(first)
    expect((await readLedger(env, enterprise, TODAY)).claims).toHaveLength(2)
  })

  test('replays a refusal too, though it would pass by now', async () => {
    const { stub, lin, must } = newDesk()
    const envelope = { key: newId(), actor: lin, at: TODAY, command: issue(yuan(1_000)) }
    const first = await stub.command(envelope)
    expect(JSON.parse(first)).toMatchObject({ code: 'exceeds_available' })
    await must(claim(yuan(1_000)))
    expect(await stub.command(envelope)).toBe(first)
  })

  test.each<[string, (command: Command) => Command]>([
    ['another amount', (command) => ({ ...command, amount_fen: yuan(2_000) }) as Command],
    ['another id', (command) => ({ ...command, claim: newId() }) as Command],
    ['another kind', () => ({ kind: 'void', voucher: 'v' })],
  ])('with %s is refused and does nothing', async (_what, change) => {
    const { tell, lin, enterprise } = newDesk()
    const key = newId()
    const command = claim(yuan(1_000))
    await tell(command, lin, TODAY, key)
    expect(await tell(change(command), lin, TODAY, key)).toEqual({
      ok: false,
      code: 'key_reused',
      facts: {},
    })
    expect((await readLedger(env, enterprise, TODAY)).claims).toHaveLength(1)
  })

  test('of another person is refused: nobody learns another’s answer by his key', async () => {
    const { tell, lin, must } = newDesk()
    await must(claim(yuan(1_000)))
    await must(issue(yuan(1_000), { voucher: 'v' }))
    const key = newId()
    const confirm: Command = { kind: 'confirm', voucher: 'v' }
    expect((await tell(confirm, wu, TODAY, key)).ok).toBe(true)
    for (const other of [lin, { ...wu, account: 'zhijian-2' }, { ...wu, carrier: 'another' }])
      expect(await tell(confirm, other, TODAY, key)).toMatchObject({ code: 'key_reused' })
    expect((await tell(confirm, { ...wu, name: '吴检（新）' }, TODAY, key)).ok).toBe(true)
  })

  test('holds though the bureau has changed its caps between two tries', async () => {
    const { stub, lin } = newDesk()
    const command = claim(yuan(1_000))
    const envelope = { key: newId(), actor: lin, at: TODAY, command }
    const first = await stub.command(envelope)
    const caps = { ...NO_CAPS, total: { fen_max: 1, set_by: XIHU } }
    expect(await stub.command({ ...envelope, command: { ...command, caps } })).toBe(first)
  })
})

/** Whatever a Worker of another version might send. */
function broken(change: Record<string, unknown>, envelope: Record<string, unknown> = {}): unknown {
  const command = { ...claim(yuan(1_000)), ...change }
  return { key: 'k', at: TODAY, ...envelope, command }
}

describe('what no ledger can read is refused by name', () => {
  const { stub, lin, rows, tell } = newDesk()
  test.each<[string, unknown, object]>([
    ['a kind that is unknown', broken({ kind: 'gift' }), { code: 'unknown_command' }],
    ['a kind out of the prototype', broken({ kind: 'toString' }), { code: 'unknown_command' }],
    ['no command at all', { key: 'k', at: TODAY, command: null }, { code: 'unknown_command' }],
    ['an amount in words', broken({ amount_fen: '100' }), malformed('amount_fen')],
    ['half a fen', broken({ amount_fen: 0.5 }), malformed('amount_fen')],
    ['no amount', broken({ amount_fen: undefined }), malformed('amount_fen')],
    ['more fen than a number can count', broken({ amount_fen: 2 ** 53 }), malformed('amount_fen')],
    ['caps without a holding', broken({ caps: { total: FREE, single: FREE } }), malformed('caps')],
    [
      'a negative cap',
      broken({ caps: { ...NO_CAPS, total: { fen_max: -1, set_by: null } } }),
      malformed('caps'),
    ],
    ['a field too many', broken({ year: 2025 }), malformed('year')],
    ['an empty id', broken({ claim: '' }), malformed('claim')],
    ['an endless id', broken({ claim: 'c'.repeat(256) }), malformed('claim')],
    ['an empty key', broken({}, { key: '' }), malformed('key')],
    ['a time before 1970', broken({}, { at: -1 }), malformed('at')],
    ['a time that is none', broken({}, { at: Number.NaN }), malformed('at')],
    [
      'an actor of no role',
      broken({}, { actor: { role: 'god', account: 'x' } }),
      malformed('actor'),
    ],
    ['an actor without an account', broken({}, { actor: { role: 'carrier' } }), malformed('actor')],
  ])('%s', async (_sentence, envelope, refusal) => {
    const whole = { actor: lin, ...(envelope as object) } as Envelope
    expect(JSON.parse(await stub.command(whole))).toMatchObject({ ok: false, ...refusal })
  })

  test('a form that is no JSON', async () => {
    const command = issue(1, { form: new Map([['a', 1]]) })
    expect(await tell(command)).toMatchObject(malformed('form'))
  })

  test('more than 64 KB, counted in bytes of UTF-8', async () => {
    const fits = issue(1, { form: '创'.repeat(20_000) })
    expect(await tell(fits)).toMatchObject({ code: 'exceeds_available' })
    const large = issue(1, { form: '创'.repeat(22_000) })
    expect(await tell(large)).toMatchObject({ code: 'too_large', facts: { limit_bytes: 65_536 } })
  })

  test('and none of it is kept under its key', async () => {
    expect(await rows(`SELECT key FROM answers WHERE key = 'k'`)).toEqual([])
    expect(await tell(claim(yuan(1_000)), lin, TODAY, 'k')).toMatchObject({ ok: true })
  })
})

function malformed(field: string) {
  return { code: 'malformed', facts: { field } }
}
