/**
 * What live pages are told: a hint that something changed, never the thing itself. The browser's
 * script carries this file, so it imports nothing.
 */

export type Topic = 'voucher' | 'book' | 'registration' | 'redemption' | 'booking' | 'catalogue'

/**
 * `id` names the thing the topic speaks of; a redemption hint carries its voucher's id. A catalogue
 * hint is of no enterprise: ''.
 */
export type Hint = { topic: Topic; enterprise: string; id: string }

/** What a socket sends: a hint with its cursor, or the word to start over from `cursor`. */
export type LiveMessage = { cursor: number; hint: Hint } | { cursor: number; reset: true }

/** Hints a channel keeps for pages that come back, and for how long. */
export const HINTS_MAX = 500
export const HINT_LIFE_MS = 7 * 86_400_000
/** More missed than this, and the page reads its list anew instead. */
export const REPLAY_MAX = 50
/**
 * A list in D1 may trail its ledger by this; a page's cursor lies that far back, to be told again.
 */
export const MIRROR_LAG_MS = 3000
/** A socket older than this is closed at the next hint, so that its session is looked at again. */
export const SOCKET_LIFE_MS = 15 * 60_000
/** The close code after which a page comes back at once. */
export const CLOSE_RENEW = 4001
