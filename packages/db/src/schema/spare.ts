import type { SpareOrigin, SpareState } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { bigint, check, foreignKey, index, integer, smallint, text, unique } from 'drizzle-orm/pg-core'
import { cluster } from './cluster.ts'
import { at, control } from './control.ts'
import { template, templateVersion } from './template.ts'
import { user } from './user.ts'

/** A schema on a cluster that belongs to no tenant: one of the warm pool, or what is left over and to be dropped. */
export const spare = control.table(
  'spare',
  {
    /** A tenant's id: of the tenant that takes it, or of the one that was there before. */
    id: text().primaryKey(),
    origin: text().notNull().$type<SpareOrigin>(),
    state: text().notNull().$type<SpareState>().default('building'),
    clusterId: text('cluster_id')
      .notNull()
      .references(() => cluster.id),
    schemaName: text('schema_name').notNull(),
    templateId: text('template_id'),
    templateVersion: integer('template_version'),
    fingerprint: text(),
    /** Fencing token: raised at each claim of any operation on it; the tenant that takes it goes on from here. */
    fence: bigint({ mode: 'number' }).notNull().default(0),
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
    readyAt: at('ready_at'),
  },
  (t) => [
    foreignKey({
      columns: [t.templateId, t.templateVersion],
      foreignColumns: [templateVersion.templateId, templateVersion.version],
    }),
    check('spare_of_the_pool_has_a_template', sql`${t.origin} <> 'pool' or ${t.templateVersion} is not null`),
    check('spare_ready_has_fingerprint', sql`${t.state} <> 'ready' or ${t.fingerprint} is not null`),
    index('spare_by_use').on(t.state, t.templateId, t.templateVersion, t.clusterId),
  ],
)

/** How many ready schemas of a template are kept on a cluster; `clusterId` null: on each that takes tenants. */
export const poolPolicy = control.table(
  'pool_policy',
  {
    templateId: text('template_id')
      .notNull()
      .references(() => template.id),
    clusterId: text('cluster_id').references(() => cluster.id),
    size: smallint().notNull(),
    setBy: text('set_by')
      .notNull()
      .references(() => user.id),
    setAt: at('set_at').notNull().defaultNow(),
  },
  (t) => [
    unique('pool_policy_is_one_per_template_and_cluster').on(t.templateId, t.clusterId).nullsNotDistinct(),
    check('pool_size_is_bounded', sql`${t.size} between 0 and 500`),
  ],
)
