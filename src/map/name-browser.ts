/**
 * Where the names beside the dots stand: right, left, below or above, never on one another, and
 * never past the map's edge or under what lies on the map.
 */

/** Left, upper, right and lower edge in pixels. */
export type Rect = readonly [left: number, top: number, right: number, bottom: number]

/** What of the map's width is to be seen, and what lies on it. */
export type Frame = { left: number; right: number; taken: readonly Rect[] }

type Size = { width: number; height: number }
/** A dot's middle and half of its width, and how large its name is, if it has one. */
export type Named = { at: { x: number; y: number }; half: number; size: Size | null }

/** How far beside, below or above its dot's middle a name begins. */
const ASIDE_PX = 15
/** Names have some air around them. */
const AIR_PX = 3

const SIDES = ['right', 'left', 'below', 'above'] as const
type Side = (typeof SIDES)[number]

/** Where a name stands; one that `waits` has no free place until it is pointed at. */
export type Place = { side: Side; waits: boolean }

/** Places names in their order, and answers what dots and names take. */
export function arrangeNames(
  all: readonly Named[],
  frame: Frame,
): { places: readonly Place[]; taken: readonly Rect[] } {
  const taken = all.map(({ at: { x, y }, half }): Rect => [x - half, y - half, x + half, y + half])
  const places = all.map(({ at, size }): Place => {
    if (!size) return { side: 'right', waits: false }
    const seen = SIDES.filter((side) => isSeen(rectOf(side, at, size), frame))
    const free = seen.find((side) =>
      [...taken, ...frame.taken].every((other) => !meet(rectOf(side, at, size), other)),
    )
    if (free) taken.push(rectOf(free, at, size))
    return { side: free ?? seen[0] ?? 'right', waits: free === undefined }
  })
  return { places, taken }
}

function rectOf(side: Side, { x, y }: Named['at'], { width, height }: Size): Rect {
  const half = height / 2
  if (side === 'below' || side === 'above') {
    const top = side === 'below' ? y + ASIDE_PX : y - ASIDE_PX - AIR_PX - height
    return [x - width / 2, top, x + width / 2, top + height + AIR_PX]
  }
  const left = side === 'right' ? x + ASIDE_PX : x - ASIDE_PX - AIR_PX - width
  return [left, y - half, left + width + AIR_PX, y + half]
}

function isSeen([left, , right]: Rect, frame: Frame): boolean {
  return left >= frame.left && right <= frame.right
}

/** True where two share a pixel. */
export function meet(one: Rect, other: Rect): boolean {
  return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1]
}
