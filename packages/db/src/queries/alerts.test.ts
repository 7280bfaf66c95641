import type { AlertCondition, Severity } from '@tenantry/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../control/new-id.ts'
import {
  alert,
  alertRule,
  escalation,
  escalationPolicy,
  incident,
  incidentEvent,
  silence,
} from '../schema/index.ts'
import { type ControlTestDatabase, createControlDatabase } from '../testing/index.ts'
import {
  countFiring,
  countMatches,
  getIncident,
  getIncidentSeries,
  listAlertRules,
  listAttention,
  listIncidentMembers,
  listIncidents,
  listRoutes,
  listSilences,
} from './index.ts'
import { type Fleet, seedFleet, seedTenants } from './testing/seed-fleet.ts'

let control: ControlTestDatabase
let fleet: Fleet
let tenants: string[]
beforeAll(async () => {
  control = await createControlDatabase()
  fleet = await seedFleet(control.db)
  tenants = await seedTenants(control.db, fleet, ['alder', 'birch', 'cedar', 'dogwood', 'elm'])
})
afterAll(() => control.drop())
beforeEach(async () => {
  await control.pool.query(
    'truncate control.incident, control.alert, control.alert_rule, control.silence, control.metric_sample cascade',
  )
})

const lag: AlertCondition = {
  kind: 'threshold',
  metric: 'cluster_replication_lag_seconds',
  operator: 'above',
  value: 30,
}

async function newRule(over: Partial<typeof alertRule.$inferInsert> = {}) {
  const id = newId('ar')
  const scope = { clusterIds: [], tenantIds: [], labels: {} }
  await control.db
    .insert(alertRule)
    .values({ id, name: `Rule ${id}`, condition: lag, scope, severity: 'warning', ...over })
  return id
}

async function newIncident(over: Partial<typeof incident.$inferInsert> = {}) {
  const id = newId('in')
  await control.db
    .insert(incident)
    .values({ id, groupKey: id, severity: 'warning', title: `Incident ${id}`, firing: 1, total: 1, ...over })
  return id
}

const newAlert = (incidentId: string, over: Partial<typeof alert.$inferInsert> = {}) => {
  const id = newId('al')
  const firedAt = new Date()
  return control.db
    .insert(alert)
    .values({ id, incidentId, fingerprint: id, state: 'firing', pendingAt: firedAt, firedAt, ...over })
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)
const resolve = (id: string, minutes = 0) =>
  control.pool.query(
    `update control.incident set state = 'resolved', firing = 0, resolved_at = now() - make_interval(mins => $2)
     where id = $1`,
    [id, minutes],
  )

