/**
 * A ledger's storage as SQL that makes it again, from its own tables: how `version-<n>.sql` was
 * written before the next migration changed what a ledger stores.
 */

const OWN = `name NOT LIKE '\\_%' ESCAPE '\\' AND sql IS NOT NULL`

/** Tables, then their rows, then indexes and triggers, so that no rule is in the way of a row. */
export function dumpOf(sql: SqlStorage): string {
  const query = `SELECT type, name, sql FROM sqlite_schema WHERE ${OWN} ORDER BY rowid`
  const all = sql.exec<{ type: string; name: string; sql: string }>(query).toArray()
  const tables = all.filter(({ type }) => type === 'table')
  const rest = ['index', 'trigger'].flatMap((kind) => all.filter(({ type }) => type === kind))
  const rows = tables.flatMap(({ name }) =>
    sql
      .exec(`SELECT * FROM ${name}`)
      .toArray()
      .map((row) => `INSERT INTO ${name} VALUES (${Object.values(row).map(quoted).join(', ')})`),
  )
  const lines = [...tables.map((one) => one.sql), ...rows, ...rest.map((one) => one.sql)]
  return `${lines.join(';\n')};\n`
}

function quoted(value: SqlStorageValue): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  return value === null ? 'NULL' : JSON.stringify(value)
}
