/**
 * The browser's files once more, in a folder that is called after the content of all of them, so
 * that browsers keep them for a year. Folders of builds before stay a while for pages still open.
 */
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './first.mjs'

const FOLDER = join(ROOT, 'public/static')
const KEPT = 3

/** `files` are [name, content]; the folder of these is the newest afterwards. */
export function keep(files) {
  const digest = createHash('sha256')
  const sorted = files.toSorted(([one], [other]) => (one < other ? -1 : 1))
  for (const [name, content] of sorted) digest.update(`${name}\n`).update(content)
  const folder = join(FOLDER, digest.digest('hex').slice(0, 12))
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of files) writeFileSync(join(folder, name), content)
  utimesSync(folder, new Date(), new Date())
  for (const old of folders().slice(KEPT)) rmSync(join(FOLDER, old), { recursive: true })
}

/** What a Worker is told at its build: where the last build's files lie, if there was one. */
export function definitions() {
  const [newest] = folders()
  return newest ? ['--define', `STATIC_FOLDER:"/static/${newest}"`] : []
}

/** Newest first. */
function folders() {
  if (!existsSync(FOLDER)) return []
  const age = (name) => statSync(join(FOLDER, name)).mtimeMs
  return readdirSync(FOLDER).toSorted((one, other) => age(other) - age(one))
}
