/** Ids are made before submission, so that a retry carries the same one. */
import { v5, v7 } from 'uuid'

const NAMED = '6f1c0c52-8d7e-4a55-9f43-0e8a52b9d7c1'

/** A new time-ordered id (UUID v7), also used as idempotency key of a form. */
export function newId(): string {
  return v7()
}

/** The id of a name (UUID v5): the same name always has the same id, no other name has it. */
export function namedId(name: string): string {
  return v5(name, NAMED)
}

/** True for the textual form of a UUID; anything else never reaches a store. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}
