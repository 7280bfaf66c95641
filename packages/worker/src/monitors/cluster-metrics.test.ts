import { metricNames, scopeOf, wraparoundAt } from '@tenantry/contracts'
import { describe, expect, it } from 'vitest'
import { clusterMetrics } from './cluster-metrics.ts'
import { diskFree } from './disk-free.ts'

const capacity = {
  tenants: 12,
  relations: 1000,
  connections: 20,
  maxConnections: 100,
  locks: 64,
  maxLocks: 6400,
  databaseBytes: 1e9,
  catalogBytes: 1e7,
  oldestTransaction: 5,
  frozenAge: wraparoundAt / 4,
  walBytes: 4096,
  replicationLagSeconds: null,
  replicationLagBytes: null,
  catalogDeadRatio: 0.2,
  diskFreeBytes: null,
}

describe('the metrics of a cluster', () => {
  it('are all measured by a look at it, but for the one that is found with its tenants', () => {
    const measured = clusterMetrics({ limits: { tenants: 20 }, capacity })
    const all = metricNames.filter(
      (name) => scopeOf(name) === 'cluster' && name !== 'cluster_vacuum_age_seconds',
    )
    expect(Object.keys(measured).sort()).toEqual(all.sort())
    expect(measured).toMatchObject({
      cluster_up: 1,
      cluster_connections_ratio: 0.2,
      cluster_locks_ratio: 0.01,
      cluster_fullness_ratio: 0.6,
      cluster_wraparound_ratio: 0.25,
      cluster_replication_lag_seconds: null,
    })
  })

  it('say of a cluster that does not answer that alone', () => {
    expect(clusterMetrics({ limits: {}, capacity: null })).toEqual({ cluster_up: 0 })
  })

  it('say how much room its disk has only from the same machine', async () => {
    expect(await diskFree('127.0.0.1', '/')).toBeGreaterThan(0)
    expect(await diskFree('db.example', '/')).toBeNull()
    expect(await diskFree('127.0.0.1', '/nowhere/at/all')).toBeNull()
    expect(await diskFree('127.0.0.1', null)).toBeNull()
  })
})
