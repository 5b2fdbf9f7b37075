/**
 * An object's storage over SQLite in memory. Writes outside `transactionSync` belong to the turn:
 * they stand when the turn ends, whatever was thrown, and are gone when it crashes.
 */
import { DatabaseSync } from 'node:sqlite'
import type { StatementSync } from 'node:sqlite'

export type Value = string | number | null
export type Row = Record<string, Value>

/** One database and the statements prepared on it. */
export class Database {
  private readonly file = new DatabaseSync(':memory:')
  private readonly statements = new Map<string, StatementSync>()

  all(query: string, values: readonly Value[] = []): Row[] {
    return this.prepared(query).all(...values) as Row[]
  }

  /** Several statements without parameters, such as a schema. */
  script(text: string): void {
    this.file.exec(text)
  }

  close(): void {
    this.file.close()
  }

  private prepared(query: string): StatementSync {
    const kept = this.statements.get(query)
    if (kept) return kept
    const statement = this.file.prepare(query)
    this.statements.set(query, statement)
    return statement
  }
}

/** What `sql.exec` answers: everything at once. */
class Cursor {
  constructor(private readonly rows: Row[]) {}

  toArray(): Row[] {
    return this.rows
  }

  one(): Row {
    const [row] = this.rows
    if (!row || this.rows.length > 1)
      throw new Error(`Expected exactly one result from SQL query, but got ${this.rows.length}`)
    return row
  }

  [Symbol.iterator](): Iterator<Row> {
    return this.rows[Symbol.iterator]()
  }
}

/** The database of one object, which outlives its instances. */
export class Storage {
  readonly database = new Database()
  private in_turn = false
  private depth = 0

  exec(query: string, values: readonly Value[]): Cursor {
    this.beginTurn()
    if (values.length === 0 && isScript(query)) {
      this.database.script(query)
      return new Cursor([])
    }
    return new Cursor(this.database.all(query, values))
  }

  transactionSync<T>(use: () => T): T {
    this.beginTurn()
    const name = `inner_${this.depth}`
    this.depth += 1
    this.database.all(`SAVEPOINT ${name}`)
    try {
      const result = use()
      this.database.all(`RELEASE ${name}`)
      return result
    } catch (error) {
      this.database.all(`ROLLBACK TO ${name}`)
      this.database.all(`RELEASE ${name}`)
      throw error
    } finally {
      this.depth -= 1
    }
  }

  /** False where no instance ever committed its schema. */
  isMade(): boolean {
    return this.database.all('SELECT 1 FROM sqlite_master LIMIT 1').length > 0
  }

  endTurn(fate: 'commit' | 'lose'): void {
    if (!this.in_turn) return
    if (fate === 'lose') this.database.all('ROLLBACK TO turn')
    this.database.all('RELEASE turn')
    this.in_turn = false
  }

  private beginTurn(): void {
    if (this.in_turn) return
    this.database.all('SAVEPOINT turn')
    this.in_turn = true
  }
}

/** More than one statement: a semicolon before the last character. */
function isScript(query: string): boolean {
  const at = query.indexOf(';')
  return at >= 0 && at < query.trimEnd().length - 1
}
