import type { Labels, TenantState } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { bigint, check, foreignKey, index, integer, jsonb, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { cluster } from './cluster.ts'
import { at, control } from './control.ts'
import { plan } from './plan.ts'
import { templateVersion } from './template.ts'
import { user } from './user.ts'

/** The registry: one row an institution. */
export const tenant = control.table(
  'tenant',
  {
    id: text().primaryKey(),
    slug: text().notNull(),
    displayName: text('display_name').notNull(),
    labels: jsonb().notNull().$type<Labels>().default({}),
    notes: text().notNull().default(''),
    state: text().notNull().$type<TenantState>().default('provisioning'),
    clusterId: text('cluster_id')
      .notNull()
      .references(() => cluster.id),
    /** Why this cluster, in a sentence. */
    placementReason: text('placement_reason').notNull(),
    schemaName: text('schema_name').notNull(),
    templateId: text('template_id').notNull(),
    templateVersion: integer('template_version').notNull(),
    /** What it has booked; null: the fleet's defaults hold. */
    planId: text('plan_id').references(() => plan.id),
    /** Of its schema when it was last verified. */
    fingerprint: text(),
    ownerId: text('owner_id')
      .notNull()
      .references(() => user.id),
    /** Fencing token: raised at each claim of any operation on this tenant. */
    fence: bigint({ mode: 'number' }).notNull().default(0),
    /** Raised by every change; editors send back what they saw. */
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
    activatedAt: at('activated_at'),
    archivedAt: at('archived_at'),
    /** Restorable until then; the purge is refused before. */
    keptUntil: at('kept_until'),
  },
  (t) => [
    uniqueIndex('tenant_slug_is_unique_while_kept')
      .on(t.slug)
      .where(sql`${t.state} not in ('discarded', 'purged')`),
    uniqueIndex('tenant_schema_is_unique_on_its_cluster')
      .on(t.clusterId, t.schemaName)
      .where(sql`${t.state} not in ('discarded', 'purged')`),
    foreignKey({
      columns: [t.templateId, t.templateVersion],
      foreignColumns: [templateVersion.templateId, templateVersion.version],
    }),
    check(
      'tenant_archived_has_window',
      sql`(${t.state} = 'archived') <= (${t.archivedAt} is not null and ${t.keptUntil} is not null)`,
    ),
    check('tenant_active_has_fingerprint', sql`${t.state} <> 'active' or ${t.fingerprint} is not null`),
    check(
      'tenant_slug_is_well_formed',
      sql`${t.slug} ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(${t.slug}) <= 48`,
    ),
    check('tenant_schema_follows_name_rule', sql`${t.schemaName} ~ '^t_[a-z][a-z0-9_]{0,58}$'`),
    index('tenant_by_creation').on(t.createdAt, t.id),
    index('tenant_by_state').on(t.state, t.id),
    index('tenant_by_cluster').on(t.clusterId, t.state),
    index('tenant_by_plan').on(t.planId),
    index('tenant_by_label').using('gin', t.labels),
  ],
)
