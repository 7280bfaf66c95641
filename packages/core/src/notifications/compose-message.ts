import {
  describeValue,
  metrics,
  metricsOf,
  type NotificationEvent,
  type NotificationMessage,
} from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { alert, alertRule, cluster, type incident, tenant, user } from '@tenantry/db/schema'
import { and, count, desc, eq, sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import { signAcknowledgeLink } from './acknowledge-link.ts'

type Incident = typeof incident.$inferSelect
const listed = 10

/** What is to be said of an incident now; whoever reads it alone gets a link of their own to take it. */
export async function composeMessage(
  tx: Database,
  core: CoreContext,
  row: Incident,
  event: NotificationEvent,
): Promise<(userId: string | null) => NotificationMessage> {
  const [rule] = row.ruleId ? await tx.select().from(alertRule).where(eq(alertRule.id, row.ruleId)) : []
  const [holder] = row.acknowledgedBy
    ? await tx.select({ name: user.name }).from(user).where(eq(user.id, row.acknowledgedBy))
    : []
  const firing = and(eq(alert.incidentId, row.id), eq(alert.state, 'firing'))
  const below = rule && 'operator' in rule.condition && rule.condition.operator === 'below'
  const worst = await tx
    .select({ slug: tenant.slug, tenantId: alert.tenantId, value: alert.value, cluster: cluster.name })
    .from(alert)
    .leftJoin(tenant, eq(tenant.id, alert.tenantId))
    .leftJoin(cluster, eq(cluster.id, alert.clusterId))
    .where(firing)
    .orderBy(below ? sql`${alert.value} asc nulls last` : sql`${alert.value} desc nulls last`, desc(alert.id))
    .limit(listed)
  const [counted] = await tx
    .select({
      tenants: sql<number>`count(distinct ${alert.tenantId})::int`,
      clusters: sql<
        string[]
      >`coalesce(array_agg(distinct ${cluster.name}) filter (where ${cluster.name} is not null), '{}')`,
      alerts: count(),
    })
    .from(alert)
    .leftJoin(cluster, eq(cluster.id, alert.clusterId))
    .where(firing)
  const tenants = worst.flatMap(({ slug }) => (slug ? [slug] : []))
  const url = core.publicUrl && `${core.publicUrl.replace(/\/$/, '')}/alerts/${row.id}`
  const base = {
    event,
    state: row.state,
    severity: row.severity,
    title: row.title,
    scope: scopeOf(counted?.tenants ?? 0, counted?.clusters ?? [], tenants[0], row.source),
    startedAt: row.startedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    composedAt: new Date().toISOString(),
    facts: factsOf(rule, worst[0]?.value ?? null),
    tenants,
    more: Math.max((counted?.tenants ?? 0) - tenants.length, 0),
    action: row.action,
    holder: holder?.name ?? null,
    acknowledgedUntil: row.acknowledgedUntil?.toISOString() ?? null,
    url: url ? `${url}?at=${encodeURIComponent(new Date().toISOString())}` : null,
    runbookUrl: absolute(core.publicUrl, row.runbookUrl),
    command: row.state === 'firing' && core.publicUrl ? commandOf(core.publicUrl, row.id) : null,
    rule: rule?.name ?? row.source ?? '',
    firing: row.firing,
  }
  const asked = row.state === 'firing' && core.publicUrl
  return (userId) => ({
    ...base,
    acknowledgeUrl: asked && userId ? signAcknowledgeLink(core, row, userId) : null,
  })
}

function scopeOf(
  tenants: number,
  clusters: readonly string[],
  first: string | undefined,
  source: string | null,
) {
  const where = clusters.length > 3 ? `${clusters.length} clusters` : clusters.join(', ')
  const whom = tenants === 1 ? first : tenants > 1 ? `${tenants.toLocaleString('en')} tenants` : undefined
  if (whom) return where ? `${whom} on ${where}` : whom
  return where || (source ? 'outside' : 'the fleet')
}

function factsOf(rule: typeof alertRule.$inferSelect | undefined, value: number | null) {
  if (!rule) return []
  const { condition } = rule
  const [name] = metricsOf(condition)
  const metric = name && metrics[name]
  if (!metric) return []
  const unit = condition.kind === 'ratio' ? 'ratio' : metric.unit
  const limit = 'value' in condition ? `${condition.operator} ${describeValue(condition.value, unit)}` : null
  return [
    ...(value === null ? [] : [{ label: metric.title, value: describeValue(value, unit) }]),
    ...(limit ? [{ label: 'Threshold', value: limit }] : []),
  ]
}

const absolute = (publicUrl: string | undefined, runbook: string) => {
  if (!runbook) return null
  if (!runbook.startsWith('/')) return runbook
  return publicUrl ? `${publicUrl.replace(/\/$/, '')}${runbook}` : null
}

const commandOf = (publicUrl: string, incidentId: string) =>
  `curl ${publicUrl.replace(/\/$/, '')}/trpc/alerts.acknowledge -H 'x-tenantry: 1' -H 'content-type: application/json' -b "${
    publicUrl.startsWith('https:') ? '__Host-tenantry' : 'tenantry'
  }=$TENANTRY_SESSION" -d '{"incidentId":"${incidentId}"}'`
