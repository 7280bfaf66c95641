import type { Matcher, Severity } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'

export interface SilencePreview {
  /** Alerts that fire now and match. */
  readonly matches: number
  /** Of all that fire now. */
  readonly firing: number
  /** Incidents that would fall silent: every alert of them matches, or is silent already. */
  readonly incidents: readonly { readonly id: string; readonly title: string; readonly severity: Severity }[]
}

/** What a silence would cover if it began now. No matchers match nothing: a silence of everything is not possible. */
export async function previewSilence(
  { db }: CoreContext,
  matchers: readonly Matcher[],
): Promise<SilencePreview> {
  const { rows } = await db.execute<{
    matches: number
    firing: number
    incidents: SilencePreview['incidents']
  }>(sql`
    with f as (
      select f.incident_id, f.now_silence_id is not null or f.now_inhibited_by is not null as quiet,
        ${matchers.length > 0} and control.alert_matches(${JSON.stringify(matchers)}::jsonb, f.rule_id, f.severity,
          f.cluster_id, f.tenant_id, f.metric, f.labels) as matches
      from control.firing_alerts(clock_timestamp()) f
    )
    select (select count(*)::int from f where matches) as matches, (select count(*)::int from f) as firing,
      (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'title', i.title, 'severity', i.severity)
          order by i.started_at desc), '[]')
        from control.incident i join (
          select incident_id from f group by 1 having bool_and(matches or quiet) and bool_or(matches) limit 50
        ) s on s.incident_id = i.id) as incidents`)
  return rows[0] ?? { matches: 0, firing: 0, incidents: [] }
}
