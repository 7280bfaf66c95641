import type { Matcher, SilenceKind } from '@tenantry/contracts'
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { cutPage, decodeCursor, defaultLimit, type Page } from './keyset.ts'

export const silenceStates = ['active', 'planned', 'ended'] as const
export type SilenceState = (typeof silenceStates)[number]

export interface SilenceRow {
  readonly id: string
  readonly kind: SilenceKind
  readonly state: SilenceState
  readonly matchers: readonly Matcher[]
  readonly startsAt: string
  readonly endsAt: string
  readonly comment: string
  readonly createdByName: string
  readonly createdAt: string
  readonly rowVersion: number
  /** Alerts that fire now and that it matches; of an ended one 0. */
  readonly matches: number
}

export interface SilenceListing {
  readonly states?: readonly SilenceState[] | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export interface SilencePage extends Page<SilenceRow> {
  readonly byState: Record<SilenceState, number>
  /** The names of what matchers hold by id: rules, clusters, tenants. */
  readonly names: Readonly<Record<string, string>>
}

const stateOf = sql`case when s.ends_at <= now() then 'ended' when s.starts_at > now() then 'planned' else 'active' end`

/** Silences, the last that ends first; a cursor goes on where a page ended. */
export async function listSilences(db: Database, listing: SilenceListing): Promise<SilencePage> {
  const { cursor, limit = defaultLimit } = listing
  const states = listing.states?.length ? listing.states : silenceStates
  let after: SQL = sql`true`
  if (cursor) {
    const [at, id] = decodeCursor(cursor, ['time', 'text'])
    after = sql`(s.ends_at, s.id) < (${at}::timestamptz, ${id})`
  }
  const { rows } = await db.execute<SilenceRow & { sortedBy: string; [key: string]: unknown }>(sql`
    select s.id, s.kind, ${stateOf} as state, s.matchers, control.iso(s.starts_at) as "startsAt",
      control.iso(s.ends_at) as "endsAt", s.comment, u.name as "createdByName", control.iso(s.created_at) as "createdAt",
      s.row_version::float8 as "rowVersion",
      to_char(s.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "sortedBy"
    from control.silence s join control."user" u on u.id = s.created_by
    where ${stateOf} = any(${sql.param([...states])}::text[]) and ${after}
    order by s.ends_at desc, s.id desc limit ${limit + 1}`)
  const { rows: counted } = await db.execute<{ state: SilenceState; count: number }>(
    sql`select ${stateOf} as state, count(*)::int as count from control.silence s group by 1`,
  )
  const byState = { active: 0, planned: 0, ended: 0 }
  for (const { state, count } of counted) byState[state] = count
  const page = cutPage(
    rows,
    limit,
    (row) => [row.sortedBy, row.id],
    ({ sortedBy: _, ...row }) => row,
  )
  const counts = await countMatches(
    db,
    page.items.filter(({ state }) => state !== 'ended'),
  )
  const items = page.items.map((row) => ({ ...row, matches: counts.get(row.id) ?? 0 }))
  return {
    items,
    nextCursor: page.nextCursor,
    total: states.reduce((sum, state) => sum + byState[state], 0),
    byState,
    names: await namesInMatchers(
      db,
      items.flatMap(({ matchers }) => matchers),
    ),
  }
}

/** How many alerts that fire now each set of matchers lets through, by the evaluator’s own predicate. */
export async function countMatches(
  db: Database,
  sets: readonly { readonly id: string; readonly matchers: readonly Matcher[] }[],
): Promise<Map<string, number>> {
  if (sets.length === 0) return new Map()
  const { rows } = await db.execute<{ id: string; count: number }>(sql`
    select s.id, count(*)::int as count
    from jsonb_to_recordset(${JSON.stringify(sets.map(({ id, matchers }) => ({ id, matchers })))}::jsonb)
      as s (id text, matchers jsonb)
    join (
      select r.id as rule, coalesce(r.severity, i.severity) as severity, a.cluster_id as cluster, a.tenant_id as tenant,
        r.condition ->> 'metric' as metric, a.labels
      from control.alert a left join control.alert_rule r on r.id = a.rule_id
      left join control.incident i on i.id = a.incident_id where a.state = 'firing') f
      on control.alert_matches(s.matchers, f.rule, f.severity, f.cluster, f.tenant, f.metric, f.labels)
    group by s.id`)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

async function namesInMatchers(db: Database, matchers: readonly Matcher[]): Promise<Record<string, string>> {
  const ids = matchers.flatMap(({ fact, values }) =>
    fact === 'rule' || fact === 'cluster' || fact === 'tenant' ? values : [],
  )
  if (ids.length === 0) return {}
  const list = sql`any(${sql.param([...new Set(ids)])}::text[])`
  const { rows } = await db.execute<{ id: string; name: string }>(sql`
    select id, name from control.alert_rule where id = ${list}
    union all select id, name from control.cluster where id = ${list}
    union all select id, slug from control.tenant where id = ${list}`)
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
}
