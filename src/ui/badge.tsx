/** A state as a word with a colour, never a colour alone, and money in tabular figures. */
import { formatFen } from '../kernel/amount.ts'

export type Tone = 'waiting' | 'good' | 'bad' | 'neutral' | 'info'

export function Badge({ word, tone = 'neutral' }: { word: string; tone?: Tone }) {
  return <strong class={`badge badge-${tone}`}>{word}</strong>
}

/** An amount in fen as ￥1,234.56. */
export function Money({ fen, strong }: { fen: number; strong?: boolean }) {
  return <span class={strong ? 'money money-strong' : 'money'}>{formatFen(fen)}</span>
}
