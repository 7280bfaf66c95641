import type { OperationError, TemplateState } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { check, foreignKey, integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'

/** A kind of tenant: a history of migrations and some seed data. */
export const template = control.table('template', {
  id: text().primaryKey(),
  slug: text().notNull().unique('template_slug_is_unique'),
  name: text().notNull(),
  description: text().notNull().default(''),
  createdAt: at('created_at').notNull().defaultNow(),
})

/** One step of a template's history; never changed once published. */
export const migration = control.table(
  'migration',
  {
    templateId: text('template_id')
      .notNull()
      .references(() => template.id),
    version: integer().notNull(),
    name: text().notNull(),
    sql: text().notNull(),
    /** sha256 of the text, hex. */
    checksum: text().notNull(),
    publishedAt: at('published_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.templateId, t.version] })],
)

/** A template up to one of its migrations, with the snapshot that provisioning replays. */
export const templateVersion = control.table(
  'template_version',
  {
    templateId: text('template_id').notNull(),
    version: integer().notNull(),
    state: text().notNull().$type<TemplateState>().default('building'),
    /** Squashed DDL with placeholders for schema and roles. */
    snapshot: text(),
    /** The names in it that stand for a tenant's schema and roles. */
    placeholders: jsonb().$type<{ schema: string; owner: string; writer: string; app: string }>(),
    /** `dump`: what pg_dump says of the built schema; `history`: the migrations one after another. */
    method: text().$type<'dump' | 'history'>(),
    fingerprint: text(),
    seed: text().notNull().default(''),
    statements: integer(),
    relations: integer(),
    error: jsonb().$type<OperationError>(),
    createdAt: at('created_at').notNull().defaultNow(),
    builtAt: at('built_at'),
  },
  (t) => [
    primaryKey({ columns: [t.templateId, t.version] }),
    foreignKey({
      columns: [t.templateId, t.version],
      foreignColumns: [migration.templateId, migration.version],
    }),
    check('template_version_state_is_known', sql`${t.state} in ('building', 'ready', 'failed')`),
    check(
      'template_version_ready_iff_fingerprinted',
      sql`(${t.state} = 'ready') = (${t.snapshot} is not null and ${t.placeholders} is not null and ${t.fingerprint} is not null)`,
    ),
  ],
)
