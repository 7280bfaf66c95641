import {
  type DueEnforcement,
  type Duty,
  dueEnforcements,
  judgeQuotas,
  mostChanges,
  onceAcrossProcesses,
  recordNotTold,
  recordTold,
  type ToldLimits,
} from '@tenantry/core'
import { cluster } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import type { WorkerContext } from '../worker-context.ts'

export const holdQuotasName = 'hold-quotas'

/** Tenants told of in one run. */
const most = 200
/** Of them at once. */
const hands = 8

/**
 * Holds tenants to their limits: judges what was measured, writes down what each cluster is to be told, and tells it.
 * Each of the three can be repeated, so that whoever dies in between is succeeded by the next run of any worker.
 */
export function holdQuotas(worker: Pick<WorkerContext, 'core' | 'clusters' | 'failpoint'>): Duty {
  const { core } = worker
  return {
    name: holdQuotasName,
    everyMs: 2000,
    async run() {
      const changed = await judgeQuotas(core, (tenant) => exactBytes(worker, tenant))
      await worker.failpoint('quota.judged')
      await onceAcrossProcesses(core.db, holdQuotasName, async (tx) => {
        // An exemption that is over goes with an event, so that nobody goes on with it from a cache.
        await tx.execute(sql`delete from control.quota where until <= clock_timestamp()`)
        await tx.execute(sql`select control.rate_quotas(), control.want_enforcement()`)
      })
      const due = await dueEnforcements(core, most)
      const left = [...due]
      const tellNext = async () => {
        for (let next = left.shift(); next; next = left.shift()) await tell(worker, next)
      }
      await Promise.all(Array.from({ length: hands }, tellNext))
      return due.length === most || changed === mostChanges ? 'again' : 'rest'
    },
  }
}

async function exactBytes(
  { core, clusters }: Pick<WorkerContext, 'core' | 'clusters'>,
  tenant: { id: string; clusterId: string },
): Promise<number> {
  const [row] = await core.db.select().from(cluster).where(eq(cluster.id, tenant.clusterId))
  if (!row || row.state === 'detached') throw new Error(`cluster ${tenant.clusterId} is not looked after`)
  const { rows } = await clusters
    .pool(row)
    .query<{ bytes: string | null }>('select tenantry.tenant_bytes($1) as bytes', [tenant.id])
  const bytes = rows[0]?.bytes
  if (bytes == null) throw new Error('the cluster knows no such tenant')
  return Number(bytes)
}

async function tell(
  { core, clusters, failpoint }: Pick<WorkerContext, 'core' | 'clusters' | 'failpoint'>,
  due: DueEnforcement,
): Promise<void> {
  const { tenantId, revision, wanted } = due
  try {
    const pool = clusters.pool(due.cluster)
    await failpoint('quota.tell.before')
    const { rows } = await pool.query<{ told: ToldLimits }>(
      'select tenantry.set_tenant_limits($1, $2, $3) as told',
      [tenantId, revision, JSON.stringify(wanted)],
    )
    await failpoint('quota.told')
    if (wanted.blocked) await pool.query('select tenantry.end_held_writes($1)', [tenantId])
    const told = rows[0]?.told
    if (!told) throw new Error('tenantry.set_tenant_limits() returned nothing')
    await recordTold(core, due, told)
    core.log.info({ tenant: tenantId, revision, wanted, ...told }, 'limits told')
  } catch (error) {
    // A worker that slept has been overtaken: what it read is no longer wanted.
    if ((error as { code?: string }).code === 'TN002') return
    const fault = error instanceof Error ? error.message : String(error)
    core.log.warn({ err: error, tenant: tenantId, cluster: due.cluster.name }, 'limits not told')
    await recordNotTold(core, due, fault)
  }
}
