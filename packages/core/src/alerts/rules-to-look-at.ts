import type { Database } from '@tenantry/db'
import { alert, alertRule, cluster, incident, tenant } from '@tenantry/db/schema'
import { and, eq, ne, or, sql } from 'drizzle-orm'
import type { Look, RuleRow } from './engine.ts'

/** Enabled ones, the worst first, so that what explains others is known before them; and those of which something is still open. */
export async function rulesToLookAt(db: Database): Promise<RuleRow[]> {
  const isOpen = sql`exists (select from control.alert a where a.rule_id = ${alertRule.id} and a.state <> 'resolved')`
  return db
    .select()
    .from(alertRule)
    .where(or(eq(alertRule.enabled, true), isOpen))
    .orderBy(
      sql`${alertRule.condition} ->> 'metric' <> 'cluster_up'`,
      sql`array_position(array['critical', 'warning', 'info'], ${alertRule.severity})`,
      alertRule.id,
    )
}

/** What is open of a rule that is disabled or removed: all of it is over. */
export async function openAlertsOf(db: Database, rule: RuleRow): Promise<Look[]> {
  const rows = await db
    .select({ alert, slug: tenant.slug, cluster: cluster.name, incident })
    .from(alert)
    .leftJoin(tenant, eq(tenant.id, alert.tenantId))
    .leftJoin(cluster, eq(cluster.id, alert.clusterId))
    .leftJoin(incident, eq(incident.id, alert.incidentId))
    .where(and(eq(alert.ruleId, rule.id), ne(alert.state, 'resolved')))
  const gone = rule.removedAt ? 'The rule is removed.' : 'The rule is disabled.'
  return rows.map(({ alert: row, slug, cluster: name, incident: of }) => ({
    alertId: row.id,
    incidentId: row.incidentId,
    groupKey: of?.groupKey ?? null,
    memory: {
      state: row.state === 'firing' ? 'firing' : 'pending',
      pendingAt: row.pendingAt.getTime(),
      clearAt: row.clearAt?.getTime() ?? null,
    },
    value: row.value,
    tenantId: row.tenantId,
    clusterId: row.clusterId,
    name: slug ?? name ?? 'fleet',
    labels: row.labels,
    gone,
    measured: undefined,
    refired: of?.refired ?? 0,
  }))
}
