import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit, fleetSample } from '../schema/index.ts'
import { type ControlTestDatabase, createControlDatabase } from '../testing/index.ts'
import { getFleetOverview } from './fleet.ts'
import { listAttention, listRecentEvents } from './fleet-news.ts'
import { getFleetSeries, seriesRanges } from './fleet-series.ts'
import {
  endOperation,
  type Fleet,
  putTenants,
  seedFleet,
  seedOperation,
  seedTenants,
} from './testing/seed-fleet.ts'

let control: ControlTestDatabase
let fleet: Fleet
beforeAll(async () => {
  control = await createControlDatabase()
  fleet = await seedFleet(control.db)
})
afterAll(() => control.drop())

describe('the overview', () => {
  it('of an empty fleet is zeros', async () => {
    expect(await getFleetOverview(control.db)).toMatchObject({
      tenants: 0,
      counts: {},
      cut: false,
      clusters: [
        { name: 'eu-1', cells: [] },
        { name: 'eu-2', cells: [] },
      ],
      queue: { queued: 0, running: 0, oldestQueued: 0 },
    })
  })

  it('counts tenants by state and cluster and has a cell for each', async () => {
    const [a = '', b = '', c = ''] = await seedTenants(control.db, fleet, ['bbb', 'aaa', 'ccc'])
    const [d = ''] = await seedTenants(control.db, fleet, ['ddd'], { clusterId: fleet.clusterIds[1] })
    await putTenants(control, [a, b], 'active')
    await putTenants(control, [c], 'discarded')
    await seedOperation(control.db, fleet, { tenantId: d, dueAt: new Date(Date.now() - 5000) })
    const overview = await getFleetOverview(control.db)
    expect(overview).toMatchObject({
      tenants: 3,
      counts: { active: 2, provisioning: 1 },
      cut: false,
      clusters: [
        {
          name: 'eu-1',
          counts: { active: 2 },
          cells: [
            [b, 'aaa', 'active'],
            [a, 'bbb', 'active'],
          ],
        },
        { name: 'eu-2', counts: { provisioning: 1 }, cells: [[d, 'ddd', 'provisioning']] },
      ],
      queue: { queued: 1, running: 0, waiting: 0, undoing: 0 },
    })
    expect(overview.queue.oldestQueued).toBeGreaterThan(4)
    expect(overview.queue.oldestQueued).toBeLessThan(60)
    await control.pool.query('delete from control.operation')
  })
})

describe('the series', () => {
  it.each(Object.entries(seriesRanges))(
    'of %s has at most 120 points of equal length up to now',
    async (range, { seconds, bucket }) => {
      const series = await getFleetSeries(control.db, range as keyof typeof seriesRanges)
      const { at } = series
      expect(at).toHaveLength(seconds / bucket)
      expect(at.length).toBeLessThanOrEqual(120)
      const times = at.map((time) => Date.parse(time))
      expect(times.every((time, i) => i === 0 || time - (times[i - 1] ?? 0) === bucket * 1000)).toBe(true)
      expect(Date.now() - (times.at(-1) ?? 0)).toBeLessThan(bucket * 1000)
      for (const list of [
        series.succeeded,
        series.failed,
        series.cancelled,
        series.queued,
        series.oldestQueued,
      ]) {
        expect(list).toHaveLength(at.length)
      }
    },
  )

  it('has nothing where nobody looked, and zero where nothing ended', async () => {
    const series = await getFleetSeries(control.db, '15m')
    expect(new Set(series.queued)).toEqual(new Set([null]))
    expect(new Set(series.succeeded)).toEqual(new Set([0]))
    expect(series.durations).toEqual([])
  })

  it('counts each ending in its second, by outcome, and measures how long they took', async () => {
    for (const seconds of [1, 2, 3, 4, 100]) {
      const id = await seedOperation(control.db, fleet)
      await endOperation(control, id, { startedAgo: 300 + seconds, finishedAgo: 300 })
    }
    const failed = await seedOperation(control.db, fleet)
    await endOperation(control, failed, { state: 'failed', startedAgo: 301, finishedAgo: 300 })
    const cancelled = await seedOperation(control.db, fleet, { kind: 'tenant.discard' })
    await endOperation(control, cancelled, { state: 'cancelled', startedAgo: 300, finishedAgo: 300 })
    await control.db.insert(fleetSample).values([
      { at: new Date(Date.now() - 300_000), queued: 4, running: 2, waiting: 0, oldestQueued: 1.5 },
      { at: new Date(Date.now() - 299_999), queued: 7, running: 1, waiting: 1, oldestQueued: 0.5 },
    ])
    const series = await getFleetSeries(control.db, '1h')
    const total = (list: number[]) =>
      list.reduce((sum, perSecond) => sum + perSecond * series.bucketSeconds, 0)
    expect(total(series.succeeded)).toBeCloseTo(5)
    expect(total(series.failed)).toBeCloseTo(1)
    expect(total(series.cancelled)).toBeCloseTo(1)
    const at = series.succeeded.findIndex((value) => value > 0)
    expect(Date.now() - Date.parse(series.at[at] ?? '')).toBeGreaterThan(299_000)
    const provision = series.durations.find(({ kind }) => kind === 'tenant.provision')
    // 1, 1, 2, 3, 4, 100: what PostgreSQL's percentile_cont says of them.
    expect(provision?.p50[at]).toBeCloseTo(2.5)
    expect(provision?.p95[at]).toBeCloseTo(76)
    expect(provision?.p99[at]).toBeCloseTo(95.2)
    expect(provision?.p50.filter((value) => value !== null)).toHaveLength(1)
    expect(Math.max(...series.queued.map((value) => value ?? 0))).toBe(7)
    expect(series.queued.filter((value) => value !== null).length).toBeLessThanOrEqual(2)
  })
})

