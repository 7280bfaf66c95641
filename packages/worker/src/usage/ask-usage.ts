import type { UsageSource } from '@tenantry/db/schema'
import type pg from 'pg'

/** What a cluster says of one tenant at one moment. */
export interface SeenUsage {
  readonly tenantId: string
  readonly relations: number
  readonly files: string
  readonly pages: number
  readonly written: number
  readonly rows: number
  readonly deadRows: number
  readonly blocksHit: number
  readonly blocksRead: number
  readonly vacuumAge: number
  readonly connections: number
  readonly oldestTransaction: number
  /** Left out where pg_stat_statements is not there. */
  readonly statements?: SeenStatements
}

export interface SeenStatements {
  readonly calls: number
  readonly seconds: number
  readonly tempBytes: number
  readonly transactions: number
}

export interface SeenCluster {
  readonly source: UsageSource
  readonly mayReadFiles: boolean
  readonly tenants: ReadonlyMap<string, SeenUsage>
}

interface SourceRow {
  stats_reset: Date | null
  commits: string
  statements_reset: Date | null
  may_read_files: boolean
}

const nothing: SeenStatements = { calls: 0, seconds: 0, tempBytes: 0, transactions: 0 }

/**
 * Asks a cluster what its tenants use: a few questions, whatever their number, and no relation is opened.
 * @param before what the last look found; tells whether the counters have begun anew
 */
export async function askUsage(client: pg.Client, before: UsageSource | undefined): Promise<SeenCluster> {
  // Before the counters: what begins anew in between is noticed at the next look.
  const source = await client.query<SourceRow>('select * from tenantry.usage_source()')
  const [of] = source.rows
  if (!of) throw new Error('tenantry.usage_source() returned nothing')
  const signatures = await client.query<Record<string, string>>('select * from tenantry.usage_signatures()')
  const sessions = await client.query<{ tenant_id: string; connections: number; oldest_transaction: number }>(
    'select * from tenantry.usage_sessions()',
  )
  const connected = new Map(sessions.rows.map((row) => [row.tenant_id, row]))
  const counted = of.statements_reset ? await askStatements(client) : undefined
  const tenants = new Map<string, SeenUsage>()
  for (const row of signatures.rows) {
    const id = row.tenant_id ?? ''
    const session = connected.get(id)
    tenants.set(id, {
      tenantId: id,
      relations: Number(row.relations),
      files: row.files ?? '0',
      pages: Number(row.pages),
      written: Number(row.written),
      rows: Number(row.rows),
      deadRows: Number(row.dead_rows),
      blocksHit: Number(row.blocks_hit),
      blocksRead: Number(row.blocks_read),
      vacuumAge: Number(row.vacuum_age),
      connections: session?.connections ?? 0,
      oldestTransaction: session?.oldest_transaction ?? 0,
      ...(counted ? { statements: counted.get(id) ?? nothing } : {}),
    })
  }
  return { source: nextSource(before, of), mayReadFiles: of.may_read_files, tenants }
}

async function askStatements(client: pg.Client): Promise<Map<string, SeenStatements>> {
  const { rows } = await client.query<{
    tenant_id: string
    calls: string
    seconds: number
    temp_bytes: string
    transactions: string
  }>('select * from tenantry.usage_statements()')
  return new Map(
    rows.map((row) => [
      row.tenant_id,
      {
        calls: Number(row.calls),
        seconds: row.seconds,
        tempBytes: Number(row.temp_bytes),
        transactions: Number(row.transactions),
      },
    ]),
  )
}

/** A reset is told by its time, a crash by commits that are gone: it discards the time as well. */
function nextSource(before: UsageSource | undefined, now: SourceRow): UsageSource {
  const statsReset = now.stats_reset?.toISOString() ?? null
  const statementsReset = now.statements_reset?.toISOString() ?? null
  const commits = Number(now.commits)
  const anew = before && (before.statsReset !== statsReset || commits < before.commits)
  const statementsAnew = before && before.statementsReset !== statementsReset
  return {
    statsReset,
    commits,
    generation: (before?.generation ?? 0) + (anew ? 1 : 0),
    statementsReset,
    statementsGeneration: (before?.statementsGeneration ?? 0) + (statementsAnew ? 1 : 0),
  }
}
