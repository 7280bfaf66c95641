import {
  isGraver,
  levelledResources,
  levelOf,
  type QuotaLevel,
  type QuotaResource,
} from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { systemActor } from '../actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { CoreContext } from '../core-context.ts'

interface Candidate extends Record<string, unknown> {
  readonly tenantId: string
  readonly clusterId: string
  readonly resource: QuotaResource
  readonly used: number
  /** Null: no limit holds any more. */
  readonly limit: number | null
  readonly graceSeconds: number
  readonly level: QuotaLevel | null
  readonly since: string | null
  readonly graceUntil: string | null
  readonly stateLimit: number | null
  readonly rowVersion: number | null
}

type Needed = Pick<CoreContext, 'db' | 'log'>

/** Changes of one call: whoever comes first is told to its cluster before the last is judged. */
export const mostChanges = 200

/** Asks a tenant's cluster what the tenant takes up right now, in bytes. @throws while that cannot be told */
export type ExactBytes = (tenant: { id: string; clusterId: string }) => Promise<number>

/**
 * Holds what was last measured of every tenant against its limits and writes down where it stands: level, audit row and
 * event in one transaction each. Nobody is blocked or released for a stale figure: the cluster is asked first, and while
 * it cannot tell the tenant stays as it is. Safe to run in several processes at once.
 * @returns how many levels have changed; `mostChanges`: there may be more, the fullest came first
 */
export async function judgeQuotas(core: Needed, exactBytes: ExactBytes): Promise<number> {
  let changed = 0
  for (const candidate of await readCandidates(core)) {
    const now = new Date()
    const before = candidate.level ?? 'ok'
    const asMeasured = judge(candidate, candidate.used, now)
    const decides = asMeasured.level === 'blocked' ? before !== 'blocked' : before === 'blocked'
    const isExact = candidate.resource === 'storage_bytes' && candidate.limit !== null && decides
    const used = isExact ? await askExactly(core, exactBytes, candidate) : candidate.used
    if (used === undefined) continue
    const next = isExact ? judge(candidate, used, now) : asMeasured
    const graceMs = candidate.graceUntil ? Date.parse(candidate.graceUntil) : undefined
    const isSame =
      next.level === before &&
      candidate.limit === candidate.stateLimit &&
      next.graceUntil?.getTime() === graceMs
    if (isSame || (next.level === 'ok' && candidate.level === null)) continue
    if (await record(core, candidate, { ...next, used, now })) changed++
    if (changed === mostChanges) break
  }
  return changed
}

function judge({ limit, graceSeconds, level, since }: Candidate, used: number, now: Date) {
  if (limit === null) return { level: 'ok', graceUntil: null } as const
  const previous = level && since ? { level, since: new Date(since) } : undefined
  return levelOf(used, limit, graceSeconds, previous, now)
}

async function askExactly(
  core: Needed,
  exactBytes: ExactBytes,
  { tenantId, clusterId }: Candidate,
): Promise<number | undefined> {
  try {
    return await exactBytes({ id: tenantId, clusterId })
  } catch (err) {
    core.log.warn({ err, tenant: tenantId }, 'size of a tenant at its limit not told; it stays as it is')
    return undefined
  }
}

/** Tenants near a limit, and those that were when they were last looked at. */
async function readCandidates(core: Needed): Promise<Candidate[]> {
  const { rows } = await core.db.execute<Candidate>(sql`
    select t.id as "tenantId", t.cluster_id as "clusterId", r.resource, coalesce(r.used, s.used, 0)::float8 as used,
      q."limit"::float8 as "limit", coalesce(q.grace_seconds, 0) as "graceSeconds", s.level, s.since::text as since,
      s.grace_until::text as "graceUntil", s."limit"::float8 as "stateLimit", s.row_version::float8 as "rowVersion"
    from control.tenant t
    left join control.usage u on u.tenant_id = t.id
    cross join lateral (values ('storage_bytes', u.bytes), ('relations', u.relations)) r (resource, used)
    left join control.effective_quota q on q.tenant_id = t.id and q.resource = r.resource
    left join control.quota_state s on s.tenant_id = t.id and s.resource = r.resource
    where t.state in ('active', 'suspended') and r.resource = any(${sql.param([...levelledResources])}::text[])
      and (s.level <> 'ok' or r.used >= 0.75 * q."limit")
    order by coalesce(r.used, s.used)::float8 / greatest(q."limit", 1) desc nulls first, t.id`)
  return rows
}

/** @returns false when another process was quicker */
async function record(
  core: Needed,
  was: Candidate,
  next: {
    readonly level: QuotaLevel
    readonly graceUntil: Date | null
    readonly used: number
    readonly now: Date
  },
): Promise<boolean> {
  const before = was.level ?? 'ok'
  const used = Math.round(next.used)
  const limit = was.limit ?? was.stateLimit ?? 0
  return core.db.transaction(async (tx) => {
    const { rows } = await tx.execute(sql`
      insert into control.quota_state as s (tenant_id, resource, level, used, "limit", since, grace_until, enforced_at)
      values (${was.tenantId}, ${was.resource}, ${next.level}, ${used}, ${limit}, ${next.now}, ${next.graceUntil},
        case when ${was.resource} = 'storage_bytes' and ${next.level} = 'blocked' then null else clock_timestamp() end)
      on conflict (tenant_id, resource) do update set level = excluded.level, used = excluded.used,
        "limit" = excluded."limit", grace_until = excluded.grace_until, seen_at = clock_timestamp(),
        since = case when s.level = excluded.level then s.since else excluded.since end,
        enforced_at = case when s.resource = 'storage_bytes' and (s.level = 'blocked') <> (excluded.level = 'blocked')
          then null else s.enforced_at end
      where s.row_version = ${was.rowVersion ?? -1}
      returning level`)
    if (!rows.length) return false
    const action = actionOf(before, next.level)
    core.log.info(
      { tenant: was.tenantId, resource: was.resource, from: before, to: next.level },
      'quota level',
    )
    if (action) {
      await appendAudit(tx, systemActor, {
        action,
        outcome: 'succeeded',
        tenantId: was.tenantId,
        target: { kind: 'tenant', id: was.tenantId },
        before: { resource: was.resource, level: before },
        after: {
          resource: was.resource,
          level: next.level,
          used,
          limit: was.limit,
          ...(next.graceUntil ? { graceUntil: next.graceUntil.toISOString() } : {}),
        },
      })
    }
    return true
  })
}

/** What a change of level is in the audit log; that a tenant has room again is none before it was held. */
function actionOf(before: QuotaLevel, after: QuotaLevel) {
  if (before === after) return undefined
  if (after === 'blocked') return 'quota.block'
  if (before === 'blocked') return 'quota.release'
  return isGraver(after, before) ? 'quota.warn' : undefined
}
