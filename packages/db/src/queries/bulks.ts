import {
  type BulkCounts,
  type BulkKind,
  type BulkState,
  bulkMachine,
  type TenantFilter,
} from '@tenantry/contracts'
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '../control/open-control.ts'
import { countOutcomes } from '../count-outcomes.ts'
import { bulk, user } from '../schema/index.ts'
import { cutPage, decodeCursor, defaultLimit, exactly, iso, isoOrNull, type Page } from './keyset.ts'

export interface BulkListing {
  readonly states?: readonly BulkState[] | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** A bulk operation, with the field names of `bulk.changed` events. */
export interface BulkRow {
  readonly id: string
  readonly kind: BulkKind
  readonly state: BulkState
  readonly reason: string
  /** Why Tenantry paused it by itself. */
  readonly pauseReason: string | null
  /** What chose its tenants; null when they were listed or imported. */
  readonly filter: TenantFilter | null
  readonly total: number
  readonly window: number
  readonly requestedBy: string
  readonly requestedByName: string
  readonly retryOf: string | null
  readonly rowVersion: number
  readonly createdAt: string
  readonly finishedAt: string | null
  readonly counts: BulkCounts
}

const columns = {
  id: bulk.id,
  kind: bulk.kind,
  state: bulk.state,
  reason: bulk.reason,
  pauseReason: bulk.pauseReason,
  filter: sql<TenantFilter | null>`${bulk.filter}`,
  total: bulk.total,
  window: bulk.window,
  requestedBy: bulk.requestedBy,
  requestedByName: user.name,
  retryOf: bulk.retryOf,
  rowVersion: bulk.rowVersion,
  createdAt: iso(bulk.createdAt),
  finishedAt: isoOrNull(bulk.finishedAt),
  outcome: bulk.outcome,
}

/** Bulk operations, newest first. Those that have ended were counted at their end; only the others are counted now. */
export async function listBulks(db: Database, listing: BulkListing): Promise<Page<BulkRow>> {
  const { limit = defaultLimit } = listing
  const matching = listing.states?.length ? inArray(bulk.state, [...listing.states]) : undefined
  let after: SQL | undefined
  if (listing.cursor) {
    const [at, id] = decodeCursor(listing.cursor, ['time', 'text'])
    after = sql`(${bulk.createdAt}, ${bulk.id}) < (${at}::timestamptz, ${id})`
  }
  const rows = await db
    .select({ ...columns, sortedBy: exactly(bulk.createdAt) })
    .from(bulk)
    .innerJoin(user, eq(user.id, bulk.requestedBy))
    .where(and(matching, after))
    .orderBy(desc(bulk.createdAt), desc(bulk.id))
    .limit(limit + 1)
  const page = cutPage(
    rows,
    limit,
    (row) => [row.sortedBy, row.id],
    ({ sortedBy: _, ...row }) => row,
  )
  const items: BulkRow[] = []
  for (const { outcome, ...row } of page.items) {
    items.push({ ...row, counts: outcome ?? (await countOutcomes(db, row.id)) })
  }
  return { items, nextCursor: page.nextCursor, total: await db.$count(bulk, matching) }
}

/** Failures of one cause. */
export interface FailureGroup {
  /** The whole of what they have in common: what a filter and a retry name. */
  readonly group: string
  readonly code: string
  /** The message without what differs from tenant to tenant. */
  readonly message: string
  readonly count: number
  /** False for rows of an import that are wrong: they are mended in their file. */
  readonly isRetriable: boolean
  readonly example: {
    readonly ordinal: number
    readonly slug: string | null
    readonly operationId: string | null
    readonly message: string
    readonly action: string | null
  }
}

export interface BulkDetail extends BulkRow {
  /** Children that ended a second: in the last minute, or over the whole time when it has ended. */
  readonly perSecond: number
  /** Null when it does not move. */
  readonly secondsLeft: number | null
  /** Most frequent first, at most 50. */
  readonly failures: FailureGroup[]
  /** The bulk that does again what failed of it. */
  readonly retriedBy: string | null
  /** Rows of an import that were wrong from the beginning: a retry leaves them out. */
  readonly wrongRows: number
  /** Tenants that wait because something else is at work on them. */
  readonly putOff: number
}

/** One bulk operation with everything that its page shows but its items; undefined when there is none. */
export async function getBulk(db: Database, id: string): Promise<BulkDetail | undefined> {
  const retry = alias(bulk, 'retry')
  const [row] = await db
    .select({ ...columns, retriedBy: retry.id })
    .from(bulk)
    .innerJoin(user, eq(user.id, bulk.requestedBy))
    .leftJoin(retry, eq(retry.retryOf, bulk.id))
    .where(eq(bulk.id, id))
    .orderBy(desc(retry.createdAt))
    .limit(1)
  if (!row) return undefined
  const { outcome, ...rest } = row
  const counts = outcome ?? (await countOutcomes(db, id))
  const perSecond = await rateOf(db, row, counts)
  const left = counts.pending + counts.queued + counts.running
  return {
    ...rest,
    counts,
    perSecond,
    secondsLeft: left && perSecond && row.state !== 'paused' ? left / perSecond : null,
    failures: counts.failed + counts.refused ? await failuresOf(db, id) : [],
    ...(await countItems(db, id, counts)),
  }
}

async function rateOf(
  db: Database,
  {
    id,
    state,
    createdAt,
    finishedAt,
  }: { id: string; state: BulkState; createdAt: string; finishedAt: string | null },
  { succeeded, failed, cancelled }: BulkCounts,
): Promise<number> {
  if (bulkMachine.final.includes(state) && finishedAt) {
    const seconds = (Date.parse(finishedAt) - Date.parse(createdAt)) / 1000
    return (succeeded + failed + cancelled) / Math.max(0.001, seconds)
  }
  const { rows } = await db.execute<{ ended: number; seconds: number }>(sql`
    select count(*)::int as ended,
      greatest(1, least(60, extract(epoch from now() - ${createdAt}::timestamptz)))::float8 as seconds
    from control.operation where bulk_id = ${id} and finished_at > now() - interval '60 seconds'`)
  return rows[0] ? rows[0].ended / rows[0].seconds : 0
}

/** What of the pending and the refused ones a person wants to know more about. */
async function countItems(
  db: Database,
  id: string,
  { pending, refused }: BulkCounts,
): Promise<{ putOff: number; wrongRows: number }> {
  if (!pending && !refused) return { putOff: 0, wrongRows: 0 }
  const { rows } = await db.execute<{ putOff: number; wrongRows: number }>(sql`
    select (count(*) filter (where state = 'pending' and tries > 0))::int as "putOff",
      (count(*) filter (where is_wrong_row))::int as "wrongRows"
    from control.bulk_item where bulk_id = ${id} and state in ('pending', 'refused')`)
  return rows[0] ?? { putOff: 0, wrongRows: 0 }
}

async function failuresOf(db: Database, id: string): Promise<FailureGroup[]> {
  const { rows } = await db.execute<{
    group: string
    code: string
    count: number
    isRetriable: boolean
    ordinal: number
    slug: string | null
    operationId: string | null
    message: string
    action: string | null
  }>(sql`
    with failure as (
      select i.ordinal, i.operation_id, i.tenant_id, i.input, o.error as why, true as retriable
      from control.operation o join control.bulk_item i on i.operation_id = o.id
      where o.bulk_id = ${id} and o.state = 'failed'
      union all
      select i.ordinal, null, i.tenant_id, i.input, i.refusal, not i.is_wrong_row
      from control.bulk_item i where i.bulk_id = ${id} and i.state = 'refused'
    ), grouped as (
      select coalesce(why ->> 'group', why ->> 'code') as "group", count(*)::int as count, min(ordinal) as ordinal,
        bool_or(retriable) as retriable
      from failure group by 1 order by 2 desc, 1 limit 50
    )
    select g."group", g.count, g.ordinal, g.retriable as "isRetriable", f.operation_id as "operationId", f.why ->> 'code' as code,
      f.why ->> 'message' as message, f.why ->> 'action' as action, coalesce(t.slug, f.input ->> 'slug') as slug
    from grouped g join failure f on f.ordinal = g.ordinal
    left join control.tenant t on t.id = f.tenant_id order by g.count desc, g."group"`)
  return rows.map(({ group, code, count, isRetriable, ...example }) => ({
    group,
    code,
    message: group.slice(code.length).trim() || example.message,
    count,
    isRetriable,
    example,
  }))
}
