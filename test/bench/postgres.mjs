/**
 * PostgreSQL with PostGIS and pg_trgm, from Debian's packages (`apt-get install postgresql-15
 * postgresql-15-postgis-3`), in a folder of its own and reached over a Unix socket alone.
 */
import { execFile, spawn } from 'node:child_process'
import { createWriteStream, existsSync } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { Client } from 'pg'

const execute = promisify(execFile)
const BIN = '/usr/lib/postgresql/15/bin'
const NAME = 'voucher_bench'
const TIME_MS_MAX = 600_000

/** As for a machine that serves one query a core, with everything in memory. */
const SETTINGS = {
  listen_addresses: '',
  shared_buffers: '1GB',
  effective_cache_size: '4GB',
  work_mem: '64MB',
  maintenance_work_mem: '512MB',
  random_page_cost: '1.1',
  max_parallel_workers_per_gather: '0',
  max_wal_size: '8GB',
  jit: 'off',
  // Plans made without the values leave out that a view is small, and cost a hundred times more.
  plan_cache_mode: 'force_custom_plan',
  fsync: 'off',
  autovacuum: 'off',
}

const SCHEMA = `
create extension postgis;
create extension pg_trgm;
create table organisations (
  id integer primary key, name text, county text, rating integer, instruments integer,
  lng double precision, lat double precision,
  place geometry(point, 4326) generated always as (st_setsrid(st_makepoint(lng, lat), 4326)) stored
);
create table instruments (
  id integer primary key, organisation integer, words text, county text, rating integer,
  lng double precision, lat double precision,
  place geometry(point, 4326) generated always as (st_setsrid(st_makepoint(lng, lat), 4326)) stored
);`

const INDEXES = `
create index on organisations using gist (place);
create index on instruments using gin (words gin_trgm_ops);
create index on instruments using gist (place);
create index on instruments (county);
vacuum analyze organisations;
vacuum analyze instruments;`

/** Says in words what to install where the server is missing. */
export function expectPostgres() {
  if (existsSync(join(BIN, 'initdb'))) return
  throw new Error('needs PostgreSQL: apt-get install -y postgresql-15 postgresql-15-postgis-3')
}

/** Starts a server in `folder`, loads the rows and answers { client, seconds, bytes, stop }. */
export async function startPostgres(folder, { organisations, instruments }) {
  const server = await launch(folder)
  const client = new Client({ host: folder, user: 'postgres', database: NAME })
  try {
    const started = performance.now()
    await prepare(folder)
    await client.connect()
    await client.query(SCHEMA)
    await copy(folder, 'organisations (id,name,county,rating,instruments,lng,lat)', organisations)
    await copy(folder, 'instruments (id,organisation,words,county,rating,lng,lat)', instruments)
    for (const statement of INDEXES.trim().split(';').filter(Boolean)) await client.query(statement)
    const seconds = (performance.now() - started) / 1000
    const { rows } = await client.query(`select pg_database_size('${NAME}') as bytes`)
    return { client, seconds, bytes: Number(rows[0].bytes), stop: () => stop(client, server) }
  } catch (error) {
    await stop(client, server)
    throw error
  }
}

async function stop(client, server) {
  await client.end().catch(() => {})
  if (server.exitCode !== null) return
  server.kill('SIGINT')
  await once(server, 'exit')
}

/** The server refuses to run as root, so it runs as Debian's user for it. */
function asPostgres(command, words) {
  if (process.getuid() !== 0) return [command, words]
  return ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...words]]
}

async function launch(folder) {
  const data = join(folder, 'data')
  await mkdir(data, { recursive: true })
  // Its user must be able to get there, and to lay its socket beside the data.
  await chmod(dirname(folder), 0o755)
  await chmod(folder, 0o777)
  if (process.getuid() === 0) await execute('chown', ['postgres:postgres', data])
  // Without a UTF-8 locale pg_trgm takes no Han character for a letter, and indexes none.
  const words = [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '-N',
  ]
  const [initdb, initdbWords] = asPostgres(join(BIN, 'initdb'), words)
  await execute(initdb, initdbWords, { cwd: '/tmp' })
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: folder })
  const [postgres, postgresWords] = asPostgres(join(BIN, 'postgres'), [
    '-D',
    data,
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const server = spawn(postgres, postgresWords, {
    cwd: '/tmp',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const log = createWriteStream(join(folder, 'server.log'))
  server.stderr.pipe(log)
  return server
}

async function prepare(folder) {
  const until = performance.now() + 20_000
  for (;;) {
    const ready = await execute(join(BIN, 'pg_isready'), ['-h', folder]).then(
      () => true,
      () => false,
    )
    if (ready) break
    if (performance.now() > until) throw new Error('PostgreSQL did not start')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await execute(join(BIN, 'createdb'), ['-h', folder, '-U', 'postgres', NAME])
}

/** Rows as tab-separated text through psql's standard input. */
async function copy(folder, target, rows) {
  const words = ['-h', folder, '-U', 'postgres', '-q', '-v', 'ON_ERROR_STOP=1', NAME]
  const psql = spawn(join(BIN, 'psql'), [...words, '-c', `copy ${target} from stdin`], {
    stdio: ['pipe', 'inherit', 'inherit'],
    timeout: TIME_MS_MAX,
  })
  for (const row of rows) {
    const line = row.map((value) => String(value).replaceAll(/[\\\t\r\n]/g, ' ')).join('\t')
    if (!psql.stdin.write(`${line}\n`)) await once(psql.stdin, 'drain')
  }
  psql.stdin.end()
  const [code] = await once(psql, 'exit')
  if (code !== 0) throw new Error(`psql could not load ${target}`)
}
