import type { FindingKind, FindingState } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { cluster } from './cluster.ts'
import { at, control } from './control.ts'
import { user } from './user.ts'

/** Something in which the registry and a cluster differ, as the reconciler saw it. */
export const finding = control.table(
  'finding',
  {
    id: text().primaryKey(),
    kind: text().notNull().$type<FindingKind>(),
    state: text().notNull().$type<FindingState>().default('open'),
    clusterId: text('cluster_id')
      .notNull()
      .references(() => cluster.id),
    /** The tenant or spare it is about, registered or not. */
    tenantId: text('tenant_id'),
    /** The schema or role on the cluster. */
    subject: text().notNull(),
    detail: jsonb().notNull().$type<Record<string, unknown>>().default({}),
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
    firstSeenAt: at('first_seen_at').notNull().defaultNow(),
    lastSeenAt: at('last_seen_at').notNull().defaultNow(),
    resolvedAt: at('resolved_at'),
    ignoredBy: text('ignored_by').references(() => user.id),
    ignoredBecause: text('ignored_because'),
  },
  (t) => [
    uniqueIndex('finding_is_one_while_it_lasts')
      .on(t.clusterId, t.kind, t.subject)
      .where(sql`${t.state} <> 'resolved'`),
    check('finding_state_is_known', sql`${t.state} in ('open', 'ignored', 'resolved')`),
    check('finding_resolved_iff_over', sql`(${t.state} = 'resolved') = (${t.resolvedAt} is not null)`),
    index('finding_by_state').on(t.state, t.firstSeenAt),
    index('finding_by_tenant').on(t.tenantId),
  ],
)