describe('what wants a person', () => {
  it('is nothing in a fleet that is well', async () => {
    expect(await listAttention(control.db)).toEqual([])
  })

  it('names clusters that do not answer, failed tenants with why, failed builds and what takes too long', async () => {
    const [failed = '', retrying = '', slow = ''] = await seedTenants(control.db, fleet, [
      'broken',
      'mending',
      'slow',
    ])
    const why = await seedOperation(control.db, fleet, { tenantId: failed })
    await endOperation(control, why, { state: 'failed', startedAgo: 9, finishedAgo: 1 })
    await putTenants(control, [failed, retrying], 'failed')
    await seedOperation(control.db, fleet, { tenantId: retrying })
    const overdue = await seedOperation(control.db, fleet, { tenantId: slow })
    await control.pool.query(
      "update control.operation set created_at = now() - interval '10 minutes' where id = $1",
      [overdue],
    )
    await control.pool.query(
      "update control.cluster set reachable = false, fault = 'refused' where name = 'eu-2'",
    )
    await control.pool.query(
      "insert into control.migration (template_id, version, name, sql, checksum) values ($1, 2, 'b', 'x', 'y')",
      [fleet.templateId],
    )
    await control.pool.query(
      `insert into control.template_version (template_id, version, state, error)
       values ($1, 2, 'failed', '{"code": "42601", "message": "syntax", "class": "permanent", "attempt": 1}')`,
      [fleet.templateId],
    )
    expect(await listAttention(control.db)).toMatchObject([
      { kind: 'cluster.unreachable', clusterName: 'eu-2', fault: 'refused' },
      {
        kind: 'tenant.failed',
        slug: 'broken',
        operationId: why,
        operationKind: 'tenant.provision',
        error: { code: 'x' },
      },
      { kind: 'template.failed', slug: 'university', version: 2, error: { code: '42601' } },
      { kind: 'operation.overdue', operationId: overdue, tenantSlug: 'slow', seconds: expect.any(Number) },
    ])
  })
})

it('tells the latest changes and endings, and nothing of who signed in or was refused', async () => {
  const [tenantId = ''] = await seedTenants(control.db, fleet, ['told'])
  const operationId = await seedOperation(control.db, fleet, { tenantId })
  await endOperation(control, operationId, { startedAgo: 7, finishedAgo: 5 })
  const row = { chain: 'system', actorId: fleet.userId, actorName: 'Ana Ruiz' }
  const mine = { ...row, chain: tenantId, operationId, targetKind: 'tenant', targetId: tenantId }
  await control.db.insert(audit).values([
    { ...mine, action: 'tenant.provision', outcome: 'requested' },
    { ...row, action: 'session.sign-in', outcome: 'succeeded' },
    { ...row, action: 'tenant.provision', outcome: 'denied' },
    { ...row, action: 'member.add', outcome: 'succeeded' },
    { ...mine, action: 'tenant.provision', outcome: 'succeeded' },
  ])
  expect(await listRecentEvents(control.db, 10)).toMatchObject([
    {
      action: 'tenant.provision',
      outcome: 'succeeded',
      tenantSlug: 'told',
      actorName: 'Ana Ruiz',
      seconds: 2,
    },
    { action: 'tenant.provision', outcome: 'requested', tenantSlug: 'told', seconds: null },
  ])
  expect(await listRecentEvents(control.db, 1)).toHaveLength(1)
})
