import {
  cluster,
  operation,
  operationLog,
  spare,
  template,
  templateVersion,
  tenant,
} from '@tenantry/db/schema'
import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { readThrough } from '../cache/read-through.ts'
import type { Region } from '../cache/service-cache.ts'
import type { CoreContext } from '../core-context.ts'

type OperationRow = typeof operation.$inferSelect
type TemplateVersion = Readonly<typeof templateVersion.$inferSelect>

/** Ready versions, which the control database lets nobody change. */
const snapshots: Region<TemplateVersion> = {
  name: 'snapshot',
  most: 64 * 1024 * 1024,
  sizeOf: ({ snapshot, seed }) => (snapshot?.length ?? 0) + seed.length,
}

/** An operation in hand: what its steps need to know, read once at the claim. */
export interface ClaimedOperation {
  readonly operation: OperationRow
  readonly cluster: typeof cluster.$inferSelect
  readonly tenant: typeof tenant.$inferSelect | null
  /** What it builds or drops where there is no tenant. */
  readonly spare: typeof spare.$inferSelect | null
  /** The tenant that it reads from, and where that is. */
  readonly source: typeof tenant.$inferSelect | null
  readonly sourceCluster: typeof cluster.$inferSelect | null
  readonly template: { slug: string; name: string } | null
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

const source = alias(tenant, 'source')
const sourceCluster = alias(cluster, 'source_cluster')

async function readClaimed(core: CoreContext, operationId: string): Promise<ClaimedOperation | undefined> {
  const [row] = await core.db
    .select({
      operation: getTableColumns(operation),
      cluster: getTableColumns(cluster),
      tenant: getTableColumns(tenant),
      spare: getTableColumns(spare),
      source: getTableColumns(source),
      sourceCluster: getTableColumns(sourceCluster),
      template: { slug: template.slug, name: template.name },
      version: {
        templateId: templateVersion.templateId,
        version: templateVersion.version,
        state: templateVersion.state,
      },
      lastLine: sql<number>`coalesce((select max(${operationLog.line}) from ${operationLog}
        where ${operationLog.operationId} = ${operation.id}), 0)::int`,
    })
    .from(operation)
    .innerJoin(cluster, eq(cluster.id, operation.clusterId))
    .leftJoin(tenant, eq(tenant.id, operation.tenantId))
    .leftJoin(spare, eq(spare.id, operation.spareId))
    .leftJoin(source, eq(source.id, operation.sourceId))
    .leftJoin(sourceCluster, eq(sourceCluster.id, source.clusterId))
    .leftJoin(template, eq(template.id, operation.templateId))
    .leftJoin(
      templateVersion,
      and(
        eq(templateVersion.templateId, operation.templateId),
        eq(
          templateVersion.version,
          sql`coalesce(${operation.input} ->> 'templateVersion', ${operation.input} ->> 'version')::int`,
        ),
      ),
    )
    .where(eq(operation.id, operationId))
  if (!row) return undefined
  const { version, ...claimed } = row
  return { ...claimed, templateVersion: version ? await readVersion(core, version) : null }
}

/** With its snapshot, which is large: once a process, not once a claim. */
async function readVersion(
  core: CoreContext,
  { templateId, version, state }: Pick<TemplateVersion, 'templateId' | 'version' | 'state'>,
): Promise<TemplateVersion | null> {
  const load = async () => {
    const [row] = await core.db
      .select()
      .from(templateVersion)
      .where(and(eq(templateVersion.templateId, templateId), eq(templateVersion.version, version)))
    return row
  }
  const found =
    state === 'ready' ? await readThrough(core, snapshots, `${templateId}/${version}`, load) : await load()
  return found ?? null
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
