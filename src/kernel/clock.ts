/**
 * Instants are epoch ms, days are YYYY-MM-DD in Asia/Shanghai (UTC+8, no summer time since 1991).
 * The time is always an argument: nothing here reads a clock.
 */

const SHANGHAI_OFFSET_MS = 8 * 3_600_000
export const DAY_MS = 86_400_000

/** The calendar year of an instant in Asia/Shanghai. */
export function yearOf(at: number): number {
  return new Date(at + SHANGHAI_OFFSET_MS).getUTCFullYear()
}

/** The first instant of a year in Asia/Shanghai, epoch ms. */
export function yearStartsAt(year: number): number {
  return Date.UTC(year, 0, 1) - SHANGHAI_OFFSET_MS
}

/** The day of an instant in Asia/Shanghai, YYYY-MM-DD. */
export function dayOf(at: number): string {
  return new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10)
}

/** The minute of an instant in Asia/Shanghai, YYYY-MM-DD HH:MM. */
export function minuteOf(at: number): string {
  return new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ')
}

/** The first instant of a day in Asia/Shanghai, epoch ms; undefined for no such day. */
export function dayStartsAt(day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  const at = Date.parse(`${day}T00:00:00.000Z`)
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) return undefined
  return at - SHANGHAI_OFFSET_MS
}

/** Whole days from one instant to a later one, 0 where it is not later. */
export function daysSince(at: number, now: number): number {
  return Math.max(0, Math.floor((now - at) / DAY_MS))
}