describe('listIncidents', () => {
  it('lists what lasts, the worst first and of one severity the newest, page by page', async () => {
    const ids: Record<string, string> = {}
    const all: [string, Severity, number][] = [
      ['info', 'info', 1],
      ['old warning', 'warning', 60],
      ['warning', 'warning', 5],
      ['critical', 'critical', 90],
    ]
    for (const [name, severity, ago] of all) {
      ids[name] = await newIncident({ severity, startedAt: minutesAgo(ago), title: name })
    }
    await resolve(await newIncident())
    const first = await listIncidents(control.db, { which: 'open', limit: 3 })
    expect(first.items.map(({ title }) => title)).toEqual(['critical', 'warning', 'old warning'])
    expect(first.total).toBe(4)
    const next = await listIncidents(control.db, { which: 'open', limit: 3, cursor: first.nextCursor ?? '' })
    expect(next.items.map(({ id }) => id)).toEqual([ids.info])
    expect(next.nextCursor).toBeNull()
  })

  it('loses and doubles none of those that came at the same moment', async () => {
    const startedAt = new Date()
    for (let i = 0; i < 7; i++) await newIncident({ startedAt })
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await listIncidents(control.db, { which: 'open', limit: 2, cursor: cursor ?? undefined })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(new Set(seen).size).toBe(7)
    expect(seen).toHaveLength(7)
  })

  it('lists what is over, the last that ended first, page by page', async () => {
    const ids = [await newIncident(), await newIncident(), await newIncident()]
    for (const [i, id] of ids.entries()) await resolve(id, i * 10)
    const first = await listIncidents(control.db, { which: 'resolved', limit: 2 })
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2))
    const next = await listIncidents(control.db, {
      which: 'resolved',
      limit: 2,
      cursor: first.nextCursor ?? '',
    })
    expect(next.items.map(({ id }) => id)).toEqual(ids.slice(2))
  })

  it('shows the three members that fired last, and in which hours the same group fired before', async () => {
    const before = await newIncident({ groupKey: 'lag', startedAt: minutesAgo(200) })
    await newAlert(before, { firedAt: minutesAgo(180) })
    await resolve(before, 100)
    const id = await newIncident({ groupKey: 'lag', firing: 5, total: 5 })
    const now = Date.now()
    for (const [i, tenantId] of tenants.entries()) {
      await newAlert(id, { tenantId, clusterId: fleet.clusterIds[0], firedAt: new Date(now - i) })
    }
    const [row] = (await listIncidents(control.db, { which: 'open' })).items
    expect(row?.members.map(({ tenantSlug }) => tenantSlug)).toEqual(['alder', 'birch', 'cedar'])
    expect(row?.members[0]?.clusterName).toBe('eu-1')
    expect(row?.strip).toHaveLength(24)
    expect(row?.strip.at(-1)).toBe(5)
    expect(row?.strip.slice(18, 22).reduce((sum, count) => sum + count)).toBe(1)
  })

  it('finds by cluster, tenant, rule, severity and a part of the title', async () => {
    const ruleId = await newRule()
    const id = await newIncident({
      ruleId,
      clusterId: fleet.clusterIds[1],
      severity: 'critical',
      title: 'Lag on eu-2',
    })
    await newAlert(id, { tenantId: tenants[0] ?? '' })
    await newIncident({ title: 'another' })
    const found = async (filter: object) =>
      (await listIncidents(control.db, { which: 'open', ...filter })).items.map((row) => row.id)
    for (const filter of [
      { clusterId: fleet.clusterIds[1] },
      { tenantId: tenants[0] },
      { ruleId },
      { severities: ['critical'] },
      { text: 'LAG' },
      { text: id },
    ]) {
      expect(await found(filter), JSON.stringify(filter)).toEqual([id])
    }
    expect(await found({ tenantId: tenants[1] })).toEqual([])
  })

  it('names whom an escalation calls next, while nobody has taken it', async () => {
    const policyId = 'ep_00000000000000000000000001'
    const steps = [
      { afterSeconds: 0, targets: [{ kind: 'user' as const, userId: fleet.userId }] },
      { afterSeconds: 60, targets: [{ kind: 'user' as const, userId: 'us_gone' }] },
    ]
    await control.db
      .insert(escalationPolicy)
      .values({ id: policyId, name: 'db-oncall', steps, isDefault: true })
    const id = await newIncident()
    await control.db.insert(escalation).values({ incidentId: id, policyId, step: 2, dueAt: new Date() })
    const first = async () => (await listIncidents(control.db, { which: 'open' })).items[0]
    // Step 2 of two is the first again, in its repetition.
    expect((await first())?.escalation).toMatchObject({ targets: ['Ana Ruiz'] })
    await control.db.update(escalation).set({ step: 1 })
    expect((await first())?.escalation).toMatchObject({ targets: ['somebody'] })
    await control.pool.query(
      `update control.incident set state = 'acknowledged', acknowledged_by = $1, acknowledged_until = now()`,
      [fleet.userId],
    )
    expect(await first()).toMatchObject({ escalation: null, acknowledgedByName: 'Ana Ruiz' })
    expect(await listRoutes(control.db)).toMatchObject([
      { name: 'db-oncall', steps: [{ targets: ['Ana Ruiz'] }, {}] },
    ])
  })
})

