/** A state table: which move leads from which state to which. What is absent is refused by name. */

export type Moves<State extends string, Move extends string> = Readonly<
  Record<Move, Partial<Readonly<Record<State, State>>>>
>

/** The state a move leads to, or undefined where the table has no such move. */
export function follow<State extends string, Move extends string>(
  moves: Moves<State, Move>,
  from: State,
  move: Move,
): State | undefined {
  return moves[move][from]
}
