import { reopenSeconds } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { sql } from 'drizzle-orm'
import type { Moment, RuleRow } from './engine.ts'
import { settleIncidents } from './settle-incidents.ts'
import type { AlertChange, GroupChange, RuleStep } from './step-rule.ts'

/**
 * Writes what follows from a look: alerts, their incidents and the timeline, each in one statement however many there
 * are. The caller holds the fence.
 */
export async function writeStep(tx: Database, rule: RuleRow, step: RuleStep, moment: Moment): Promise<void> {
  const opened = await openIncidents(tx, rule, step.groups, moment)
  const groups = step.groups.map((group) => ({
    ...group,
    incidentId: group.incidentId ?? opened.get(group.groupKey) ?? '',
  }))
  const incidents = new Map(groups.map(({ groupKey, incidentId }) => [groupKey, incidentId]))
  await writeAlerts(tx, rule, step.changes, incidents, moment)
  await settleIncidents(tx, rule, groups, moment)
}

/**
 * The incident of every group that has none among its alerts: the open one of its key, one that was over a short while
 * ago, or a new one. @returns ids by group key
 */
async function openIncidents(
  tx: Database,
  rule: RuleRow,
  groups: readonly GroupChange[],
  moment: Moment,
): Promise<Map<string, string>> {
  const wanted = groups
    .filter(({ incidentId }) => incidentId === null)
    .map(({ groupKey, clusterId, title }) => ({ id: newId('in'), groupKey, clusterId, title }))
  if (!wanted.length) return new Map()
  const { rows } = await tx.execute<{ id: string; groupKey: string }>(sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
        w (id text, "groupKey" text, "clusterId" text, title text)
    ), present as (
      select i.id, i.group_key from control.incident i join wanted w on w."groupKey" = i.group_key where i.state <> 'resolved'
    ), recent as (
      select distinct on (i.group_key) i.id, i.group_key from control.incident i
      join wanted w on w."groupKey" = i.group_key
      where i.resolved_at > ${moment.at}::timestamptz - make_interval(secs => ${reopenSeconds})
        and not exists (select from present p where p.group_key = i.group_key)
      order by i.group_key, i.resolved_at desc
    ), reopened as (
      update control.incident i set state = 'firing', resolved_at = null, refired = i.refired + 1, firing = 0,
        acknowledged_by = null, acknowledged_at = null, acknowledged_until = null
      from recent r where i.id = r.id returning i.id, i.group_key
    ), made as (
      insert into control.incident (id, rule_id, group_key, severity, title, action, runbook_url, cluster_id, epoch,
        started_at, raised_at)
      select w.id, ${rule.id}, w."groupKey", ${rule.severity}, w.title, ${rule.action}, ${rule.runbookUrl}, w."clusterId", 0,
        ${moment.at}::timestamptz, ${moment.at}::timestamptz
      from wanted w
      where not exists (select from present p where p.group_key = w."groupKey")
        and not exists (select from recent r where r.group_key = w."groupKey")
      returning id, group_key
    )
    select id, group_key as "groupKey" from present union all select * from reopened union all select * from made`)
  return new Map(rows.map(({ id, groupKey }) => [groupKey, id]))
}

async function writeAlerts(
  tx: Database,
  rule: RuleRow,
  changes: readonly AlertChange[],
  incidents: ReadonlyMap<string, string>,
  moment: Moment,
): Promise<void> {
  const rows = changes.map((change) => ({
    id: change.alertId ?? newId('al'),
    isNew: change.alertId === null,
    fingerprint: change.fingerprint,
    state: change.next?.state ?? 'resolved',
    incidentId: change.next?.state === 'firing' ? incidents.get(change.groupKey) : change.incidentId,
    tenantId: change.tenantId,
    clusterId: change.clusterId,
    labels: change.labels,
    value: change.measured ?? change.value,
    fires: change.fires,
    pendingAt: change.next?.pendingAt ?? null,
    clearAt: change.next?.clearAt ?? null,
  }))
  if (!rows.length) return
  const recordset = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) n (id text, "isNew" boolean, fingerprint text,
    state text, "incidentId" text, "tenantId" text, "clusterId" text, labels jsonb, value float8, fires boolean,
    "pendingAt" float8, "clearAt" float8)`
  await tx.execute(sql`
    insert into control.alert (id, rule_id, incident_id, fingerprint, state, tenant_id, cluster_id, labels, value,
      pending_at, fired_at)
    select n.id, ${rule.id}, n."incidentId", n.fingerprint, n.state, n."tenantId", n."clusterId", n.labels, n.value,
      ${moment.at}::timestamptz, case when n.fires then ${moment.at}::timestamptz end
    from ${recordset} where n."isNew"`)
  await tx.execute(sql`
    update control.alert a set state = n.state, incident_id = n."incidentId", value = n.value,
      fired_at = case when n.fires then ${moment.at}::timestamptz else a.fired_at end,
      pending_at = coalesce(to_timestamp(n."pendingAt" / 1000), a.pending_at), clear_at = to_timestamp(n."clearAt" / 1000),
      resolved_at = case when n.state = 'resolved' then ${moment.at}::timestamptz end
    from ${recordset} where a.id = n.id and not n."isNew"`)
}
