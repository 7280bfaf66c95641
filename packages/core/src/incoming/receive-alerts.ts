import { createHash } from 'node:crypto'
import { type AlertmanagerPayload, type Severity, TenantryError } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { alert, alertSource, cluster, incident, incidentEvent, tenant } from '@tenantry/db/schema'
import { and, count, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import { hashToken } from './add-alert-source.ts'

type Incoming = AlertmanagerPayload['alerts'][number]

/** Whose token this is. @throws TenantryError `unauthenticated` */
export async function sourceOfToken(db: Database, token: string) {
  const [found] = await db
    .select()
    .from(alertSource)
    .where(and(eq(alertSource.tokenHash, hashToken(token)), isNull(alertSource.removedAt)))
  if (found) return found
  throw new TenantryError('unauthenticated', 'This bearer token belongs to no source of alerts.', {
    action: 'Use the token that was shown when the source was added.',
  })
}

const severityWords: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  error: 'critical',
  page: 'critical',
  emergency: 'critical',
  info: 'info',
  none: 'info',
  notice: 'info',
}
const rank = { info: 0, warning: 1, critical: 2 } as const

const severityOf = (alerts: readonly Incoming[]): Severity =>
  alerts
    .map(({ labels }) => severityWords[(labels.severity ?? '').toLowerCase()] ?? 'warning')
    .reduce<Severity>((worst, one) => (rank[one] > rank[worst] ? one : worst), 'info')

/**
 * Takes one delivery of an Alertmanager: its group is one incident, which is announced and escalated like our own. Any
 * delivery may come twice, late or never: what counts is what the last one says.
 */
export async function receiveAlerts(
  { db }: CoreContext,
  sourceId: string,
  payload: AlertmanagerPayload,
): Promise<{ incidentId: string | null }> {
  const groupKey = `${sourceId}:${payload.groupKey}`.slice(0, 1000)
  return db.transaction(async (tx) => {
    // Two deliveries of one group at once: one after the other.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${groupKey}, 0))`)
    await tx.update(alertSource).set({ seenAt: sql`now()` }).where(eq(alertSource.id, sourceId))
    const [open] = await tx
      .select()
      .from(incident)
      .where(and(eq(incident.groupKey, groupKey), ne(incident.state, 'resolved')))
      .for('update')
    const firing = payload.alerts.filter(({ status }) => status === 'firing')
    if (!open && (payload.status === 'resolved' || !firing.length)) return { incidentId: null }
    const row = open ?? (await begin(tx, sourceId, groupKey, payload, firing))
    const joined = await keepAlerts(tx, sourceId, row.id, firing)
    const over = payload.alerts.filter(({ status }) => status === 'resolved')
    await endAlerts(tx, sourceId, row.id, payload.status === 'resolved' ? undefined : over)
    await settle(tx, row, payload, { firing, joined: open ? joined : 0 })
    return { incidentId: row.id }
  })
}

async function begin(
  tx: Database,
  sourceId: string,
  groupKey: string,
  payload: AlertmanagerPayload,
  firing: readonly Incoming[],
) {
  const id = newId('in')
  const { commonAnnotations: notes } = payload
  const [row] = await tx
    .insert(incident)
    .values({
      id,
      groupKey,
      severity: severityOf(firing),
      title: titleOf(payload, firing),
      action: (notes.action ?? notes.description ?? notes.message ?? '').slice(0, 300),
      runbookUrl: /^https?:\/\//.test(notes.runbook_url ?? '') ? (notes.runbook_url ?? '') : '',
      source: sourceId,
      startedAt: new Date(Math.min(...firing.map(({ startsAt }) => Date.parse(startsAt)))),
    })
    .returning()
  if (!row) throw new Error('incident was not written')
  await tx.insert(incidentEvent).values({ id: newId('ie'), incidentId: id, kind: 'fired', text: row.title })
  return row
}

function titleOf(
  { commonAnnotations, commonLabels, groupLabels }: AlertmanagerPayload,
  firing: readonly Incoming[],
) {
  const name =
    commonLabels.alertname ?? groupLabels.alertname ?? firing[0]?.labels.alertname ?? 'An alert outside'
  const said = commonAnnotations.summary ?? (firing.length === 1 ? firing[0]?.annotations.summary : undefined)
  return (said ? `${name}: ${said}` : name).slice(0, 500)
}

