import type { FindingDetail, FindingKind, FindingState } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, text, uniqueIndex } from 'drizzle-orm/pg-core'
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
    /** What the two sides say. */
    detail: jsonb().notNull().$type<FindingDetail>().default({ registry: {}, cluster: {} }),
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
    check(
      'finding_ignored_iff_somebody_said_why',
      sql`(${t.state} = 'ignored') <= (${t.ignoredBy} is not null and ${t.ignoredBecause} is not null)`,
    ),
    check('finding_resolved_iff_over', sql`(${t.state} = 'resolved') = (${t.resolvedAt} is not null)`),
    index('finding_by_state').on(t.state, t.kind, t.id),
    index('finding_by_tenant').on(t.tenantId),
  ],
)

/** The comparisons of one cluster: the last one that was whole, and the one under way. */
export const reconciliation = control.table('reconciliation', {
  clusterId: text('cluster_id')
    .primaryKey()
    .references(() => cluster.id),
  /** Raised by each comparison that begins; one that was overtaken writes nothing. */
  run: bigint({ mode: 'number' }).notNull().default(0),
  startedAt: at('started_at'),
  endedAt: at('ended_at'),
  /** When the cluster was last read whole: findings are as of then. */
  comparedAt: at('compared_at'),
  /** Of that comparison, from its first question to its last, ms. */
  tookMs: integer('took_ms'),
  /** How many tenants and spares it compared, and how many it left out because an operation was at work on them. */
  compared: integer(),
  busy: integer(),
  /** Why the last one did not come to its end; null when it did. */
  fault: text(),
  /** Somebody wants one soon: later than `startedAt` until it has begun. */
  requestedAt: at('requested_at'),
})
