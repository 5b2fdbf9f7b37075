/** The clock's share of the index: what a lost touch left undone, and a look at everything once. */
import type { Bindings } from '../platform/bindings.ts'
import { logError } from '../platform/log.ts'
import { checkShelf } from './client.ts'
import { setRight } from './store.ts'

/** Has the builder look for shards that are gone and for changes that it was not told of. */
export async function catchUpAtlas(env: Bindings): Promise<number> {
  const { gone } = await checkShelf(env, false)
  return gone
}

/**
 * Sets places and words right that do not follow from their rows, drops shards that are gone or
 * hold another number than D1, which are built anew, and takes away what no pointer names. Answers
 * how much of all that there was.
 */
export async function checkAtlas(env: Bindings): Promise<number> {
  const wrong = await setRight(env.DB)
  const { gone, removed } = await checkShelf(env, true)
  if (wrong + gone > 0) logError('atlas_differs', `${wrong} places, ${gone} shards`)
  return wrong + gone + removed
}
