/**
 * Where a file of ours lies for browsers. A built Worker knows the folder named by the content of
 * all of them, which may be kept for a year; any other names the file itself, which is asked anew.
 */

/** '/static/3f9c01ab', put in by the build. */
declare const STATIC_FOLDER: string | undefined

/** `name` is the file's alone: portal.css, zj.topo.json. */
export function asset(name: string): string {
  if (typeof STATIC_FOLDER === 'string') return `${STATIC_FOLDER}/${name}`
  return name.endsWith('.topo.json') ? `/basemap/${name}` : `/assets/${name}`
}
