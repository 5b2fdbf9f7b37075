/** What waits at a bureau, for whom of its staff, and since when (SPEC K1). Pure. */
import type { StaffRole } from '../kernel/actor.ts'

export type Task = 'registrations' | 'redemptions' | 'payments' | 'catalogue' | 'imports'

/** Whose duty each task is. */
export const DUTIES: Readonly<Record<Task, StaffRole>> = {
  registrations: 'review',
  redemptions: 'review',
  payments: 'finance',
  catalogue: 'review',
  imports: 'review',
}

/** How many of the longest waiting are shown of each task. */
export const SHOWN_MAX = 5

/** One thing that waits; `at` is epoch ms, `amount_fen` null where no money is asked for. */
export type Waiting = {
  id: string
  name: string
  party: string
  amount_fen: number | null
  at: number
  href: string
}

/** `oldest` are the longest waiting ones, at most SHOWN_MAX. */
export type Queue = { task: Task; count: number; oldest: readonly Waiting[] }

/** The tasks of these duties: in the order money goes, then the catalogue. */
export function tasksOf(duties: readonly StaffRole[]): Task[] {
  const all: readonly Task[] = ['registrations', 'redemptions', 'payments', 'catalogue', 'imports']
  return all.filter((task) => duties.includes(DUTIES[task]))
}
