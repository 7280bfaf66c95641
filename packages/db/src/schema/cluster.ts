import type { ClusterState, Labels } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { boolean, check, integer, jsonb, text } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'

/** A PostgreSQL database in which tenant schemas live. Connection strings are sealed with the master key. */
export const cluster = control.table(
  'cluster',
  {
    id: text().primaryKey(),
    name: text().notNull().unique('cluster_name_is_unique'),
    state: text().notNull().$type<ClusterState>().default('active'),
    /** What placement rules may ask for. */
    labels: jsonb().notNull().$type<Labels>().default({}),
    /** What an administrator lets it hold at most. */
    limits: jsonb().notNull().$type<ClusterLimits>().default({}),
    adminUrl: text('admin_url').notNull(),
    workerUrl: text('worker_url').notNull(),
    /** Where the product connects, without secrets. */
    endpoint: jsonb().notNull().$type<ClusterEndpoint>().default({ host: '', port: 5432, database: '' }),
    maxConcurrency: integer('max_concurrency').notNull().default(4),
    /** What the last look at it found. */
    reachable: boolean().notNull().default(true),
    serverVersion: text('server_version'),
    capacity: jsonb().$type<ClusterCapacity>(),
    checkedAt: at('checked_at'),
    fault: text(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    check('cluster_state_is_known', sql`${t.state} in ('active', 'cordoned', 'detached')`),
    check('cluster_concurrency_is_positive', sql`${t.maxConcurrency} between 1 and 64`),
  ],
)

export interface ClusterEndpoint {
  readonly host: string
  readonly port: number
  readonly database: string
}

export interface ClusterLimits {
  readonly tenants?: number
  readonly relations?: number
  readonly databaseBytes?: number
}

export interface ClusterCapacity {
  readonly tenants: number
  readonly relations: number
  readonly connections: number
  readonly maxConnections: number
  readonly maxLocks: number
  readonly databaseBytes: number
}
