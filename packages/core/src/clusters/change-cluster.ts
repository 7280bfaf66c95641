import { changeClusterInput, TenantryError } from '@tenantry/contracts'
import { cluster } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { installFit } from './install-fit.ts'
import { findCluster, lockCluster } from './lock-cluster.ts'
import { endpointOf, sealReach } from './reach.ts'
import { seenColumns } from './register-cluster.ts'

/**
 * Changes a cluster's name, labels, limits, concurrency or address. A new address must lead to the very database that the
 * cluster is, wherever it is now.
 */
export const changeCluster = defineVerb({
  action: 'cluster.change',
  permission: 'cluster.write',
  input: changeClusterInput,
  async find(core, { clusterId, adminUrl, maxConcurrency }) {
    const row = await findCluster(core.db, clusterId)
    if (!adminUrl || row.state === 'detached') return undefined
    return installFit(
      core,
      { name: row.name, adminUrl, maxConcurrency: maxConcurrency ?? row.maxConcurrency },
      row,
    )
  },
  async run({ tx, core, audit }, { clusterId, ifVersion, adminUrl, ...wanted }, fit) {
    const before = await lockCluster(tx, 'cluster.change', { clusterId, ifVersion })
    if (adminUrl && !fit) throw new TenantryError('internal', 'The new address was not looked at.')
    const change = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
    const reach = fit
      ? {
          ...sealReach(core.vault, clusterId, { adminUrl: fit.adminUrl, workerUrl: fit.installed.workerUrl }),
          ...seenColumns(fit),
        }
      : {}
    const [after] = await tx
      .update(cluster)
      .set({ ...change, ...reach })
      .where(eq(cluster.id, clusterId))
      .returning()
    if (!after) throw new Error(`cluster ${clusterId} vanished under its lock`)
    const pick = (row: typeof before) =>
      Object.fromEntries(Object.keys(change).map((key) => [key, row[key as keyof typeof row]]))
    audit({
      target: { kind: 'cluster', id: clusterId },
      before: { ...pick(before), ...(fit ? before.endpoint : {}) },
      after: { ...pick(after), ...(fit ? endpointOf(fit.adminUrl) : {}) },
    })
    return {
      id: after.id,
      name: after.name,
      labels: after.labels,
      limits: after.limits,
      maxConcurrency: after.maxConcurrency,
      rowVersion: after.rowVersion,
    }
  },
})
