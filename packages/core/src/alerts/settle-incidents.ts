import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'
import type { Moment, RuleRow } from './engine.ts'
import type { GroupChange } from './step-rule.ts'
import { type TimelineEntry, writeTimeline } from './write-timeline.ts'

/** Whoever was told of an incident is told of new members after so long, or sooner when there are twice as many. */
const tellAgainSeconds = { growing: 30, atAll: 300 } as const

/**
 * Brings incidents to the figures of their alerts. The epoch rises with what somebody outside must hear of: it fires, it
 * fires again, it is worse than it was, it has grown, it is over.
 */
export async function settleIncidents(
  tx: Database,
  rule: RuleRow,
  groups: readonly (GroupChange & { readonly incidentId: string })[],
  moment: Moment,
): Promise<void> {
  if (!groups.length) return
  const figures = groups.map(({ incidentId, title, firing, clusterId, joined }) => ({
    id: incidentId,
    title,
    firing,
    clusterId,
    joined: joined.length,
  }))
  const { rows } = await tx.execute<{
    id: string
    was: number
    refired: number
    state: string
    isWorse: boolean
  }>(sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(figures)}::jsonb)
        w (id text, title text, firing bigint, "clusterId" text, joined bigint)
    ), seen as (
      select i.id, i.firing as was, i.raised_firing as told, w.title, w.firing, w."clusterId", w.joined,
        array_position(array['info', 'warning', 'critical'], ${rule.severity}::text)
          > array_position(array['info', 'warning', 'critical'], i.severity) as "isWorse",
        ${moment.at}::timestamptz - i.raised_at as since
      from control.incident i join wanted w on w.id = i.id where i.state <> 'resolved' for update of i
    ), raising as (
      select *, case
          when firing = 0 then was > 0
          else was = 0 or "isWorse" or joined > 0 and (since >= make_interval(secs => ${tellAgainSeconds.atAll})
            or firing >= 2 * told and since >= make_interval(secs => ${tellAgainSeconds.growing}))
        end as news
      from seen
    )
    update control.incident i set
      title = case when r.firing = 0 then i.title else r.title end, firing = r.firing, total = i.total + r.joined,
      severity = case when r.firing = 0 then i.severity else ${rule.severity} end,
      action = ${rule.action}, runbook_url = ${rule.runbookUrl},
      cluster_id = case when r.firing = 0 then i.cluster_id else r."clusterId" end,
      silenced = least(i.silenced, r.firing),
      state = case when r.firing = 0 then 'resolved' else i.state end,
      resolved_at = case when r.firing = 0 then ${moment.at}::timestamptz end,
      epoch = i.epoch + case when r.news then 1 else 0 end,
      -- Of what nobody was told, nobody is told that it is over.
      announced_epoch = case when r.firing = 0 and i.announced_epoch = 0 and i.silenced >= i.firing then i.epoch + 1
        else i.announced_epoch end,
      raised_at = case when r.news then ${moment.at}::timestamptz else i.raised_at end,
      raised_firing = case when r.news then r.firing else i.raised_firing end
    from raising r
    where i.id = r.id and (r.news or r.joined > 0 or (i.firing, i.title, i.action, i.runbook_url, i.severity)
      is distinct from (r.firing, r.title, ${rule.action}, ${rule.runbookUrl}, ${rule.severity}))
    returning i.id, r.was::int, i.refired, i.state, r."isWorse" and r.was > 0 as "isWorse"`)
  const byId = new Map(groups.map((group) => [group.incidentId, group]))
  await writeTimeline(
    tx,
    rows.flatMap((row) => entriesOf(rule, row, byId.get(row.id))),
    moment,
  )
}

function entriesOf(
  rule: RuleRow,
  row: { id: string; was: number; refired: number; state: string; isWorse: boolean },
  group: GroupChange | undefined,
): TimelineEntry[] {
  if (!group) return []
  const { joined, left, title, lastWords } = group
  const entry = (
    kind: TimelineEntry['kind'],
    text: string,
    names: readonly string[] = [],
  ): TimelineEntry => ({
    incidentId: row.id,
    kind,
    text,
    names,
  })
  if (row.state === 'resolved') return [entry('resolved', lastWords)]
  if (row.was === 0) return [entry('fired', row.refired ? `Again: ${title}` : title, joined)]
  return [
    ...(row.isWorse ? [entry('fired', `Now ${rule.severity}: ${title}`)] : []),
    ...(joined.length ? [entry('joined', '', joined)] : []),
    ...(left.length ? [entry('left', '', left)] : []),
  ]
}
