import { lockBudget } from '@tenantry/contracts'
import type pg from 'pg'
import { dumpSchema } from './dump-schema.ts'
import { inspectMigration, type MigrationRefusal } from './inspect-migration.ts'
import { openGuardedSession } from './open-guarded-session.ts'
import { reduceDump } from './reduce-dump.ts'
import { renderSnapshot, type SnapshotNames } from './render-snapshot.ts'
import { runInParts } from './run-in-parts.ts'
import { type ScratchDatabase, type StandIn, withScratchDatabase } from './scratch-database.ts'
import { ScriptError } from './script-error.ts'
import { splitScript } from './split-script.ts'

export interface SnapshotMigration {
  readonly version: number | string
  readonly name: string
  readonly sql: string
}

export interface Snapshot {
  /** One script that builds the schema and its reference rows, with placeholders: see `renderSnapshot`. */
  readonly sql: string
  /** What `tenantry.fingerprint` says of every schema built from it, on this PostgreSQL major. */
  readonly fingerprint: string
  /** `dump`: squashed by pg_dump; `history`: the migrations one after the other, where the dump did not rebuild them. */
  readonly method: 'dump' | 'history'
  readonly statements: number
  /** Tables, indexes, sequences, views: everything in pg_class. */
  readonly relations: number
  readonly placeholders: SnapshotNames
}

/** A template whose migrations cannot become a snapshot. The message names migration, statement and line. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  /** The migration at fault, unless it is the history as a whole. */
  readonly migration: Pick<SnapshotMigration, 'version' | 'name'> | undefined
  /** 1-based, as far as known. */
  readonly statement: number | undefined
  readonly line: number | undefined
  /** Everything that `inspectMigration` refused in this migration. */
  readonly refusals: readonly MigrationRefusal[]

  constructor(
    message: string,
    at: {
      migration?: SnapshotMigration
      statement?: number | undefined
      line?: number | undefined
      refusals?: readonly MigrationRefusal[]
      cause?: unknown
    } = {},
  ) {
    const { migration } = at
    super(migration ? `migration ${migration.version} ${migration.name}: ${message}` : message, {
      cause: at.cause,
    })
    this.migration = migration && { version: migration.version, name: migration.name }
    this.statement = at.statement
    this.line = at.line
    this.refusals = at.refusals ?? []
  }
}

export interface BuildSnapshotOptions {
  /** A superuser of the cluster's database; a scratch database is made beside it and dropped afterwards. */
  readonly adminUrl: string
  readonly migrations: readonly SnapshotMigration[]
  /** Milliseconds for the whole history, and again for each attempt to rebuild it; five minutes when left out. */
  readonly deadlineMs?: number
}

/**
 * Replays a template's history as a tenant in a scratch database, squashes the result into one script, and proves the
 * script by building a second tenant with it: the fingerprints and the reference rows must be equal.
 * @throws {TemplateError} when a migration is refused or fails, or the history cannot run as one script
 */
export async function buildSnapshot(options: BuildSnapshotOptions): Promise<Snapshot> {
  for (const migration of options.migrations) {
    const { refusals } = await inspectMigration(migration.sql)
    const [first] = refusals
    if (first) throw new TemplateError(first.message, { migration, ...first, refusals })
  }
  const deadlineMs = options.deadlineMs ?? 300_000
  return withScratchDatabase(options.adminUrl, async (scratch) => {
    const original = await scratch.createStandIn()
    await replay(scratch, original, options.migrations, deadlineMs)
    const fingerprint = await fingerprintOf(scratch.pool, original)
    const rows = await rowsOf(scratch.pool, original)
    const common = {
      fingerprint,
      placeholders: original.names,
      relations: await relationsOf(scratch.pool, original),
    }

    // Privileges that the default privileges give need no GRANTs; only a template with its own gets them spelt out.
    for (const privileges of [false, true]) {
      const sql = await reduceDump(
        await dumpSchema(
          { connectionString: scratch.url, application_name: 'tenantry:dump' },
          original.names.schema,
          { privileges, rows: true },
        ),
      )
      const copy = await rebuild(scratch, { sql, placeholders: original.names }, deadlineMs).catch(
        notTheScript,
      )
      if (
        copy &&
        (await fingerprintOf(scratch.pool, copy)) === fingerprint &&
        same(rows, await rowsOf(scratch.pool, copy))
      )
        return { ...common, sql, method: 'dump', statements: splitScript(sql).length }
    }

    const sql = options.migrations.map((migration) => `${migration.sql.trimEnd()}\n;\n`).join('\n')
    const copy = await rebuild(scratch, { sql, placeholders: original.names }, deadlineMs).catch((cause) => {
      const message = 'the history runs only migration by migration, and its dump does not rebuild it'
      throw new TemplateError(`${message}: ${(cause as Error).message}`, { cause })
    })
    if ((await fingerprintOf(scratch.pool, copy)) !== fingerprint)
      throw new TemplateError('the history does not build the same schema twice')
    return { ...common, sql, method: 'history', statements: splitScript(sql).length }
  })
}

