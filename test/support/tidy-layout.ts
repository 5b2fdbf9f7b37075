/** Where files lie and what they are called. */
import {
  FORBIDDEN_NAMES,
  GROUND,
  ORDER,
  ROOT_FILES,
  SLICE_EXTRAS,
  SLICE_FILES,
  TEST_FOLDERS,
  TOP_LEVEL,
} from './layers.ts'
import type { Finding, Rule, Source } from './tidy-source.ts'

const FOLDERS: readonly string[] = ORDER

/** A rule that looks at one path at a time; the check answers the reason or undefined. */
function byPath(check: (parts: readonly string[], tree: readonly Source[]) => string | undefined) {
  const rule: Rule = (tree) => {
    const findings: Finding[] = []
    for (const { path } of tree) {
      const reason = check(path.split('/'), tree)
      if (reason) findings.push({ path, line: 1, reason })
    }
    return findings
  }
  return rule
}

export const fixedTopLevel = byPath(([top = '']) =>
  TOP_LEVEL.includes(top) ? undefined : `${top} is not part of the fixed top level`,
)

export const knownFolders = byPath(([top, folder = '', ...rest]) => {
  if (top !== 'src') return undefined
  if (rest.length === 0)
    return ROOT_FILES.includes(folder)
      ? undefined
      : `src/ itself holds only ${ROOT_FILES.join(' ')}`
  return FOLDERS.includes(folder) ? undefined : `${folder} has no place in the order of folders`
})

export const flatSlices = byPath(([top, folder = '', ...rest]) =>
  top === 'src' && rest.length > 1 ? `a folder inside ${folder} is forbidden` : undefined,
)

export const closedNames = byPath(([top, folder = '', file, ...rest]) => {
  if (top !== 'src' || !file || rest.length > 0 || GROUND.includes(folder)) return undefined
  if (SLICE_FILES.some((name) => name.test(file))) return undefined
  if (SLICE_EXTRAS[folder]?.includes(file)) return undefined
  return `${file} is not a name a slice may use`
})

export const sayingNames = byPath((parts) => {
  if (parts[0] !== 'src' && parts[0] !== 'test') return undefined
  const empty = parts.find((part) => FORBIDDEN_NAMES.test(part))
  return empty ? `${empty} says nothing about what is inside` : undefined
})

export const mirroredTests = byPath(([top, folder = '', file, ...rest], tree) => {
  if (top !== 'test' || !file || TEST_FOLDERS.includes(folder)) return undefined
  if (rest.length > 0) return 'a folder of test/ is as flat as the slice it mirrors'
  if (!tree.some(({ path }) => path.startsWith(`src/${folder}/`)))
    return `test/${folder} mirrors no folder of src/`
  return undefined
})