const fingerprintOf = (sourceId: string, { fingerprint }: Incoming) =>
  createHash('sha256').update(`${sourceId} ${fingerprint}`).digest('hex')

/** Writes what fires and is not known yet. @returns how many that is */
async function keepAlerts(tx: Database, sourceId: string, incidentId: string, firing: readonly Incoming[]) {
  const slugs = [...new Set(firing.flatMap(({ labels }) => (labels.tenant ? [labels.tenant] : [])))]
  const names = [...new Set(firing.flatMap(({ labels }) => (labels.cluster ? [labels.cluster] : [])))]
  const tenants = slugs.length
    ? await tx.select({ id: tenant.id, slug: tenant.slug }).from(tenant).where(inArray(tenant.slug, slugs))
    : []
  const clusters = names.length
    ? await tx
        .select({ id: cluster.id, name: cluster.name })
        .from(cluster)
        .where(inArray(cluster.name, names))
    : []
  const idOf = new Map([...tenants.map((t) => [t.slug, t.id] as const)])
  const clusterIdOf = new Map(clusters.map((c) => [c.name, c.id] as const))
  let joined = 0
  for (let i = 0; i < firing.length; i += 500) {
    const written = await tx
      .insert(alert)
      .values(
        firing.slice(i, i + 500).map((one) => ({
          id: newId('al'),
          incidentId,
          fingerprint: fingerprintOf(sourceId, one),
          state: 'firing' as const,
          tenantId: idOf.get(one.labels.tenant ?? '') ?? null,
          clusterId: clusterIdOf.get(one.labels.cluster ?? '') ?? null,
          labels: one.labels,
          pendingAt: new Date(one.startsAt),
          firedAt: new Date(one.startsAt),
        })),
      )
      .onConflictDoNothing()
      .returning({ id: alert.id })
    joined += written.length
  }
  return joined
}

/** @param over those that are over; left out: all of them */
async function endAlerts(
  tx: Database,
  sourceId: string,
  incidentId: string,
  over: readonly Incoming[] | undefined,
) {
  if (over && !over.length) return
  await tx
    .update(alert)
    .set({ state: 'resolved', resolvedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(alert.incidentId, incidentId),
        ne(alert.state, 'resolved'),
        over &&
          inArray(
            alert.fingerprint,
            over.map((one) => fingerprintOf(sourceId, one)),
          ),
      ),
    )
}

/** Brings the incident's figures to what its alerts say now, and raises its epoch where somebody is to be told. */
async function settle(
  tx: Database,
  row: typeof incident.$inferSelect,
  payload: AlertmanagerPayload,
  { firing, joined }: { firing: readonly Incoming[]; joined: number },
) {
  const of = eq(alert.incidentId, row.id)
  const [left] = await tx
    .select({ n: count() })
    .from(alert)
    .where(and(of, eq(alert.state, 'firing')))
  const [all] = await tx.select({ n: count() }).from(alert).where(of)
  const over = payload.status === 'resolved' || !left?.n
  const severity = over ? row.severity : severityOf(firing)
  const worse = rank[severity] > rank[row.severity]
  await tx
    .update(incident)
    .set({
      firing: over ? 0 : (left?.n ?? 0) + payload.truncatedAlerts,
      total: (all?.n ?? 0) + payload.truncatedAlerts,
      silenced: 0,
      severity: worse ? severity : row.severity,
      ...(over
        ? { state: 'resolved' as const, resolvedAt: sql`clock_timestamp()` }
        : { title: titleOf(payload, firing) }),
      ...(over || worse || joined
        ? { epoch: sql`${incident.epoch} + 1`, raisedAt: sql`clock_timestamp()`, raisedFiring: left?.n ?? 0 }
        : {}),
    })
    .where(eq(incident.id, row.id))
  const kind = over ? ('resolved' as const) : ('joined' as const)
  if (!over && !joined) return
  const text = over ? 'Its source says that it is over.' : `${joined} more.`
  await tx.insert(incidentEvent).values({ id: newId('ie'), incidentId: row.id, kind, text })
}