async function replay(
  scratch: ScratchDatabase,
  standIn: StandIn,
  migrations: readonly SnapshotMigration[],
  deadlineMs: number,
): Promise<void> {
  const session = await guarded(scratch, standIn, deadlineMs)
  try {
    for (const [place, migration] of migrations.entries()) {
      await session.run(`migration ${place + 1}`, migration.sql).catch((error) => {
        if (!(error instanceof ScriptError)) throw error
        const { message, statement, line } = error
        throw new TemplateError(message, { migration, statement, line, cause: error })
      })
    }
  } finally {
    await session.close()
  }
}

async function rebuild(
  scratch: ScratchDatabase,
  snapshot: Pick<Snapshot, 'sql' | 'placeholders'>,
  deadlineMs: number,
): Promise<StandIn> {
  const standIn = await scratch.createStandIn()
  const session = await guarded(scratch, standIn, deadlineMs)
  try {
    await runInParts({
      session,
      pool: scratch.pool,
      operationId: operationOf(standIn),
      step: 'snapshot',
      script: renderSnapshot(snapshot, standIn.names),
      budget: lockBudget(await maxLocksOf(scratch.pool), 4),
    })
    return standIn
  } finally {
    await session.close()
  }
}

const operationOf = ({ tenantId }: StandIn) => `build ${tenantId}`

function guarded({ pool }: ScratchDatabase, standIn: StandIn, deadlineMs: number) {
  const { tenantId } = standIn
  return openGuardedSession({ pool, tenantId, operationId: operationOf(standIn), fence: 2, deadlineMs })
}

async function maxLocksOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query('SELECT max_locks FROM tenantry.capacity()')
  return Number(rows[0].max_locks)
}

function notTheScript(error: unknown): undefined {
  if (!(error instanceof ScriptError)) throw error
}

async function fingerprintOf(pool: pg.Pool, { names }: StandIn): Promise<string> {
  const { rows } = await pool.query('SELECT tenantry.fingerprint($1) AS fingerprint', [names.schema])
  return rows[0].fingerprint
}

async function relationsOf(pool: pg.Pool, { names }: StandIn): Promise<number> {
  const { rows } = await pool.query(
    'SELECT count(*)::int AS n FROM pg_class WHERE relnamespace = $1::regnamespace',
    [names.schema],
  )
  return rows[0].n
}

/** Each table's number of rows and a sum over their hashes. Only plain tables: reading those runs nobody's code. */
async function rowsOf(pool: pg.Pool, { names }: StandIn): Promise<Map<string, string>> {
  const tables = await pool.query<{ name: string; query: string }>(
    `SELECT relname AS name, format('SELECT concat(count(*), '' '', sum(hashtextextended(t::text, 0))) AS sum FROM %I.%I t',
       relnamespace::regnamespace, relname) AS query
     FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r' ORDER BY relname COLLATE "C"`,
    [names.schema],
  )
  const sums = new Map<string, string>()
  for (const { name, query } of tables.rows) sums.set(name, (await pool.query(query)).rows[0].sum)
  return sums
}

function same(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): boolean {
  return left.size === right.size && [...left].every(([name, sum]) => right.get(name) === sum)
}
