/** Names on the map: beside their dots and places, on nothing else, and where they are seen. */
import { describe, expect, test } from 'vitest'
import { placeLabels } from '../../src/map/label-browser.ts'
import { arrangeNames } from '../../src/map/name-browser.ts'
import type { Frame, Place } from '../../src/map/name-browser.ts'

const FRAME: Frame = { left: 0, right: 400, taken: [] }
const widthOf = (text: string) => text.length * 10
/** A dot whose name is 100 px wide. */
const dot = (x: number) => ({ at: { x, y: 100 }, half: 9, size: { width: 100, height: 20 } })

describe('the name of a dot stands', () => {
  const sides: [string, number, Partial<Frame>, string][] = [
    ['at its right', 50, {}, 'right'],
    ['at its left where the map ends', 350, {}, 'left'],
    ['below where neither side is wide enough', 60, { right: 120 }, 'below'],
    [
      'above where the place below is taken too',
      60,
      { right: 120, taken: [[0, 120, 99, 140]] },
      'above',
    ],
    ['beside what lies on the map', 200, { taken: [[230, 90, 300, 110]] }, 'left'],
    ['outside of the box of an organisation', 300, { left: 240 }, 'below'],
    ['nowhere before it is pointed at', 50, { right: 80 }, 'right waits'],
  ]
  test.each(sides)('%s', (_, x, frame, expected) => {
    const { places } = arrangeNames([dot(x)], { ...FRAME, ...frame })
    expect(places.map(said)).toEqual([expected])
  })

  test('never on another dot or name', () => {
    const { places, taken } = arrangeNames([dot(50), dot(140)], FRAME)
    expect(places.map(said)).toEqual(['below', 'right'])
    expect(taken).toHaveLength(4)
  })

  test('and a dot without one takes only its own place', () => {
    expect(arrangeNames([{ ...dot(50), size: null }], FRAME).taken).toEqual([[41, 91, 59, 109]])
  })

  function said({ side, waits }: Place): string {
    return waits ? `${side} waits` : side
  }
})

describe('the name of a place stands', () => {
  const here = { text: '杭州', x: 100, y: 100 }

  test('in its middle where nothing lies', () => {
    expect(placeLabels([here], 18, widthOf, [])).toEqual([here])
  })

  test('beside a marker, close to its own place', () => {
    const [found] = placeLabels([here], 18, widthOf, [[85, 85, 115, 115]])
    expect(found).not.toEqual(here)
    expect(Math.hypot((found?.x ?? 0) - 100, (found?.y ?? 0) - 100)).toBeLessThan(40)
  })

  test('clear of another name, and is left out where no place is free', () => {
    const both = placeLabels([here, { text: '湖州', x: 101, y: 101 }], 18, widthOf, [])
    expect(both).toHaveLength(2)
    expect(both[0]).not.toEqual(both[1])
    expect(placeLabels([here], 18, widthOf, [[0, 0, 200, 200]])).toEqual([])
  })
})
