import type { OperationKind } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { cluster, operation, operationLog, spare, template, tenant } from '@tenantry/db/schema'
import { eq, getTableColumns, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { CoreContext } from '../core-context.ts'
import { readVersion, type TemplateVersion } from './read-version.ts'

type OperationRow = typeof operation.$inferSelect
/** An operation in hand: what its steps need to know, read once at the claim. */
export interface ClaimedOperation {
  readonly operation: OperationRow
  readonly cluster: typeof cluster.$inferSelect
  readonly tenant: typeof tenant.$inferSelect | null
  /** What it builds or drops where there is no tenant. */
  readonly spare: typeof spare.$inferSelect | null
  /** The tenant that it reads from. */
  readonly source: typeof tenant.$inferSelect | null
  /** Where what it reads from is: the source, or the tenant itself, which a move finds elsewhere than it brings it. */
  readonly sourceCluster: typeof cluster.$inferSelect | null
  readonly template: { slug: string; name: string } | null
  /** Null also where the kind replays nothing of it. */
  readonly templateVersion: TemplateVersion | null
  /** The last line of its log so far. */
  readonly lastLine: number
}

/**
 * Takes an operation for `workerId`: one worker gets it, with a new attempt number and fencing token.
 * @param leaseMs milliseconds until others may take it over, unless prolonged
 * @returns undefined when it is not due, in other hands, or over
 */
export async function claimOperation(
  core: CoreContext,
  operationId: string,
  workerId: string,
  leaseMs: number,
): Promise<ClaimedOperation | undefined> {
  const { rows } = await core.db.execute<{ attempt: number }>(
    sql`select attempt from control.claim_operation(${operationId}, ${workerId}, ${leaseMs} * interval '1 ms')`,
  )
  const [claim] = rows
  if (!claim) return undefined
  const claimed = await readClaimed(core, operationId)
  // Whoever was slow to look may see that somebody else has taken it meanwhile.
  return claimed?.operation.attempt === claim.attempt && claimed.operation.workerId === workerId
    ? claimed
    : undefined
}

/** What changes a schema that is there: a snapshot is long, and these have no use for it. */
const replaysNothing: OperationKind[] = [
  'tenant.claim',
  'tenant.discard',
  'tenant.suspend',
  'tenant.resume',
  'tenant.rename',
  'tenant.rotate',
  'tenant.archive',
  'tenant.restore',
  'tenant.purge',
  'spare.drop',
]

const source = alias(tenant, 'source')
const sourceCluster = alias(cluster, 'source_cluster')

const statements = new WeakMap<Database, ReturnType<typeof prepareReading>>()

async function readClaimed(core: CoreContext, operationId: string): Promise<ClaimedOperation | undefined> {
  const { db } = core
  const statement = statements.get(db) ?? prepareReading(db)
  statements.set(db, statement)
  const [row] = await statement.execute({ operationId })
  if (!row) return undefined
  const { templateId, input, kind } = row.operation
  const version = Number(input.templateVersion ?? input.version)
  const replays = templateId && version && !replaysNothing.includes(kind)
  const found = replays ? await readVersion(core, templateId, version) : null
  return { ...row, templateVersion: found }
}

/** Seven tables: each connection plans their join once, because planning it costs more than reading one row. */
function prepareReading(db: Database) {
  return db
    .select({
      operation: getTableColumns(operation),
      cluster: getTableColumns(cluster),
      tenant: getTableColumns(tenant),
      spare: getTableColumns(spare),
      source: getTableColumns(source),
      sourceCluster: getTableColumns(sourceCluster),
      template: { slug: template.slug, name: template.name },
      lastLine: sql<number>`coalesce((select max(${operationLog.line}) from ${operationLog}
        where ${operationLog.operationId} = ${operation.id}), 0)::int`,
    })
    .from(operation)
    .innerJoin(cluster, eq(cluster.id, operation.clusterId))
    .leftJoin(tenant, eq(tenant.id, operation.tenantId))
    .leftJoin(spare, eq(spare.id, operation.spareId))
    .leftJoin(source, eq(source.id, operation.sourceId))
    .leftJoin(sourceCluster, eq(sourceCluster.id, sql`coalesce(${source.clusterId}, ${tenant.clusterId})`))
    .leftJoin(template, eq(template.id, operation.templateId))
    .where(eq(operation.id, sql.placeholder('operationId')))
    .prepare('tenantry_read_claimed')
}

/**
 * Prolongs the leases that a worker holds.
 * @returns the ids that are still its own; what is missing was taken over and must be let go
 */
export async function prolongLeases(
  core: CoreContext,
  workerId: string,
  operationIds: readonly string[],
  leaseMs: number,
): Promise<string[]> {
  const { rows } = await core.db.execute<{ id: string }>(sql`
    update control.operation set lease_until = clock_timestamp() + ${leaseMs} * interval '1 ms'
    where worker_id = ${workerId} and id = any(${sql.param(operationIds)}) returning id`)
  return rows.map((row) => row.id)
}

/** What a worker learns of a person's wish to stop one of the operations in its hands. */
export interface CancelRequest {
  readonly id: string
  /** Milliseconds until the step in hand is ended by force; never negative. */
  readonly forceInMs: number
}

/** Which of these operations somebody wants to stop. By the control database's clock. */
export async function readCancelRequests(
  { db }: CoreContext,
  operationIds: readonly string[],
): Promise<CancelRequest[]> {
  const { rows } = await db.execute<CancelRequest & Record<string, unknown>>(sql`
    select id, greatest(0, extract(epoch from cancel_force_at - clock_timestamp()) * 1000)::float8 as "forceInMs"
    from control.operation where id = any(${sql.param(operationIds)}) and cancel_requested_at is not null`)
  return rows
}
