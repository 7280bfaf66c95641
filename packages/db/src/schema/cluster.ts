import type { ClusterCapacity, ClusterCheck, ClusterLimits, ClusterState, Labels } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { bigint, boolean, check, integer, jsonb, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'

/** A PostgreSQL database in which tenant schemas live. Connection strings are sealed with the master key. */
export const cluster = control.table(
  'cluster',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    state: text().notNull().$type<ClusterState>().default('active'),
    /** Why it is cordoned or detached. */
    stateReason: text('state_reason'),
    /** What placement rules may ask for. */
    labels: jsonb().notNull().$type<Labels>().default({}),
    /** What an administrator lets it hold at most. */
    limits: jsonb().notNull().$type<ClusterLimits>().default({}),
    adminUrl: text('admin_url').notNull(),
    workerUrl: text('worker_url').notNull(),
    /** Where the product connects, without secrets. */
    endpoint: jsonb().notNull().$type<ClusterEndpoint>().default({ host: '', port: 5432, database: '' }),
    /** Which database of which server it is, whatever its address; null where the server does not tell. */
    systemIdentifier: text('system_identifier'),
    databaseOid: bigint('database_oid', { mode: 'number' }),
    /** Of Tenantry's side: a database that was restored elsewhere keeps it. */
    installationId: text('installation_id'),
    maxConcurrency: integer('max_concurrency').notNull().default(4),
    /** What the last look at it found. */
    reachable: boolean().notNull().default(true),
    serverVersion: text('server_version'),
    capacity: jsonb().$type<ClusterCapacity>(),
    checkedAt: at('checked_at'),
    fault: text(),
    /** The last answers to everything that is looked at before a cluster is added. */
    checks: jsonb().notNull().$type<readonly ClusterCheck[]>().default([]),
    checksAt: at('checks_at'),
    /** Raised by every change that a person makes; editors send back what they saw. */
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('cluster_name_is_unique').on(t.name).where(sql`${t.state} <> 'detached'`),
    uniqueIndex('cluster_is_a_database_once')
      .on(t.systemIdentifier, t.databaseOid)
      .where(sql`${t.state} <> 'detached'`),
    check('cluster_state_is_known', sql`${t.state} in ('active', 'cordoned', 'detached')`),
    check(
      'cluster_detached_keeps_no_secrets',
      sql`${t.state} <> 'detached' or (${t.adminUrl} = '' and ${t.workerUrl} = '')`,
    ),
    check('cluster_concurrency_is_positive', sql`${t.maxConcurrency} between 1 and 64`),
  ],
)

export interface ClusterEndpoint {
  readonly host: string
  readonly port: number
  readonly database: string
}
