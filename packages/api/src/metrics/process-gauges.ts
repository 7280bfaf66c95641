import type pg from 'pg'
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client'
import type { ApiConfig } from '../config.ts'

/** What this process is and how it fares: build, memory, event loop, connection pool. */
export function registerProcessGauges(
  registry: Registry,
  { config, pool }: { config: ApiConfig; pool: pg.Pool },
): void {
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'tenantry_build_info',
    help: 'Which build this is; always 1.',
    labelNames: ['version', 'revision', 'node'],
    registers: [registry],
  }).set({ ...config.build, node: config.node }, 1)
  new Gauge({
    name: 'db_client_connection_count',
    help: 'Connections of the pool on the control database.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'used' }, pool.totalCount - pool.idleCount)
    },
  })
  new Gauge({
    name: 'db_client_connection_max',
    help: 'Most connections that the pool opens.',
    registers: [registry],
  }).set(pool.options.max)
  new Gauge({
    name: 'db_client_connection_pending_requests',
    help: 'Requests that wait for a connection.',
    registers: [registry],
    collect() {
      this.set(pool.waitingCount)
    },
  })
}
