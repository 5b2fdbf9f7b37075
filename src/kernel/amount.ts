/** Money: whole fen inside, ￥1,234.56 on screen. Refuses fractions of a fen and anything unsafe. */

/** The largest amount one command may carry: a hundred billion yuan, in fen. */
export const AMOUNT_FEN_MAX = 10_000_000_000_000

/** Shows fen as ￥1,234.56 (U+FFE5), negative amounts as -￥1,234.56. */
export function formatFen(amount_fen: number): string {
  return `${amount_fen < 0 ? '-' : ''}￥${plainFen(Math.abs(amount_fen), ',')}`
}

/** Shows fen as 1234.56 for an input field or an export, with an optional thousands separator. */
export function plainFen(amount_fen: number, thousands = ''): string {
  const fen = Math.abs(amount_fen)
  const yuan = String(Math.trunc(fen / 100)).replace(/\B(?=(\d{3})+$)/g, thousands)
  return `${amount_fen < 0 ? '-' : ''}${yuan}.${String(fen % 100).padStart(2, '0')}`
}

/**
 * Reads what a person typed in yuan: 12000, 12,000.00, ￥12，000. Full-width digits are taken too.
 * Answers fen, or undefined for more than two decimals, misplaced commas, a sign or no number.
 */
export function parseFen(typed: string): number | undefined {
  const text = typed
    .normalize('NFKC')
    .trim()
    .replace(/^[¥￥]\s*/, '')
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?$/.exec(text)
  if (!match?.[1]) return undefined
  const amount_fen =
    Number(match[1].replaceAll(',', '')) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return amount_fen <= AMOUNT_FEN_MAX ? amount_fen : undefined
}

/** True for a whole number of fen above zero that one command may carry. */
export function isAmount(amount_fen: number): boolean {
  return Number.isSafeInteger(amount_fen) && amount_fen > 0 && amount_fen <= AMOUNT_FEN_MAX
}

/** The whole fen of a share, rounded down: what a ratio such as 0.5 leaves of an amount. */
export function shareOf(amount_fen: number, ratio_percent: number): number {
  return Number((BigInt(amount_fen) * BigInt(Math.round(ratio_percent * 100))) / 10_000n)
}
