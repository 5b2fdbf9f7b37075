/** A D1 that is ill as told: it fails before it has done anything, or after it has done it all. */

/** 'before' loses the request, 'after' only the answer. */
export type Illness = 'none' | 'before' | 'after'

type Work = () => Promise<unknown>

/** Wraps a D1; `illness` is asked for each request. */
export function illDb(db: D1Database, illness: () => Illness): D1Database {
  const real = new WeakMap<D1PreparedStatement, D1PreparedStatement>()
  const afflict = async (work: Work): Promise<unknown> => {
    const now = illness()
    if (now === 'before') throw new Error('D1_ERROR: Network connection lost.')
    const answer = await work()
    if (now === 'after') throw new Error('D1_ERROR: storage caused object to be reset.')
    return answer
  }
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = new Proxy(statement, {
      get: (_statement, name) => {
        const method = Reflect.get(statement, name) as (...words: unknown[]) => Promise<unknown>
        if (name === 'bind') return (...values: unknown[]) => wrap(statement.bind(...values))
        return (...words: unknown[]) => afflict(() => method.apply(statement, words))
      },
    })
    real.set(wrapped, statement)
    return wrapped
  }
  return {
    prepare: (query: string) => wrap(db.prepare(query)),
    batch: (statements: D1PreparedStatement[]) =>
      afflict(() => db.batch(statements.map((one) => real.get(one) ?? one))),
  } as unknown as D1Database
}
