import { roleNamesOf } from '@tenantry/contracts'
import { type GuardedSession, openGuardedSession } from '@tenantry/db/cluster'
import { timeLeft } from '../guarded-scripts.ts'
import type { StepContext } from '../step.ts'

/** What a copy is made from: another tenant, or the tenant itself where a move finds it. */
export function sourceOf({ operation, source, sourceCluster, tenant }: StepContext['claimed']) {
  const row = source ?? tenant
  if (!row || !sourceCluster) throw new Error(`operation ${operation.id} (${operation.kind}) has no source`)
  return {
    id: row.id,
    slug: row.slug,
    state: row.state,
    cluster: sourceCluster,
    fence: source ? (operation.sourceFence ?? 0) : operation.fence,
    names: { schema: row.schemaName, ...roleNamesOf(row.id) },
  }
}

/** Logs in as the source's owner, for as long as the operation has; the caller closes it. */
export function logIntoSource({ worker, claimed }: StepContext): Promise<GuardedSession> {
  const { id, fence, cluster } = sourceOf(claimed)
  return openGuardedSession({
    pool: worker.clusters.pool(cluster),
    tenantId: id,
    operationId: claimed.operation.id,
    fence,
    deadlineMs: timeLeft(claimed),
    failpoint: (name) => worker.failpoint(`source.${name}`),
  })
}

/** Ends what earlier attempts left at the source, and takes the owner's login there. @returns how many sessions */
export async function endAtSource({ worker, claimed }: StepContext): Promise<number> {
  const { id, fence, cluster } = sourceOf(claimed)
  const { rows } = await worker.clusters
    .pool(cluster)
    .query<{ ended: number }>('select tenantry.end_sessions($1, $2) as ended', [id, fence])
  return rows[0]?.ended ?? 0
}
