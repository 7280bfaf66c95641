import type { AlertCondition, AlertScope, IncidentGrouping, Severity } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { bigint, boolean, check, integer, jsonb, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'
import { escalationPolicy } from './on-call.ts'
import { user } from './user.ts'

/** When somebody is to be told of what. */
export const alertRule = control.table(
  'alert_rule',
  {
    id: text().primaryKey(),
    /** Of the built-in set; null: somebody made it. */
    builtin: text(),
    name: text().notNull(),
    description: text().notNull().default(''),
    condition: jsonb().notNull().$type<AlertCondition>(),
    scope: jsonb().notNull().$type<AlertScope>(),
    forSeconds: integer('for_seconds').notNull().default(0),
    keepFiringSeconds: integer('keep_firing_seconds').notNull().default(60),
    severity: text().notNull().$type<Severity>(),
    groupBy: text('group_by').notNull().$type<IncidentGrouping>().default('rule'),
    action: text().notNull().default(''),
    runbookUrl: text('runbook_url').notNull().default(''),
    policyId: text('policy_id').references(() => escalationPolicy.id),
    enabled: boolean().notNull().default(true),
    /** Why it could not be evaluated the last time; null when it could. */
    fault: text(),
    evaluatedAt: at('evaluated_at'),
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
    changedBy: text('changed_by').references(() => user.id),
    changedAt: at('changed_at').notNull().defaultNow(),
    createdAt: at('created_at').notNull().defaultNow(),
    removedAt: at('removed_at'),
  },
  (t) => [
    uniqueIndex('alert_rule_builtin_is_one').on(t.builtin).where(sql`${t.builtin} is not null`),
    uniqueIndex('alert_rule_name_is_unique').on(t.name).where(sql`${t.removedAt} is null`),
    check('alert_rule_severity_is_known', sql`${t.severity} in ('critical', 'warning', 'info')`),
    check('alert_rule_grouping_is_known', sql`${t.groupBy} in ('rule', 'cluster', 'subject')`),
    check('alert_rule_builtin_stays', sql`${t.builtin} is null or ${t.removedAt} is null`),
  ],
)

/** Who evaluates the rules: one process at a time, by lease; a fence rises with each that takes over. */
export const alertEvaluator = control.table(
  'alert_evaluator',
  {
    id: integer().primaryKey(),
    fence: bigint({ mode: 'number' }).notNull().default(0),
    holder: text(),
    leaseUntil: at('lease_until'),
    evaluatedAt: at('evaluated_at'),
    tookMs: integer('took_ms'),
  },
  (t) => [check('alert_evaluator_is_one', sql`${t.id} = 1`)],
)
