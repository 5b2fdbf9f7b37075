/**
 * The names of cities and counties on the base map, each in the first free place around its own:
 * never under a marker, and left out where there is none.
 */
import { meet } from './name-browser.ts'
import type { Rect } from './name-browser.ts'

/** A name and the middle of its own place, in pixels of the canvas. */
export type Label = { text: string; x: number; y: number }

/** Lines of a name's height that it may step up or down. */
const STEPS = [0, -1, 1, -1.8, 1.8]
const AIR_PX = 2

/** Places names of this height; `widthOf` measures a text, `taken` is what they keep clear of. */
export function placeLabels(
  labels: readonly Label[],
  height: number,
  widthOf: (text: string) => number,
  taken: readonly Rect[],
): Label[] {
  const all = [...taken]
  return labels.flatMap(({ text, x, y }) => {
    const width = widthOf(text)
    const places = STEPS.flatMap((step) =>
      [0, 0.7, -0.7].map((aside) => ({ text, x: x + aside * width, y: y + step * height })),
    )
    const place = places.find((one) =>
      all.every((other) => !meet(rectOf(one, width, height), other)),
    )
    if (!place) return []
    all.push(rectOf(place, width, height))
    return [place]
  })
}

function rectOf({ x, y }: Label, width: number, height: number): Rect {
  const [across, down] = [width / 2 + AIR_PX, height / 2]
  return [x - across, y - down, x + across, y + down]
}
