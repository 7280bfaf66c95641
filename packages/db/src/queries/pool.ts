import type { ClusterState, OperationError } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

/** The pool of one template on one cluster. */
export interface PoolRow {
  readonly clusterId: string
  readonly clusterName: string
  readonly clusterState: ClusterState
  readonly reachable: boolean
  /** What was set for this cluster alone; null: the template's common size holds. */
  readonly ownSize: number | null
  /** What the pool is kept at. */
  readonly wanted: number
  /** Of the newest ready version. */
  readonly building: number
  readonly ready: number
  /** Of an older version and not dropped yet. */
  readonly stale: number
  /** Of the newest version and to be dropped: one too many, or not built to its end. */
  readonly left: number
  readonly lastTakenAt: string | null
  /** Sign-ups of the last 24 hours that would take one of the pool. */
  readonly asked: number
  /** How many of them found one. */
  readonly served: number
  /** Why its builds fail, since the last one that was ready. */
  readonly fault: {
    readonly error: OperationError
    readonly operationId: string
    /** When the next one is asked for. */
    readonly nextAt: string
  } | null
}

/** The warm pool of a template. */
export interface TemplatePool {
  readonly templateId: string
  readonly templateSlug: string
  readonly templateName: string
  /** What is built; null while no version is ready. */
  readonly readyVersion: number | null
  /** The size on every cluster that has none of its own; null: none was set, so no pool is kept. */
  readonly commonSize: number | null
  /** By the cluster's name. */
  readonly clusters: PoolRow[]
}

type Flat = Omit<TemplatePool, 'clusters'> & PoolRow & Record<string, unknown>

/** The warm pool: every template, by name, with every cluster that is not detached. */
export async function listPools(db: Database): Promise<TemplatePool[]> {
  const { rows } = await db.execute<Flat>(sql`
    with taken as (
      select s.template_id, s.cluster_id, max(t.created_at) as last
      from control.spare s join control.tenant t on t.id = s.id where s.state = 'taken' group by 1, 2
    ),
    sought as (
      select template_id, cluster_id, count(*)::int as asked,
        count(*) filter (where input ->> 'pooled' = 'true')::int as served
      from control.operation
      where created_at > now() - interval '1 day' and kind in ('tenant.claim', 'tenant.provision')
        and retry_of is null and input ? 'pooled'
      group by 1, 2
    )
    select t.id as "templateId", t.slug as "templateSlug", t.name as "templateName",
      p.ready_version as "readyVersion", p.common_size as "commonSize",
      c.id as "clusterId", c.name as "clusterName", c.state as "clusterState", c.reachable,
      p.own_size as "ownSize", p.wanted, p.building, p.ready, p.stale, p."left",
      control.iso(k.last) as "lastTakenAt", coalesce(h.asked, 0) as asked, coalesce(h.served, 0) as served,
      case when f.id is not null then jsonb_build_object(
        'error', f.error, 'operationId', f.id, 'nextAt', control.iso(p.build_not_before)) end as fault
    from control.pool_state() p
    join control.template t on t.id = p.template_id
    join control.cluster c on c.id = p.cluster_id
    left join taken k on k.template_id = t.id and k.cluster_id = c.id
    left join sought h on h.template_id = t.id and h.cluster_id = c.id
    left join lateral (
      select o.id, o.error from control.spare s join control.operation o on o.spare_id = s.id
      where p.failed > 0 and s.template_id = t.id and s.cluster_id = c.id and s.template_version = p.ready_version
        and s.ready_at is null and o.kind = 'spare.build' and o.state = 'failed'
      order by o.created_at desc limit 1) f on true
    order by t.name, t.id, c.name`)
  return [...Map.groupBy(rows, (row) => row.templateId).values()].map((clusters) => {
    const { templateId, templateSlug, templateName, readyVersion, commonSize } = clusters[0] as Flat
    return {
      templateId,
      templateSlug,
      templateName,
      readyVersion,
      commonSize,
      clusters: clusters.map(
        ({ templateId: _, templateSlug: _s, templateName: _n, readyVersion: _v, commonSize: _c, ...row }) =>
          row,
      ),
    }
  })
}
