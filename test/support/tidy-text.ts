/** What stands in a file: its length, its opening words, and calls that are refused. */
import { COLUMNS_MAX, FUNCTION_LINES_MAX, LINES_MAX } from './layers.ts'
import type { Finding, Rule, Source } from './tidy-source.ts'

const CODE = /^(src|test|migrations)\/.*\.(ts|tsx|mjs)$/
/** These files hold the refused words on purpose. */
const TIDY = /^test\/support\/tidy-(plants|text)\.ts$/

function inCode(check: (source: Source) => readonly Omit<Finding, 'path'>[]): Rule {
  return (tree) =>
    tree
      .filter(({ path }) => CODE.test(path))
      .flatMap((source) => check(source).map((one) => ({ path: source.path, ...one })))
}

export const shortFiles = inCode(({ text }) => {
  const lines = text.trimEnd().split('\n').length
  if (lines <= LINES_MAX) return []
  return [{ line: lines, reason: `${lines} lines, ${LINES_MAX} are allowed: find the noun` }]
})

export const shortLines = inCode(({ text }) =>
  text
    .split('\n')
    .map((content, index) => ({ content, line: index + 1 }))
    .filter(({ content }) => content.length > COLUMNS_MAX)
    .map(({ content, line }) => ({
      line,
      reason: `${content.length} columns, ${COLUMNS_MAX} are allowed`,
    })),
)

/** The body of a describe() groups tests and is no function that anybody reads as one. */
export const shortFunctions = inCode(({ functions }) =>
  functions
    .filter(({ lines, describes }) => lines > FUNCTION_LINES_MAX && !describes)
    .map(({ line, lines }) => ({
      line,
      reason: `a function of ${lines} lines, ${FUNCTION_LINES_MAX} are allowed`,
    })),
)

export const openingComment = inCode(({ text }) =>
  /^(#!.*\n)?\/[/*]/.test(text)
    ? []
    : [{ line: 1, reason: 'a file opens with a comment: what it is and what it refuses' }],
)

/** An async callback answers at its first await, so nothing it does later is rolled back. */
export const synchronousTransactions = inCode(({ calls, asyncs }) =>
  calls
    .filter(({ name }) => name === 'transactionSync')
    .filter(
      ({ args: [callback] }) =>
        callback &&
        (('async' in callback && callback.async) ||
          (callback.type === 'Identifier' && asyncs.includes(callback.name))),
    )
    .map(({ line }) => ({
      line,
      reason: 'an async callback in transactionSync rolls nothing back',
    })),
)

export const escapedHtml = inCode(({ calls, attributes }) => [
  ...calls
    .filter(({ name }) => name === 'raw')
    .map(({ line }) => ({ line, reason: 'raw() writes HTML past the escaping' })),
  ...attributes
    .filter(({ name }) => name === 'dangerouslySetInnerHTML')
    .map(({ line, name }) => ({ line, reason: `${name} writes HTML past the escaping` })),
])

export const twinStrings = inCode(({ path, calls }) =>
  /^src\/.*strings\.ts$/.test(path) && !calls.some(({ name }) => name === 'twin')
    ? [{ line: 1, reason: 'strings are a twin(zh, en), so that a missing one does not compile' }]
    : [],
)

const MACHINE = /(?<![\w.$}])\/(?:work|root|home|Users)\/\w/
const UNFINISHED = /\b(?:TODO|FIXME|XXX)\b/

/** Files speak of the product: no path of somebody's machine, nothing put off without an owner. */
export const productWords: Rule = (tree) =>
  tree
    .filter(({ path }) => /\.(ts|tsx|mjs|md|css|toml|json|sql)$/.test(path) && !TIDY.test(path))
    .filter(({ path }) => path !== 'package-lock.json')
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((content, index) => {
        const line = index + 1
        if (MACHINE.test(content)) return [{ path, line, reason: 'a path of one machine' }]
        if (UNFINISHED.test(content)) return [{ path, line, reason: 'work put off in a comment' }]
        return []
      }),
    )
