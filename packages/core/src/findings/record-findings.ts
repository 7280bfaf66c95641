import { type Database, newId } from '@tenantry/db'
import { sql } from 'drizzle-orm'
import type { Comparison } from './find-differences.ts'

/**
 * Makes the findings of a cluster say what a comparison saw: new ones are opened, those that are still there seen again,
 * those that are gone resolved. An ignored one stays so while nothing of it changes. What is about an id that was busy
 * stays as it was.
 */
export async function recordFindings(
  tx: Database,
  clusterId: string,
  { differences, busy }: Pick<Comparison, 'differences' | 'busy'>,
): Promise<void> {
  const rows = differences.map((difference) => ({ id: newId('fi'), ...difference }))
  const seen = sql`
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as s (id text, kind text, "tenantId" text, subject text, detail jsonb)`
  await tx.execute(sql`
    update control.finding f set state = 'resolved', resolved_at = clock_timestamp()
    where f.cluster_id = ${clusterId} and f.state <> 'resolved' and not coalesce(f.tenant_id = any(${sql.param(busy)}), false)
      and not exists (select from (${seen}) s where s.kind = f.kind and s.subject = f.subject)`)
  // Apart from the news: that it is still there is none, and makes no event.
  await tx.execute(sql`
    update control.finding f set last_seen_at = clock_timestamp()
    from (${seen}) s where f.cluster_id = ${clusterId} and f.state <> 'resolved' and s.kind = f.kind and s.subject = f.subject`)
  await tx.execute(sql`
    update control.finding f set state = 'open', tenant_id = s."tenantId", detail = s.detail,
      ignored_by = null, ignored_because = null
    from (${seen}) s
    where f.cluster_id = ${clusterId} and f.state <> 'resolved' and s.kind = f.kind and s.subject = f.subject
      and (f.detail <> s.detail or f.tenant_id is distinct from s."tenantId")`)
  await tx.execute(sql`
    insert into control.finding (id, kind, cluster_id, tenant_id, subject, detail)
    select s.id, s.kind, ${clusterId}, s."tenantId", s.subject, s.detail from (${seen}) s
    on conflict (cluster_id, kind, subject) where state <> 'resolved' do nothing`)
}
