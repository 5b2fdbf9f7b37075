/** Ids are made before submission, so that a retry carries the same one. */
import { v7 } from 'uuid'

/** A new time-ordered id (UUID v7), also used as idempotency key of a form. */
export function newId(): string {
  return v7()
}

/** True for the textual form of a UUID; anything else never reaches a store. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}