describe('getIncident', () => {
  it('tells its story in order, with who did what', async () => {
    const ruleId = await newRule({ name: 'Replication lag', forSeconds: 120 })
    const id = await newIncident({ ruleId })
    const line = { incidentId: id, text: 'replayed by hand' }
    await control.db.insert(incidentEvent).values([
      { ...line, id: newId('ie'), kind: 'noted', userId: fleet.userId, at: minutesAgo(1) },
      { ...line, id: newId('ie'), kind: 'fired', text: '', at: minutesAgo(3) },
    ])
    expect(await getIncident(control.db, id)).toMatchObject({
      rule: { name: 'Replication lag', condition: lag, forSeconds: 120, isRemoved: false },
      timeline: [
        { kind: 'fired', userName: null },
        { kind: 'noted', userName: 'Ana Ruiz', text: 'replayed by hand' },
      ],
      deliveries: [],
    })
  })

  it('is undefined where there is none', async () => {
    expect(await getIncident(control.db, newId('in'))).toBeUndefined()
  })
})

describe('listIncidentMembers', () => {
  it('pages through everybody: who fires first, then whose alert is over', async () => {
    const id = await newIncident()
    for (const [i, tenantId] of tenants.entries()) {
      const over = i < 2 ? { state: 'resolved' as const, resolvedAt: new Date() } : {}
      // Born resolved is unlawful: it fires first.
      await newAlert(id, { tenantId, firedAt: minutesAgo(i) })
      if (over.state)
        await control.pool.query(
          `update control.alert set state = 'resolved', resolved_at = now() where tenant_id = $1`,
          [tenantId],
        )
    }
    const first = await listIncidentMembers(control.db, { incidentId: id, limit: 3 })
    expect(first.items.map(({ tenantSlug }) => tenantSlug)).toEqual(['cedar', 'dogwood', 'elm'])
    expect(first.total).toBe(5)
    const next = await listIncidentMembers(control.db, {
      incidentId: id,
      limit: 3,
      cursor: first.nextCursor ?? '',
    })
    expect(next.items.map(({ tenantSlug }) => tenantSlug)).toEqual(['alder', 'birch'])
  })
})

describe('getIncidentSeries', () => {
  it('shows what the rule measured of the worst one, from before it began until now', async () => {
    const [better, worse] = fleet.clusterIds
    const ruleId = await newRule()
    const id = await newIncident({ ruleId, startedAt: minutesAgo(10) })
    await newAlert(id, { ruleId, clusterId: better, value: 31 })
    await newAlert(id, { ruleId, clusterId: worse, value: 94 })
    await control.pool.query('select control.keep_sample_partitions(now())')
    await control.pool.query(
      `insert into control.metric_sample (metric, cluster_id, at, value)
       select 'cluster_replication_lag_seconds', c, now() - make_interval(mins => m), case c when $1 then 5 else 94 end
       from generate_series(0, 60, 5) m, unnest($2::text[]) c
       where date_trunc('day', now() - make_interval(mins => m)) = date_trunc('day', now())`,
      [better, fleet.clusterIds],
    )
    const series = await getIncidentSeries(control.db, id)
    expect(series).toMatchObject({ subject: { clusterId: worse, name: 'eu-2' }, condition: lag })
    expect(series?.points).toHaveLength(120)
    expect(series?.points.at(-1)?.value).toBe(94)
  })

  it('is undefined for an incident that came from outside', async () => {
    expect(await getIncidentSeries(control.db, await newIncident({ source: 'prometheus' }))).toBeUndefined()
  })
})

describe('countFiring', () => {
  it('counts what wants somebody apart from what is taken or silenced', async () => {
    await newIncident({ severity: 'critical' })
    await newIncident({ severity: 'warning' })
    await newIncident({ severity: 'warning', firing: 2, silenced: 2 })
    await newIncident({
      state: 'firing',
      severity: 'critical',
      title: 'taken',
    })
    await control.pool.query(
      `update control.incident set state = 'acknowledged', acknowledged_by = $1, acknowledged_until = now() where title = 'taken'`,
      [fleet.userId],
    )
    await resolve(await newIncident())
    expect(await countFiring(control.db)).toEqual({
      critical: 1,
      warning: 1,
      info: 0,
      acknowledged: 1,
      silenced: 1,
    })
  })
})

