import { type Labels, tenantMachine } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { cluster, operation, tenant } from '@tenantry/db/schema'
import { and, eq, ne, notInArray, sql } from 'drizzle-orm'
import { choosePlacement, type Placement, type PlacementCandidate } from './choose-placement.ts'
import { readPlacement } from './read-placement.ts'

/**
 * Chooses the cluster of a tenant that is made in this transaction. Where there is a choice, or a limit that could be
 * passed, placements take turns: each sees the tenants of those before it, so that a burst of sign-ups spreads.
 * @throws TenantryError `not_found`, `no_cluster` with the reason
 */
export async function placeTenant(
  tx: Database,
  { labels, clusterId }: { labels: Labels; clusterId?: string | undefined },
): Promise<Placement> {
  const { policy } = await readPlacement(tx)
  const first = await placementCandidates(tx)
  const isFree = first.length < 2 && first.every(({ limits }) => Object.keys(limits).length === 0)
  if (isFree) return choosePlacement({ policy, candidates: first, labels, clusterId })
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('tenantry.placement'))`)
  return choosePlacement({ policy, candidates: await placementCandidates(tx), labels, clusterId })
}

/** Every cluster that is not detached with what placement needs to know, by name. */
export async function placementCandidates(db: Database): Promise<PlacementCandidate[]> {
  return db
    .select({
      id: cluster.id,
      name: cluster.name,
      state: cluster.state,
      reachable: cluster.reachable,
      labels: cluster.labels,
      limits: cluster.limits,
      capacity: cluster.capacity,
      // One that is being moved there counts here already, or a drain would send all to the same cluster.
      tenants: sql<number>`(count(${tenant.id}) + (select count(*) from ${operation} where ${operation.clusterId} = ${cluster.id}
        and ${operation.kind} = 'tenant.move' and ${operation.finishedAt} is null))::int`,
    })
    .from(cluster)
    .leftJoin(
      tenant,
      and(eq(tenant.clusterId, cluster.id), notInArray(tenant.state, [...tenantMachine.final])),
    )
    .where(ne(cluster.state, 'detached'))
    .groupBy(cluster.id)
    .orderBy(cluster.name)
}
