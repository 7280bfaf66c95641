import type { EventKind } from '@tenantry/contracts'
import { and, arrayContains, asc, gt, lte, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { event } from '../schema/index.ts'
import { iso } from './keyset.ts'

/** An entry of the event log, for every topic that carries it. */
export interface LoggedEvent {
  readonly seq: number
  readonly topics: string[]
  readonly kind: EventKind
  readonly entityId: string
  readonly version: number
  readonly patch: Record<string, unknown>
  readonly at: string
}

const columns = {
  seq: event.seq,
  topics: event.topics,
  kind: event.kind,
  entityId: event.entityId,
  version: event.version,
  patch: event.patch,
  at: iso(event.at),
}

/** What the log says after `seq`, in order. */
export function readEvents(db: Database, seq: number, limit: number): Promise<LoggedEvent[]> {
  return db.select(columns).from(event).where(gt(event.seq, seq)).orderBy(asc(event.seq)).limit(limit)
}

/** What the log says on one topic after `since`, up to and with `until`, in order. */
export function readTopic(
  db: Database,
  topic: string,
  { since, until, limit }: { since: number; until: number; limit: number },
): Promise<LoggedEvent[]> {
  return db
    .select(columns)
    .from(event)
    .where(and(gt(event.seq, since), lte(event.seq, until), arrayContains(event.topics, [topic])))
    .orderBy(asc(event.seq))
    .limit(limit)
}

/** Milliseconds for which the oldest event has waited for the relay; 0 when none waits. */
export async function oldestUnnumbered(db: Database): Promise<number> {
  const { rows } = await db.execute<{ ms: number }>(sql`
    select (extract(epoch from clock_timestamp() - at) * 1000)::float8 as ms
    from control.event_outbox order by id limit 1`)
  return rows[0]?.ms ?? 0
}

/** The oldest and newest entries that are kept; zeros when there are none. */
export async function eventBounds(db: Database): Promise<{ oldest: number; newest: number }> {
  const { rows } = await db.execute<{ oldest: number; newest: number }>(
    sql`select coalesce(min(seq), 0)::float8 as oldest, coalesce(max(seq), 0)::float8 as newest from control.event`,
  )
  return rows[0] ?? { oldest: 0, newest: 0 }
}
