/** Pictures of what is offered: few, small, JPG or PNG, each saying what it shows. */
import { Checks } from './form-rules.ts'
import type { Reading, Typed } from './form-rules.ts'
import type { Kind } from './rules.ts'

export type PictureKind = Kind | 'organisation'

export type Picture = {
  id: string
  kind: PictureKind
  subject: string
  carrier: string
  file: string
  alt: string
  at: number
  by: string
}

export const PICTURES_MAX = 6
/** A page with six of them still opens on a phone. */
export const PICTURE_BYTES_MAX = 3 * 1024 * 1024
export const ALT_MAX = 100

const JPG = [0xff, 0xd8, 0xff]
const PNG = [0x89, 0x50, 0x4e, 0x47]

/** Fields: picture, alt. `start` are the first bytes of the file, none where none was chosen. */
export function readPicture(
  typed: Typed,
  file: { size: number; start: Uint8Array } | undefined,
  already: number,
): Reading<{ alt: string }> {
  const checks = new Checks(typed)
  if (!file) checks.fault('picture', 'required')
  else if (file.size > PICTURE_BYTES_MAX)
    checks.fault('picture', 'picture_too_large', { max: PICTURE_BYTES_MAX / 1024 / 1024 })
  else if (!begins(file.start, JPG) && !begins(file.start, PNG))
    checks.fault('picture', 'not_a_picture')
  if (already >= PICTURES_MAX) checks.fault('picture', 'pictures_too_many', { max: PICTURES_MAX })
  return checks.end({ alt: checks.line('alt', ALT_MAX, 'required') })
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte)
}