describe('listAttention', () => {
  it('puts what fires first, the worst of it before the rest; not what is taken, silenced or mere news', async () => {
    await newIncident({ severity: 'warning', title: 'second' })
    await newIncident({ severity: 'critical', title: 'first' })
    await newIncident({ severity: 'info' })
    await newIncident({ firing: 2, silenced: 2 })
    const found = await listAttention(control.db)
    expect(found.filter(({ kind }) => kind === 'incident.firing')).toMatchObject([
      { title: 'first' },
      { title: 'second' },
    ])
    expect(found[0]?.kind).toBe('incident.firing')
  })
})

describe('listAlertRules', () => {
  it('says how each stands: off, faulty, firing, pending or well', async () => {
    const rules = {
      off: await newRule({ enabled: false }),
      fault: await newRule({ fault: 'no such metric' }),
      firing: await newRule(),
      pending: await newRule(),
      ok: await newRule(),
    }
    const ruleId = rules.firing
    await newAlert(await newIncident({ ruleId }), { ruleId })
    await newAlert(await newIncident(), { ruleId: rules.pending, state: 'pending', firedAt: null })
    await newRule({ removedAt: new Date() })
    const listed = await listAlertRules(control.db)
    const standing = (id: string) => listed.find((row) => row.id === id)?.standing
    expect(Object.values(rules).map(standing)).toEqual(['disabled', 'fault', 'firing', 'pending', 'ok'])
    expect(listed).toHaveLength(5)
    expect(listed.find(({ id }) => id === ruleId)).toMatchObject({
      firing: 1,
      lastFiredAt: expect.any(String),
    })
  })
})

describe('listSilences', () => {
  const newSilence = (over: Partial<typeof silence.$inferInsert>) => {
    const id = newId('si')
    return control.db.insert(silence).values({
      id,
      idempotencyKey: id,
      kind: 'silence',
      matchers: [{ fact: 'severity', operator: 'is', values: ['warning'] }],
      startsAt: minutesAgo(10),
      endsAt: minutesAgo(-10),
      comment: 'known',
      createdBy: fleet.userId,
      ...over,
    })
  }

  it('tells what is active from what is planned and what is over, each with what it matches now', async () => {
    await newAlert(await newIncident())
    await newSilence({ comment: 'active' })
    await newSilence({ comment: 'planned', startsAt: minutesAgo(-60), endsAt: minutesAgo(-90) })
    await newSilence({ comment: 'ended', startsAt: minutesAgo(60), endsAt: minutesAgo(30) })
    const { items, byState } = await listSilences(control.db, {})
    expect(items.map(({ comment, state, matches }) => [comment, state, matches])).toEqual([
      ['planned', 'planned', 1],
      ['active', 'active', 1],
      ['ended', 'ended', 0],
    ])
    expect(byState).toEqual({ active: 1, planned: 1, ended: 1 })
    expect((await listSilences(control.db, { states: ['planned'] })).total).toBe(1)
  })

  it('pages, and names what matchers hold by id', async () => {
    for (let i = 0; i < 3; i++) await newSilence({ endsAt: minutesAgo(-20) })
    const values = [fleet.clusterIds[0]]
    await newSilence({ matchers: [{ fact: 'cluster', operator: 'is', values }], endsAt: minutesAgo(-30) })
    const first = await listSilences(control.db, { limit: 2 })
    expect(first.names).toEqual({ [fleet.clusterIds[0]]: 'eu-1' })
    const next = await listSilences(control.db, { limit: 2, cursor: first.nextCursor ?? '' })
    expect(new Set([...first.items, ...next.items].map(({ id }) => id)).size).toBe(4)
  })

  it.each([
    [[['severity', 'is', ['critical', 'warning']]], 2],
    [[['severity', 'is', ['critical']]], 0],
    [[['label:plan', 'is', ['gold']]], 1],
    [[['label:plan', 'is not', ['gold']]], 1],
    [
      [
        ['severity', 'is', ['warning']],
        ['label:plan', 'is', ['silver']],
      ],
      0,
    ],
  ])('counts what fires and matches %j: %i', async (lines, count) => {
    const id = await newIncident()
    await newAlert(id, { labels: { plan: 'gold' } })
    await newAlert(id, { labels: {} })
    const matchers = lines.map(([fact, operator, values]) => ({ fact, operator, values })) as never
    expect((await countMatches(control.db, [{ id: 'x', matchers }])).get('x') ?? 0).toBe(count)
  })
})
