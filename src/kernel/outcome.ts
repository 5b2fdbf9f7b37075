/** The answer of a rule: an accepted value or a named refusal. Expected refusals are not thrown. */

/** What a refusal knows beside its name: fen, codes, names. */
export type Facts = Readonly<Record<string, string | number | null>>

export type Refusal<Code extends string = string> = { ok: false; code: Code; facts: Facts }
export type Outcome<T, Code extends string = string> = { ok: true; value: T } | Refusal<Code>

export function accept<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

export function refuse<Code extends string>(code: Code, facts: Facts = {}): Refusal<Code> {
  return { ok: false, code, facts }
}
