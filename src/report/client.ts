/** What anybody may know of the whole scheme: sums without names. */
export { publicFigures } from './store.ts'
export type { PublicFigures } from './store.ts'
