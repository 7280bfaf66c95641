import {
  type ClusterDimension,
  clusterDimensions,
  type Fullness,
  fullestOf,
  limitedFullness,
  serverFullness,
} from '@tenantry/contracts'
import { formatBytes, formatCount } from '../../ui/number-format.ts'
import type { StateLook } from '../../ui/state-tones.ts'
import type { ClusterRow } from './use-clusters.ts'

/** How a cluster stands: one that does not answer says so before anything else. */
export function clusterLook(cluster: Pick<ClusterRow, 'state' | 'reachable'>): StateLook {
  if (cluster.state === 'detached') return { tone: 'off', word: 'Detached' }
  if (!cluster.reachable) return { tone: 'failed', word: 'Unreachable' }
  if (cluster.state === 'cordoned') return { tone: 'off', word: 'Cordoned' }
  return { tone: 'ok', word: 'Active' }
}

export const tenantsOn = ({ tenants }: Pick<ClusterRow, 'tenants'>) =>
  Object.values(tenants).reduce((sum, count) => sum + count, 0)

const fillOf = (cluster: ClusterRow) => ({
  tenants: tenantsOn(cluster),
  limits: cluster.limits,
  capacity: cluster.capacity,
})

/** The dimension in which a cluster is nearest to its end. */
export const fullestDimension = (cluster: ClusterRow) => fullestOf(fillOf(cluster))

/** Everything of a cluster that has an end, the limited first. */
export const dimensionsOf = (cluster: ClusterRow): Fullness[] => [
  ...limitedFullness(fillOf(cluster)),
  ...serverFullness(fillOf(cluster)),
]

const inBytes: readonly ClusterDimension[] = ['databaseBytes', 'catalogBytes']

/** An amount in the unit of its dimension: 1,200 or 4.2 GB. */
export function formatAmount(dimension: ClusterDimension, amount: number): string {
  if (!inBytes.includes(dimension)) return formatCount(amount)
  const { value, unit } = formatBytes(amount)
  return `${value} ${unit}`
}

/** "12 of 100 connections" */
export function fullnessWords({ dimension, used, max }: Fullness): string {
  return `${formatAmount(dimension, used)} of ${formatAmount(dimension, max)}, ${clusterDimensions[dimension]}`
}
