import { isDeepStrictEqual } from 'node:util'
import {
  beginCollection,
  type Collected,
  type CollectionRun,
  type Duty,
  endCollection,
  failCollection,
  type TenantUsage,
} from '@tenantry/core'
import { cluster, tenant, type UsageSignature, usage } from '@tenantry/db/schema'
import { and, eq, getTableColumns, inArray } from 'drizzle-orm'
import { askUsage } from '../usage/ask-usage.ts'
import { carryOn, type KnownUsage, mayHaveGrown } from '../usage/carry-on.ts'
import { type Sizes, takeSizes } from '../usage/take-sizes.ts'
import type { WorkerContext } from '../worker-context.ts'

/** What has not changed is written into the history after so long, ms. */
const sampleEveryMs = 15 * 60_000

/** Collects what the tenants of every cluster use; one worker a cluster at a time. */
export function collectUsage(worker: Pick<WorkerContext, 'core' | 'clusters'>, everyMs?: number): Duty {
  return {
    name: 'collect-usage',
    everyMs: 1000,
    async run() {
      const run = await beginCollection(worker.core, everyMs)
      if (!run) return 'rest'
      try {
        const found = await collect(worker, run)
        if (found) await endCollection(worker.core, run, found)
      } catch (error) {
        // What a query builder wraps around it would show every parameter.
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
        worker.core.log.debug({ cluster: run.clusterId, err: error }, 'usage not collected')
        await failCollection(worker.core, run, cause instanceof Error ? cause.message : String(cause))
      }
      return 'again'
    },
  }
}

async function collect(
  { core, clusters }: Pick<WorkerContext, 'core' | 'clusters'>,
  run: CollectionRun,
): Promise<Collected | undefined> {
  const [row] = await core.db.select().from(cluster).where(eq(cluster.id, run.clusterId))
  if (!row || row.state === 'detached') return undefined
  const begun = performance.now()
  const connect = () => clusters.connect(row)
  const client = await connect()
  const seen = await askUsage(client, run.source).finally(() => client.end())
  const known = await readKnown(core, run.clusterId)
  const here = [...known.keys()].filter((id) => seen.tenants.has(id))

  const counted = new Map<string, TenantUsage>()
  for (const id of here) {
    const now = seen.tenants.get(id)
    if (now) counted.set(id, carryOn(known.get(id)?.usage, now, seen.source))
  }
  const changed = here.filter((id) =>
    mayHaveGrown(known.get(id)?.usage, counted.get(id)?.signature as UsageSignature),
  )
  const { sizes, swept } = await takeSizes(
    connect,
    { all: here, changed },
    { sweep: run.sweep, mayReadFiles: seen.mayReadFiles },
  )
  const locked = new Set((swept ? here : changed).filter((id) => !sizes.has(id)))
  const written: TenantUsage[] = []
  for (const id of here) {
    const was = known.get(id)
    const now = counted.get(id)
    if (!now) continue
    const next = withSizes(now, sizes.get(id), locked.has(id))
    const isDue = !was?.sampledAt || was.absent || was.sampledAt.getTime() < Date.now() - sampleEveryMs
    if (isDue || differs(was.usage, next)) written.push(next)
  }
  return {
    source: seen.source,
    usage: written,
    absent: [...known.keys()].filter((id) => !seen.tenants.has(id)),
    tenants: here.length,
    sized: sizes.size,
    locked: locked.size,
    swept,
    vacuumAge: here.reduce((most, id) => Math.max(most, seen.tenants.get(id)?.vacuumAge ?? 0), 0),
    tookMs: performance.now() - begun,
  }
}

/** Of a tenant that was locked the sizes are still to be taken: it goes on being one that has changed. */
function withSizes(now: TenantUsage, sizes: Sizes | undefined, isLocked: boolean): TenantUsage {
  if (isLocked) return { ...now, sizedAt: null }
  if (!sizes) return now
  return {
    ...now,
    ...sizes,
    bytes: sizes.tableBytes + sizes.indexBytes + sizes.toastBytes,
    sizedAt: new Date(),
  }
}

/** When its sizes were taken is no change; that they are to be taken again is one. */
function differs(known: KnownUsage | undefined, { sizedAt, ...next }: TenantUsage): boolean {
  if (!known?.sameCluster) return true
  const { sizedAt: wasSized, sameCluster: _same, ...was } = known
  return (wasSized === null) !== (sizedAt === null) || !isDeepStrictEqual(was, next)
}

interface Known {
  readonly usage: KnownUsage | undefined
  readonly sampledAt: Date | null
  readonly absent: boolean
}

/** The tenants that have a schema on a cluster, with what is known of them. */
async function readKnown(core: WorkerContext['core'], clusterId: string): Promise<Map<string, Known>> {
  const rows = await core.db
    .select({ id: tenant.id, usage: getTableColumns(usage) })
    .from(tenant)
    .leftJoin(usage, eq(usage.tenantId, tenant.id))
    .where(and(eq(tenant.clusterId, clusterId), inArray(tenant.state, ['active', 'suspended', 'archived'])))
  return new Map(
    rows.map(({ id, usage: row }): [string, Known] => {
      if (!row) return [id, { usage: undefined, sampledAt: null, absent: false }]
      const { clusterId: of, quotaRatio: _quota, seenAt: _seen, sampledAt, absentSince, ...was } = row
      return [
        id,
        { usage: { ...was, sameCluster: of === clusterId }, sampledAt, absent: absentSince !== null },
      ]
    }),
  )
}
