/** What live pages are told: a hint that something changed, never the thing itself. */

export type Topic = 'voucher' | 'book' | 'registration' | 'redemption'

/** `id` names the thing the topic speaks of; a redemption hint carries its voucher's id. */
export type Hint = { topic: Topic; enterprise: string; id: string }

/** What a socket sends: a hint with its cursor, or the word to start over from `cursor`. */
export type LiveMessage = { cursor: number; hint: Hint } | { cursor: number; reset: true }
