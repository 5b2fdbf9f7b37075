/** Where the names beside the dots stand: never on one another, and never past the map's edge. */

type Named = { name: HTMLElement | null; at: { x: number; y: number } }

/** Half of a dot, and how far beside its middle a name begins. */
const DOT_PX = 14
const ASIDE_PX = 15

/**
 * A name goes to the left where the map ends at the right (`edge`, px); one that would lie on
 * another name or dot waits until it is pointed at. Reads all widths before it writes.
 */
export function arrangeNames(all: readonly Named[], edge: number): void {
  const taken = all.map(({ at: { x, y } }) => {
    return [x - DOT_PX, y - DOT_PX, x + DOT_PX, y + DOT_PX] as const
  })
  const widths = all.map(({ name }) => name?.offsetWidth ?? 0)
  for (const [index, { name, at }] of all.entries()) {
    if (!name) continue
    const width = widths[index] ?? 0
    const left = turn(name, at.x, width, edge) ? at.x - ASIDE_PX - 3 - width : at.x + ASIDE_PX
    const right = left + width + 3
    const [top, bottom] = [at.y - 12, at.y + 12]
    const free = taken.every(
      ([west, north, east, south]) => right < west || left > east || bottom < north || top > south,
    )
    name.classList.toggle('spot-name-waits', !free)
    if (free) taken.push([left, top, right, bottom])
  }
}

/** Turns a name to the left where it would pass the right edge; true where it is turned. */
export function turn(name: HTMLElement, at: number, width: number, edge: number): boolean {
  const turned = at + ASIDE_PX + 3 + width > edge
  name.classList.toggle('spot-name-turned', turned)
  return turned
}
