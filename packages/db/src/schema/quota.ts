import type { QuotaLevel, QuotaResource } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { cluster } from './cluster.ts'
import { at, control } from './control.ts'
import { plan } from './plan.ts'
import { tenant } from './tenant.ts'
import { user } from './user.ts'

/** A limit: one tenant's override, else its plan's, else the fleet's default, where neither is named. */
export const quota = control.table(
  'quota',
  {
    tenantId: text('tenant_id').references(() => tenant.id),
    planId: text('plan_id').references(() => plan.id, { onDelete: 'cascade' }),
    resource: text().notNull().$type<QuotaResource>(),
    /** In the resource's unit. */
    limit: bigint({ mode: 'number' }).notNull(),
    /** How long a tenant may be over it before it is enforced; 0: at once. */
    graceSeconds: integer('grace_seconds').notNull().default(0),
    /** An exemption: it holds until then, and `reason` says why. Null: for good. */
    until: at('until'),
    reason: text(),
    setBy: text('set_by')
      .notNull()
      .references(() => user.id),
    setAt: at('set_at').notNull().defaultNow(),
  },
  (t) => [
    unique('quota_is_one_per_holder_and_resource').on(t.tenantId, t.planId, t.resource).nullsNotDistinct(),
    check('quota_has_one_holder', sql`num_nonnulls(${t.tenantId}, ${t.planId}) <= 1`),
    check('quota_with_an_end_is_of_a_tenant', sql`${t.until} is null or ${t.tenantId} is not null`),
    check('quota_limit_is_not_negative', sql`${t.limit} >= 0`),
    check('quota_grace_is_at_most_90_days', sql`${t.graceSeconds} between 0 and 7776000`),
    check(
      'quota_resource_is_known',
      sql`${t.resource} in ('storage_bytes', 'relations', 'connections', 'temp_bytes', 'statement_seconds')`,
    ),
  ],
)

/** Where a tenant stands with one limit, as the monitor last saw it. */
export const quotaState = control.table(
  'quota_state',
  {
    tenantId: text('tenant_id')
      .notNull()
      .references(() => tenant.id),
    resource: text().notNull().$type<QuotaResource>(),
    level: text().notNull().$type<QuotaLevel>().default('ok'),
    /** In the resource's unit. */
    used: bigint({ mode: 'number' }).notNull(),
    limit: bigint({ mode: 'number' }).notNull(),
    /** Since when it has this level. */
    since: at('since').notNull().defaultNow(),
    /** Enforced then, while it is `exceeded`. */
    graceUntil: at('grace_until'),
    /** When the cluster was told of what holds now; null: it is yet to be told. */
    enforcedAt: at('enforced_at'),
    fault: text(),
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
    seenAt: at('seen_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.resource] }),
    check('quota_level_is_known', sql`${t.level} in ('ok', 'warned', 'critical', 'exceeded', 'blocked')`),
    check('quota_exceeded_iff_it_has_grace', sql`(${t.level} = 'exceeded') = (${t.graceUntil} is not null)`),
    index('quota_state_by_level').on(t.level).where(sql`${t.level} <> 'ok'`),
  ],
)

/** What a cluster is to hold a tenant to, in the words of `tenantry.set_tenant_limits`; what is left out has no limit. */
export interface HeldLimits {
  /** Nothing more may be written. */
  readonly blocked?: true
  readonly relations?: number
  readonly connections?: number
  readonly tempBytes?: number
}

/**
 * What each tenant's cluster is to be told, and what it was told: an outbox of the latest wish alone. A revision is told
 * in its order or not at all, so that a worker which slept cannot undo what came after.
 */
export const enforcement = control.table('enforcement', {
  tenantId: text('tenant_id')
    .primaryKey()
    .references(() => tenant.id),
  wanted: jsonb().notNull().$type<HeldLimits>(),
  /** Raised with every change of `wanted`. */
  revision: bigint({ mode: 'number' }).notNull().default(1),
  toldRevision: bigint('told_revision', { mode: 'number' }),
  /** Whom: a tenant that moves is told of anew. */
  toldClusterId: text('told_cluster_id').references(() => cluster.id),
  toldAt: at('told_at'),
  /** Resources that this cluster cannot hold, for want of a superuser. */
  unheld: jsonb().notNull().$type<readonly QuotaResource[]>().default([]),
  /** What of the tenant's own code writes with its owner's rights, and so past a block. */
  leaks: jsonb().notNull().$type<readonly string[]>().default([]),
  fault: text(),
  /** After a fault: not before then. */
  retryAt: at('retry_at'),
})
