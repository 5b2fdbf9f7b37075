/**
 * The reader's language for components that are handed no request: Layout, Form and Fragment set
 * it, everything beneath reads it.
 */
import { createContext, useContext } from 'hono/jsx'
import type { Language } from '../kernel/text.ts'
import { strings } from './strings.ts'

export const Reader = createContext<Language>('zh')

/** The strings of the page's own frame in the reader's language. */
export function useWords(): (typeof strings)['zh'] {
  return strings[useContext(Reader)]
}
