import type { AlertState, IncidentEventKind, IncidentState, Labels, Severity } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { bigint, check, doublePrecision, index, integer, jsonb, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { alertRule } from './alert-rule.ts'
import { at, control } from './control.ts'
import { user } from './user.ts'

/** What a person is told of: alerts of one cause, together. */
export const incident = control.table(
  'incident',
  {
    id: text().primaryKey(),
    ruleId: text('rule_id').references(() => alertRule.id),
    /** What makes one incident of many alerts; of an outside alert, its group there. */
    groupKey: text('group_key').notNull(),
    state: text().notNull().$type<IncidentState>().default('firing'),
    severity: text().notNull().$type<Severity>(),
    /** What is wrong, in a sentence with the figures of now. */
    title: text().notNull(),
    /** What the person on call should do first. */
    action: text().notNull().default(''),
    runbookUrl: text('runbook_url').notNull().default(''),
    clusterId: text('cluster_id'),
    /** From which outside source; null: from a rule. */
    source: text(),
    /** Alerts that fire now, and all that ever did. */
    firing: bigint({ mode: 'number' }).notNull().default(0),
    total: bigint({ mode: 'number' }).notNull().default(0),
    /** Alerts that fire now and for which nobody is called: by a silence, or because of another alert. */
    silenced: bigint({ mode: 'number' }).notNull().default(0),
    acknowledgedBy: text('acknowledged_by').references(() => user.id),
    acknowledgedAt: at('acknowledged_at'),
    acknowledgedUntil: at('acknowledged_until'),
    /** Raised by everything that somebody outside is to be told of. */
    epoch: bigint({ mode: 'number' }).notNull().default(1),
    /** The epoch that channels have been written for. */
    announcedEpoch: bigint('announced_epoch', { mode: 'number' }).notNull().default(0),
    /** When the epoch was raised last, and how many alerts fired then. */
    raisedAt: at('raised_at').notNull().defaultNow(),
    raisedFiring: bigint('raised_firing', { mode: 'number' }).notNull().default(0),
    /** How often it has fired again. */
    refired: integer().notNull().default(0),
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
    startedAt: at('started_at').notNull().defaultNow(),
    resolvedAt: at('resolved_at'),
  },
  (t) => [
    uniqueIndex('incident_is_one_while_it_lasts').on(t.groupKey).where(sql`${t.state} <> 'resolved'`),
    check('incident_state_is_known', sql`${t.state} in ('firing', 'acknowledged', 'resolved')`),
    check('incident_resolved_iff_over', sql`(${t.state} = 'resolved') = (${t.resolvedAt} is not null)`),
    check(
      'incident_acknowledged_by_somebody_for_a_time',
      sql`${t.state} <> 'acknowledged' or (${t.acknowledgedBy} is not null and ${t.acknowledgedUntil} is not null)`,
    ),
    index('incident_of_group').on(t.groupKey, t.resolvedAt),
    index('incident_by_time').on(t.startedAt, t.id),
    index('incident_open').on(t.severity, t.startedAt).where(sql`${t.state} <> 'resolved'`),
    index('incident_to_announce').on(t.id).where(sql`${t.announcedEpoch} < ${t.epoch}`),
  ],
)

/** One rule that holds for one subject: a tenant, a cluster, or the fleet. */
export const alert = control.table(
  'alert',
  {
    id: text().primaryKey(),
    ruleId: text('rule_id').references(() => alertRule.id),
    incidentId: text('incident_id').references(() => incident.id),
    /** SHA-256 of the rule and its subject, hex. */
    fingerprint: text().notNull(),
    state: text().notNull().$type<AlertState>(),
    tenantId: text('tenant_id'),
    clusterId: text('cluster_id'),
    /** The subject’s labels when it began, and of an outside alert all of its own. */
    labels: jsonb().notNull().$type<Labels>().default({}),
    /** What was measured last, in the metric’s unit; null: nothing, which is what is wrong. */
    value: doublePrecision(),
    /** By which silence nobody is called; null: by none. */
    silenceId: text('silence_id'),
    /** By which alert nobody is called for this one, which is only its consequence; null: by none. */
    inhibitedBy: text('inhibited_by'),
    pendingAt: at('pending_at').notNull(),
    firedAt: at('fired_at'),
    /** Since when it has been clear, while it still fires. */
    clearAt: at('clear_at'),
    resolvedAt: at('resolved_at'),
  },
  (t) => [
    uniqueIndex('alert_is_one_while_it_lasts').on(t.fingerprint).where(sql`${t.state} <> 'resolved'`),
    check('alert_state_is_known', sql`${t.state} in ('pending', 'firing', 'resolved')`),
    check('alert_firing_belongs_to_an_incident', sql`${t.state} <> 'firing' or ${t.incidentId} is not null`),
    check('alert_resolved_iff_over', sql`(${t.state} = 'resolved') = (${t.resolvedAt} is not null)`),
    index('alert_of_incident').on(t.incidentId, t.firedAt),
    index('alert_open_of_rule').on(t.ruleId).where(sql`${t.state} <> 'resolved'`),
    index('alert_of_tenant').on(t.tenantId, t.pendingAt),
  ],
)

/** What happened to an incident, in order. */
export const incidentEvent = control.table(
  'incident_event',
  {
    id: text().primaryKey(),
    incidentId: text('incident_id')
      .notNull()
      .references(() => incident.id),
    kind: text().notNull().$type<IncidentEventKind>(),
    /** Who; null: the system. */
    userId: text('user_id').references(() => user.id),
    /** In a sentence. */
    text: text().notNull().default(''),
    detail: jsonb().notNull().default({}),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [index('incident_event_in_order').on(t.incidentId, t.at, t.id)],
)
