import { type ClusterReport, checkClusterInput } from '@tenantry/contracts'
import { checkCluster as look } from '@tenantry/db/cluster'
import { cluster } from '@tenantry/db/schema'
import { and, eq, ne } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { knownClusters, knownOf } from './known-clusters.ts'
import { findCluster } from './lock-cluster.ts'
import { endpointOf, unsealReach } from './reach.ts'

/**
 * Looks at a database that may become a cluster, or at one that is: one answer a check, with what mends it. Registers
 * nothing; audited because it dials out.
 */
export const checkCluster = defineVerb({
  action: 'cluster.check',
  permission: 'cluster.write',
  input: checkClusterInput,
  async find(core, input) {
    const self = 'clusterId' in input ? await findCluster(core.db, input.clusterId) : undefined
    const adminUrl =
      input.adminUrl ??
      (self && self.state !== 'detached' ? unsealReach(core.vault, self).adminUrl : undefined)
    if (!adminUrl) return undefined
    const seen = await look(adminUrl, {
      maxConcurrency: 'maxConcurrency' in input ? input.maxConcurrency : (self?.maxConcurrency ?? 4),
      known: await knownClusters(core.db),
      self: self && knownOf(self),
      linkLocal: core.linkLocalClusters ?? false,
    })
    return { adminUrl, seen }
  },
  async run({ tx, audit }, input, found): Promise<ClusterReport> {
    const clusterId = 'clusterId' in input ? input.clusterId : undefined
    if (!found) return { checks: [], serverVersion: null, schemas: [] }
    const { checks, serverVersion, schemas } = found.seen
    // What an address that is only tried says is not what is known of the cluster.
    if (clusterId && !input.adminUrl) {
      await tx
        .update(cluster)
        .set({ checks, checksAt: new Date() })
        .where(and(eq(cluster.id, clusterId), ne(cluster.state, 'detached')))
    }
    audit({
      ...(clusterId ? { target: { kind: 'cluster', id: clusterId } } : {}),
      after: {
        ...endpointOf(found.adminUrl),
        errors: checks.filter(({ outcome }) => outcome === 'error').map(({ check }) => check),
      },
    })
    return { checks, serverVersion, schemas }
  },
})
