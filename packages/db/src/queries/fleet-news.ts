import type {
  AuditAction,
  AuditOutcome,
  FindingKind,
  OperationError,
  OperationKind,
  Severity,
} from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

/** Something that happened, as the parts of a sentence: who, what, to whom, how it ended. */
export interface RecentEvent {
  readonly id: string
  readonly at: string
  readonly actorId: string
  readonly actorName: string
  readonly action: AuditAction
  readonly outcome: AuditOutcome
  readonly errorCode: string | null
  readonly tenantId: string | null
  readonly tenantSlug: string | null
  readonly targetKind: string | null
  readonly targetId: string | null
  /** A template's slug, where it is about one. */
  readonly templateSlug: string | null
  /** A cluster's name, where it is about one. */
  readonly clusterName: string | null
  readonly operationId: string | null
  /** How long the operation ran, seconds; null when it has not ended. */
  readonly seconds: number | null
}

/**
 * The latest changes to the fleet, newest first: requests, endings and edits. Who signed in and what was refused is told
 * by the audit log alone, whose readers need a permission.
 */
export async function listRecentEvents(db: Database, limit: number): Promise<RecentEvent[]> {
  const { rows } = await db.execute<RecentEvent & Record<string, unknown>>(sql`
    select a.chain || '/' || a.seq as id, control.iso(a.at) as at, a.actor_id as "actorId",
      a.actor_name as "actorName", a.action, a.outcome, a.error_code as "errorCode", t.id as "tenantId",
      t.slug as "tenantSlug", a.target_kind as "targetKind", a.target_id as "targetId", p.slug as "templateSlug",
      c.name as "clusterName", a.operation_id as "operationId",
      case when a.outcome <> 'requested' then extract(epoch from o.finished_at - o.started_at)::float8 end as seconds
    from control.audit a
    left join control.tenant t on t.id = a.chain
    left join control.operation o on o.id = a.operation_id
    left join control.template p on p.id = coalesce(o.template_id, case a.target_kind when 'template' then a.target_id end)
    left join control.cluster c on a.target_kind = 'cluster' and c.id = a.target_id
    where a.outcome <> 'denied' and a.action <> 'cluster.check' and split_part(a.action, '.', 1) in ('tenant', 'template', 'operation', 'quota', 'cluster', 'placement')
    order by a.at desc, a.chain desc, a.seq desc limit ${limit}`)
  return rows
}

/** What wants a person, worst first. */
export type Attention =
  | {
      /** It fires, nobody has taken it, and somebody would be called for it. */
      readonly kind: 'incident.firing'
      readonly since: string
      readonly incidentId: string
      readonly severity: Severity
      readonly title: string
      readonly action: string
    }
  | {
      readonly kind: 'cluster.unreachable'
      readonly since: string | null
      readonly clusterId: string
      readonly clusterName: string
      readonly fault: string | null
    }
  | {
      readonly kind: 'tenant.failed'
      readonly since: string
      readonly tenantId: string
      readonly slug: string
      readonly displayName: string
      /** The operation that failed last. */
      readonly operationId: string | null
      readonly operationKind: OperationKind | null
      readonly error: OperationError | null
    }
  | {
      readonly kind: 'template.failed'
      readonly since: string
      readonly templateId: string
      readonly slug: string
      readonly version: number
      readonly operationId: string | null
      readonly error: OperationError | null
    }
  | {
      /** All open findings of one kind on one cluster. */
      readonly kind: 'finding.open'
      readonly since: string
      readonly clusterId: string
      readonly clusterName: string
      readonly findingKind: FindingKind
      readonly count: number
      /** The schema of the oldest one. */
      readonly subject: string
    }
  | {
      readonly kind: 'operation.overdue'
      readonly since: string
      readonly operationId: string
      readonly operationKind: OperationKind
      readonly tenantSlug: string | null
      /** How long it has been at it, seconds. */
      readonly seconds: number
    }

/** An operation that runs longer than this wants a look, seconds. */
export const overdueAfter = 300

const most = 50

/** What fires, failures that nobody has settled, clusters that do not answer or differ, operations that take too long. */
export async function listAttention(db: Database): Promise<Attention[]> {
  const incidents = await db.execute<
    Extract<Attention, { kind: 'incident.firing' }> & Record<string, unknown>
  >(sql`
    select 'incident.firing' as kind, control.iso(started_at) as since, id as "incidentId", severity, title, action
    from control.incident where state = 'firing' and silenced < firing and severity <> 'info'
    order by severity, started_at desc limit ${most}`)
  const clusters = await db.execute<
    Extract<Attention, { kind: 'cluster.unreachable' }> & Record<string, unknown>
  >(sql`
    select 'cluster.unreachable' as kind, control.iso(checked_at) as since, id as "clusterId", name as "clusterName", fault
    from control.cluster where not reachable and state <> 'detached' order by name limit ${most}`)
  const tenants = await db.execute<
    Extract<Attention, { kind: 'tenant.failed' }> & Record<string, unknown>
  >(sql`
    select 'tenant.failed' as kind, control.iso(coalesce(o.finished_at, t.updated_at)) as since, t.id as "tenantId", t.slug,
      t.display_name as "displayName", o.id as "operationId", o.kind as "operationKind", o.error
    from control.tenant t
    left join lateral (
      select * from control.operation x where x.tenant_id = t.id order by x.created_at desc limit 1) o on true
    where t.state = 'failed' and (o.id is null or o.finished_at is not null)
    order by coalesce(o.finished_at, t.updated_at) desc limit ${most}`)
  const findings = await db.execute<
    Extract<Attention, { kind: 'finding.open' }> & Record<string, unknown>
  >(sql`
    select 'finding.open' as kind, control.iso(min(f.first_seen_at)) as since, c.id as "clusterId", c.name as "clusterName",
      f.kind as "findingKind", count(*)::int as count, (array_agg(f.subject order by f.id))[1] as subject
    from control.finding f join control.cluster c on c.id = f.cluster_id
    where f.state = 'open' group by c.id, c.name, f.kind order by 2 limit ${most}`)
  const templates = await db.execute<
    Extract<Attention, { kind: 'template.failed' }> & Record<string, unknown>
  >(sql`
    select 'template.failed' as kind, control.iso(coalesce(o.finished_at, v.created_at)) as since, p.id as "templateId", p.slug,
      v.version, o.id as "operationId", v.error
    from control.template_version v join control.template p on p.id = v.template_id
    left join lateral (
      select * from control.operation x where x.template_id = p.id and x.kind = 'template.build'
      order by x.created_at desc limit 1) o on true
    where v.state = 'failed'
      and not exists (select from control.template_version n where n.template_id = v.template_id and n.version > v.version)
    order by v.created_at desc limit ${most}`)
  const overdue = await db.execute<
    Extract<Attention, { kind: 'operation.overdue' }> & Record<string, unknown>
  >(sql`
    select 'operation.overdue' as kind, control.iso(coalesce(o.started_at, o.created_at)) as since, o.id as "operationId",
      o.kind as "operationKind", t.slug as "tenantSlug",
      extract(epoch from now() - coalesce(o.started_at, o.created_at))::float8 as seconds
    from control.operation o left join control.tenant t on t.id = o.tenant_id
    where o.finished_at is null and coalesce(o.started_at, o.created_at) < now() - make_interval(secs => ${overdueAfter})
    order by 3 limit ${most}`)
  return [
    ...incidents.rows,
    ...clusters.rows,
    ...tenants.rows,
    ...findings.rows,
    ...templates.rows,
    ...overdue.rows,
  ]
}
