import { type ClusterState, TenantryError, tenantMachine } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { cluster, tenant } from '@tenantry/db/schema'
import { and, eq, notInArray, sql } from 'drizzle-orm'

export interface PlacementCandidate {
  readonly id: string
  readonly name: string
  readonly state: ClusterState
  readonly reachable: boolean
  /** Tenants that are there or on their way. */
  readonly tenants: number
}

export interface Placement {
  readonly clusterId: string
  readonly name: string
  /** Why this one, in a sentence. */
  readonly reason: string
}

/**
 * Chooses the cluster for a new tenant: the wanted one, else the reachable active one with the fewest tenants (by name
 * among equals).
 * @throws TenantryError `not_found`, `no_cluster`
 */
export function choosePlacement(candidates: readonly PlacementCandidate[], wanted?: string): Placement {
  const open = candidates.filter((c) => c.state === 'active' && c.reachable)
  if (wanted) {
    const found = candidates.find((c) => c.id === wanted)
    if (!found) {
      throw new TenantryError('not_found', `There is no cluster ${wanted}.`, {
        field: 'clusterId',
        action: 'Choose one of the clusters in the list, or let placement choose.',
      })
    }
    if (!open.includes(found)) {
      throw new TenantryError(
        'no_cluster',
        `Cluster ${found.name} ${found.state === 'active' ? 'does not answer' : `is ${found.state} and takes no new tenants`}.`,
        { field: 'clusterId', action: 'Choose another cluster, or let placement choose.' },
      )
    }
    return {
      clusterId: found.id,
      name: found.name,
      reason: `Chosen by hand: ${found.name}, ${count(found.tenants)}.`,
    }
  }
  const [best, ...others] = open.toSorted((a, b) => a.tenants - b.tenants || a.name.localeCompare(b.name))
  if (!best) {
    throw new TenantryError(
      'no_cluster',
      'No cluster takes new tenants: every one is cordoned or does not answer.',
      {
        field: 'clusterId',
        action: 'Bring a cluster back or lift its cordon, then try again.',
      },
    )
  }
  const reason = others.length
    ? `Least full of ${open.length} clusters: ${best.name}, ${count(best.tenants)}.`
    : `The only cluster that takes tenants: ${best.name}, ${count(best.tenants)}.`
  return { clusterId: best.id, name: best.name, reason }
}

const count = (n: number) => `${n} ${n === 1 ? 'tenant' : 'tenants'}`

/** Every cluster with what placement needs to know. */
export async function placementCandidates(db: Database): Promise<PlacementCandidate[]> {
  return db
    .select({
      id: cluster.id,
      name: cluster.name,
      state: cluster.state,
      reachable: cluster.reachable,
      tenants: sql<number>`count(${tenant.id})::int`,
    })
    .from(cluster)
    .leftJoin(
      tenant,
      and(eq(tenant.clusterId, cluster.id), notInArray(tenant.state, [...tenantMachine.final])),
    )
    .groupBy(cluster.id)
    .orderBy(cluster.name)
}
