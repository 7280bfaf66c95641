import type { IncidentEventKind } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { sql } from 'drizzle-orm'
import type { Moment } from './engine.ts'

export interface TimelineEntry {
  readonly incidentId: string
  readonly kind: IncidentEventKind
  /** In a sentence; of `joined` and `left` it is made of the names. */
  readonly text: string
  /** Whom it is about; the first few are kept. */
  readonly names?: readonly string[]
  readonly detail?: Record<string, unknown>
}

/** So many names are kept of an entry, and so many entries of the system in one timeline. */
const most = { names: 10, entries: 500 } as const
/** Comings and goings within so long are one entry. */
const togetherSeconds = 60

/** Writes what happened, in one statement. Comings and goings that follow each other closely become one entry with their number. */
export async function writeTimeline(
  tx: Database,
  entries: readonly TimelineEntry[],
  moment: Moment,
): Promise<void> {
  if (!entries.length) return
  const rows = entries.map(({ incidentId, kind, text, names = [], detail = {} }) => ({
    id: newId('ie'),
    incidentId,
    kind,
    text,
    detail: names.length ? { ...detail, count: names.length, names: names.slice(0, most.names) } : detail,
    together: kind === 'joined' || kind === 'left',
  }))
  await tx.execute(sql`
    with n as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        n (id text, "incidentId" text, kind text, text text, detail jsonb, together boolean)
    ), latest as (
      select n.id as new_id, e.id, e.detail, n.detail as more from n cross join lateral (
        select e.id, e.detail, e.at from control.incident_event e
        where e.incident_id = n."incidentId" and e.kind = n.kind and e.user_id is null order by e.at desc, e.id desc limit 1
      ) e
      where n.together and (e.at > ${moment.at}::timestamptz - make_interval(secs => ${togetherSeconds})
        or (select count(*) from control.incident_event o where o.incident_id = n."incidentId") >= ${most.entries})
    ), merged as (
      update control.incident_event e set detail = l.detail || jsonb_build_object(
        'count', (l.detail ->> 'count')::bigint + (l.more ->> 'count')::bigint,
        'until', control.iso(${moment.at}::timestamptz))
      from latest l where e.id = l.id returning l.new_id
    )
    insert into control.incident_event (id, incident_id, kind, text, detail, at)
    select n.id, n."incidentId", n.kind, n.text, n.detail, ${moment.at}::timestamptz from n
    where n.id not in (select new_id from merged)`)
}
