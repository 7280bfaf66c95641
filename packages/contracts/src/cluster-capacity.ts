import type { ClusterLimits } from './cluster.ts'

/** How full a cluster is, as the last look at it found. */
export interface ClusterCapacity {
  readonly tenants: number
  readonly relations: number
  /** Of the whole server. */
  readonly connections: number
  readonly maxConnections: number
  /** Entries of the server's lock table. */
  readonly locks: number
  /** max_locks_per_transaction × max_connections: what the table has room for. */
  readonly maxLocks: number
  readonly databaseBytes: number
  /** Tables and indexes of pg_catalog. */
  readonly catalogBytes: number
  /** Seconds that the server's oldest transaction has been open; 0 when none is. */
  readonly oldestTransaction: number
  /** Transactions since the oldest row that is not frozen. */
  readonly frozenAge: number
  /** Bytes of WAL since the server was made; null on a standby. */
  readonly walBytes: number | null
  /** Of the standby that is furthest behind; null: there is none. */
  readonly replicationLagSeconds: number | null
  readonly replicationLagBytes: number | null
  /** Dead rows of the catalogs ÷ all their rows. */
  readonly catalogDeadRatio: number | null
  /** Bytes; null unless a worker runs on the server's machine: PostgreSQL itself does not tell. */
  readonly diskFreeBytes: number | null
}

/** PostgreSQL refuses to write when so many transactions have passed since the oldest row that is not frozen. */
export const wraparoundAt = 2 ** 31 - 3_000_000

/** By what a cluster can be full; the first four only when somebody has set a limit. */
export const clusterDimensions = {
  tenants: 'tenants',
  relations: 'relations',
  databaseBytes: 'database size',
  catalogBytes: 'catalog size',
  connections: 'connections',
  locks: 'lock table',
  frozenAge: 'transaction ids',
} as const
export type ClusterDimension = keyof typeof clusterDimensions

export interface Fullness {
  readonly dimension: ClusterDimension
  readonly used: number
  readonly max: number
  /** used / max; 1 is full. */
  readonly ratio: number
}

/** What is known of a cluster's fill: its registered tenants now, its limits, and the last look at it. */
export interface ClusterFill {
  readonly tenants: number
  readonly limits: ClusterLimits
  readonly capacity: ClusterCapacity | null
}

/**
 * How full a cluster is by what tenants take up and somebody has limited, fullest first. What the last look found is
 * raised in the proportion of the tenants that came since, so that a burst does not outrun the look.
 */
export function limitedFullness({ tenants, limits, capacity }: ClusterFill): Fullness[] {
  const since = capacity?.tenants ? Math.max(1, tenants / capacity.tenants) : 1
  const seen = (amount: number | undefined) => (amount === undefined ? undefined : Math.round(amount * since))
  return byRatio([
    ['tenants', tenants, limits.tenants],
    ['relations', seen(capacity?.relations), limits.relations],
    ['databaseBytes', seen(capacity?.databaseBytes), limits.databaseBytes],
    ['catalogBytes', seen(capacity?.catalogBytes), limits.catalogBytes],
  ])
}

/** How full the cluster's server is by what PostgreSQL itself limits, fullest first; empty before the first look. */
export function serverFullness({ capacity }: ClusterFill): Fullness[] {
  if (!capacity) return []
  return byRatio([
    ['connections', capacity.connections, capacity.maxConnections],
    ['locks', capacity.locks, capacity.maxLocks],
    ['frozenAge', capacity.frozenAge, wraparoundAt],
  ])
}

/** The dimension in which the cluster is nearest to its end; undefined when nothing is known. */
export function fullestOf(fill: ClusterFill): Fullness | undefined {
  return [...limitedFullness(fill), ...serverFullness(fill)].toSorted((a, b) => b.ratio - a.ratio)[0]
}

function byRatio(known: readonly [ClusterDimension, number | undefined, number | undefined][]): Fullness[] {
  return known
    .flatMap(([dimension, used, max]) =>
      used === undefined || !max ? [] : [{ dimension, used, max, ratio: used / max }],
    )
    .toSorted((a, b) => b.ratio - a.ratio)
}
