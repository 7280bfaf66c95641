import { normaliseError, type OperationError, type OperationKind } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

/** A failed operation that nobody has done anything about. */
export interface DeadLetter {
  readonly id: string
  readonly kind: OperationKind
  readonly tenantId: string | null
  readonly tenantSlug: string | null
  readonly templateSlug: string | null
  readonly clusterName: string
  readonly error: OperationError
  readonly requestedByName: string
  readonly finishedAt: string
}

/** Failures of one cause. */
export interface DeadLetterGroup {
  /** The error with ids, names and numbers taken out. */
  readonly key: string
  /** The newest of its errors as it was. */
  readonly example: OperationError
  readonly firstAt: string
  readonly lastAt: string
  /** Newest first. */
  readonly operations: readonly DeadLetter[]
}

/** Jobs of the queue whose handler threw: the wake-up is lost, the operation is not. */
export interface LostWakeUps {
  readonly count: number
  /** The newest of them; the operation is null when the job named none. */
  readonly newest: readonly {
    readonly operationId: string | null
    readonly at: string
    readonly message: string
  }[]
}

export interface DeadLetters {
  /** How many there are; `groups` holds the newest 2,000. */
  readonly total: number
  readonly groups: readonly DeadLetterGroup[]
  readonly lostWakeUps: LostWakeUps
}

const most = 2000

/**
 * Nobody has retried it, put it aside, or asked for the same again since; and what it was about is still there.
 * Of operation `o` with its tenant `t`.
 */
export const needsAttention = sql`o.state = 'failed' and o.aside_at is null
  and coalesce(t.state, '') not in ('discarded', 'purged')
  and not exists (select from control.operation n where n.retry_of = o.id)
  and not exists (select from control.operation n
    where n.tenant_id = o.tenant_id and n.kind = o.kind and n.created_at > o.created_at)
  and not exists (select from control.operation n
    where n.spare_id = o.spare_id and n.kind = o.kind and n.created_at > o.created_at)
  and (o.kind <> 'spare.build' or not exists (select from control.operation n
    where n.template_id = o.template_id and n.cluster_id = o.cluster_id and n.kind = 'spare.build'
      and n.created_at > o.created_at))
  and (o.kind <> 'template.build' or not exists (select from control.operation n
    where n.template_id = o.template_id and n.kind = 'template.build' and n.created_at > o.created_at))`

/** What failed and nobody has done anything about, grouped by cause: the largest group first. */
export async function listDeadLetters(db: Database): Promise<DeadLetters> {
  const { rows } = await db.execute<DeadLetter & { total: number } & Record<string, unknown>>(sql`
    select o.id, o.kind, o.tenant_id as "tenantId", t.slug as "tenantSlug", p.slug as "templateSlug",
      c.name as "clusterName", o.error, u.name as "requestedByName", control.iso(o.finished_at) as "finishedAt",
      count(*) over ()::int as total
    from control.operation o
    join control.cluster c on c.id = o.cluster_id
    join control."user" u on u.id = o.requested_by
    left join control.tenant t on t.id = o.tenant_id
    left join control.template p on p.id = o.template_id
    where ${needsAttention} order by o.finished_at desc, o.id limit ${most}`)
  const groups = new Map<string, DeadLetter[]>()
  for (const { total: _, ...letter } of rows) {
    const key = normaliseError(letter.error, [letter.tenantSlug ?? ''])
    groups.set(key, [...(groups.get(key) ?? []), letter])
  }
  return {
    total: rows[0]?.total ?? 0,
    groups: [...groups]
      .flatMap(([key, operations]) => {
        const [newest, oldest] = [operations[0], operations.at(-1)]
        if (!newest || !oldest) return []
        return {
          key,
          example: newest.error,
          firstAt: oldest.finishedAt,
          lastAt: newest.finishedAt,
          operations,
        }
      })
      .sort((a, b) => b.operations.length - a.operations.length || b.lastAt.localeCompare(a.lastAt)),
    lostWakeUps: await lostWakeUps(db),
  }
}

/** How many failures nobody has done anything about. */
export async function countDeadLetters(db: Database): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from control.operation o left join control.tenant t on t.id = o.tenant_id
    where ${needsAttention}`)
  return rows[0]?.count ?? 0
}

async function lostWakeUps(db: Database): Promise<LostWakeUps> {
  const { rows } = await db.execute<LostWakeUps['newest'][number] & { count: number }>(sql`
    select data ->> 'operationId' as "operationId", control.iso(completed_on) as at,
      coalesce(output ->> 'message', 'no word') as message, count(*) over ()::int as count
    from pgboss.job where state = 'failed' order by completed_on desc limit 20`)
  return {
    count: rows[0]?.count ?? 0,
    newest: rows.map(({ count: _, ...job }) => job),
  }
}
