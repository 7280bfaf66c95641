import { newId } from '@tenantry/db'
import { cluster } from '@tenantry/db/schema'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { forgetOld } from '../duties/forget-old.ts'
import { runVerb } from '../run-verb.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
import { acknowledgeIncident } from './acknowledge-incident.ts'
import { removeRule } from './remove-rule.ts'
import { askAlerts } from './testing/ask-alerts.ts'

let test: TestCore
let ask: ReturnType<typeof askAlerts>
beforeAll(async () => {
  test = await createTestCore()
  ask = askAlerts(test)
})
afterAll(() => test.close())
beforeEach(async () => {
  await ask.query(`update control.alert_rule set enabled = false`)
  await ask.look()
  await ask.query(`delete from control.incident_event; delete from control.alert; delete from control.incident;
    delete from control.metric_sample; delete from control.usage; delete from control.silence`)
})

const wait = 'fleet_queue_wait_seconds' as const

describe('an alert', () => {
  it('fires at once when its rule asks for no time, is one incident, and is over when it is clear', async () => {
    const { ruleId } = await ask.rule({ name: 'The queue waits', action: 'Start workers.' })
    await ask.measure(wait, 300)
    await ask.look()
    const [fired] = await ask.incidentsOf(ruleId)
    expect(fired).toMatchObject({ state: 'firing', severity: 'warning', firing: 1, total: 1, epoch: 1 })
    expect(fired.title).toBe('The queue waits: now at 5 min')
    await ask.measure(wait, 10)
    await ask.look()
    expect(await ask.alertsOf(ruleId)).toMatchObject([{ state: 'resolved' }])
    expect(await ask.incidentsOf(ruleId)).toMatchObject([{ state: 'resolved', firing: 0, epoch: 2 }])
    expect(await ask.timelineOf(fired.id)).toEqual(['fired', 'resolved'])
  })

  it('is pending until its rule has held for long enough, and is gone if it held no more', async () => {
    const { ruleId } = await ask.rule({ forSeconds: 60 })
    await ask.measure(wait, 300)
    await ask.look()
    expect(await ask.alertsOf(ruleId)).toMatchObject([{ state: 'pending' }])
    expect(await ask.incidentsOf(ruleId)).toEqual([])
    await ask.pass(59)
    await ask.look()
    expect(await ask.alertsOf(ruleId)).toMatchObject([{ state: 'pending' }])
    await ask.pass(1)
    await ask.look()
    expect(await ask.alertsOf(ruleId)).toMatchObject([{ state: 'firing' }])

    const blip = await ask.rule({ forSeconds: 60, name: 'A blip' })
    await ask.look()
    await ask.measure(wait, 70)
    await ask.look()
    expect(await ask.alertsOf(blip.ruleId)).toMatchObject([{ state: 'resolved' }])
    expect(await ask.incidentsOf(blip.ruleId)).toEqual([])
    await ask.pass(86_401)
    await forgetOld(test.core).run()
    expect(await ask.alertsOf(blip.ruleId)).toEqual([])
    expect(await ask.alertsOf(ruleId)).toHaveLength(1)
  })

  it('fires on between the two thresholds, and is over below the clear one alone', async () => {
    const { ruleId } = await ask.rule()
    const states = async (value: number) => {
      await ask.measure(wait, value)
      await ask.look()
      return (await ask.alertsOf(ruleId)).map(({ state }) => state)
    }
    expect(await states(70)).toEqual([])
    expect(await states(101)).toEqual(['firing'])
    expect(await states(51)).toEqual(['firing'])
    expect(await states(50)).toEqual(['resolved'])
  })

  it('is over only when it has been clear for as long as its rule says, without a break', async () => {
    const { ruleId } = await ask.rule({ keepFiringSeconds: 60 })
    const see = async (value: number) => {
      await ask.measure(wait, value)
      await ask.look()
    }
    await see(300)
    await see(0)
    await ask.pass(59)
    await see(300)
    await see(0)
    await ask.pass(59)
    await see(0)
    expect(await ask.alertsOf(ruleId)).toMatchObject([{ state: 'firing' }])
    await ask.pass(1)
    await see(0)
    expect(await ask.alertsOf(ruleId)).toMatchObject([{ state: 'resolved' }])
  })

  it('stays as it is while nothing is measured, and the rule says that nothing is', async () => {
    const { ruleId } = await ask.rule()
    const fault = async () =>
      (await ask.one(`select fault from control.alert_rule where id = $1`, [ruleId])).fault
    await ask.measure(wait, 300)
    await ask.look()
    expect(await fault()).toBeNull()
    await ask.query(`delete from control.metric_sample`)
    await ask.look()
    expect(await ask.alertsOf(ruleId)).toMatchObject([{ state: 'firing' }])
    expect(await fault()).toMatch(/“Longest wait in the queue” has not been measured lately/)
    await ask.measure(wait, 0)
    await ask.look()
    expect(await fault()).toBeNull()
    expect(await ask.alertsOf(ruleId)).toMatchObject([{ state: 'resolved' }])
  })

  it('is over when its tenant is purged, its cluster detached, or its rule narrowed, disabled or removed', async () => {
    const condition = { kind: 'threshold', metric: 'tenant_bytes', operator: 'above', value: 50 } as const
    const { ruleId, rowVersion } = await ask.rule({ condition, groupBy: 'subject', name: 'Large tenants' })
    const [gone, , stays] = await ask.tenants([60, 70, 80])
    await ask.look()
    expect(await ask.incidentsOf(ruleId)).toHaveLength(3)
    await ask.query(
      `update control.tenant set state = 'archived', archived_at = now(), kept_until = now() where id = $1`,
      [gone],
    )
    await ask.look()
    const words = await ask.query(
      `select e.text from control.incident_event e join control.incident i on i.id = e.incident_id
       where i.rule_id = $1 and e.kind = 'resolved'`,
      [ruleId],
    )
    expect(words).toEqual([{ text: 'The tenant is archived.' }])
    const narrow = {
      condition,
      groupBy: 'subject' as const,
      name: 'Large tenants',
      scope: { tenantIds: [stays ?? ''] },
    }
    const changed = await ask.rule({ ...narrow, ruleId, ifVersion: rowVersion })
    await ask.look()
    expect((await ask.alertsOf(ruleId)).map(({ state }) => state)).toEqual(['resolved', 'resolved', 'firing'])
    await runVerb(test.core, test.ana, removeRule, { ruleId, ifVersion: changed.rowVersion })
    await ask.look()
    expect((await ask.alertsOf(ruleId)).map(({ state }) => state)).toEqual([
      'resolved',
      'resolved',
      'resolved',
    ])

    const other = newId('cl')
    await test.core.db.insert(cluster).values({ id: other, name: `eu-${other}`, adminUrl: '', workerUrl: '' })
    const down = await ask.rule({
      condition: { kind: 'threshold', metric: 'cluster_up', operator: 'below', value: 1 },
    })
    await ask.measure('cluster_up', 0, { clusterId: other })
    await ask.look()
    expect(await ask.incidentsOf(down.ruleId)).toMatchObject([{ state: 'firing', cluster_id: other }])
    await ask.query(`update control.cluster set state = 'detached' where id = $1`, [other])
    await ask.look()
    expect(await ask.incidentsOf(down.ruleId)).toMatchObject([{ state: 'resolved' }])
  })
})

describe('a condition', () => {
  const fires = async (ruleId: string) => {
    await ask.look()
    return (await ask.alertsOf(ruleId)).map(({ state }) => state)
  }

  it('on the rate of a metric holds while it rises fast enough', async () => {
    const { ruleId } = await ask.rule({
      condition: {
        kind: 'rate',
        metric: 'cluster_wal_bytes',
        windowSeconds: 60,
        operator: 'above',
        value: 10,
      },
    })
    const clusterId = test.ids.cluster
    await ask.measure('cluster_wal_bytes', 0, { clusterId, ago: 60 })
    await ask.measure('cluster_wal_bytes', 1200, { clusterId })
    expect(await fires(ruleId)).toEqual(['firing'])
    expect((await ask.alertsOf(ruleId))[0].value).toBeCloseTo(20, 0)
    await ask.query(`delete from control.metric_sample`)
    await ask.measure('cluster_wal_bytes', 1200, { clusterId, ago: 60 })
    await ask.measure('cluster_wal_bytes', 1500, { clusterId })
    expect(await fires(ruleId)).toEqual(['resolved'])
  })

  it('on a ratio holds of what came in the window, and not of too few', async () => {
    const { ruleId } = await ask.rule({
      condition: {
        kind: 'ratio',
        metric: 'fleet_operations_failed',
        of: 'fleet_operations_ended',
        windowSeconds: 300,
        least: 5,
        operator: 'above',
        value: 0.2,
      },
    })
    const ended = async (all: number, failed: number, ago = 0) => {
      await ask.measure('fleet_operations_ended', all, { ago })
      await ask.measure('fleet_operations_failed', failed, { ago })
    }
    await ended(1000, 900, 300)
    await ended(1004, 904)
    expect(await fires(ruleId)).toEqual([])
    await ended(1008, 904)
    expect(await fires(ruleId)).toEqual(['firing'])
    await ended(1100, 904)
    expect(await fires(ruleId)).toEqual(['resolved'])
  })

  it('on an absence holds when nobody has measured for so long, of each cluster for itself', async () => {
    const { ruleId } = await ask.rule({ condition: { kind: 'absence', metric: 'cluster_up', seconds: 120 } })
    const silent = newId('cl')
    await test.core.db
      .insert(cluster)
      .values({ id: silent, name: `eu-${silent}`, adminUrl: '', workerUrl: '', createdAt: new Date(0) })
    await ask.measure('cluster_up', 1, { clusterId: test.ids.cluster })
    await ask.measure('cluster_up', 1, { clusterId: silent, ago: 119 })
    expect(await fires(ruleId)).toEqual([])
    await ask.query(`delete from control.metric_sample where cluster_id = $1`, [silent])
    await ask.measure('cluster_up', 1, { clusterId: silent, ago: 121 })
    expect(await ask.look().then(() => ask.alertsOf(ruleId))).toMatchObject([
      { state: 'firing', cluster_id: silent },
    ])
    await ask.measure('cluster_up', 0, { clusterId: silent })
    expect(await fires(ruleId)).toEqual(['resolved'])
    await ask.query(`update control.cluster set state = 'detached' where id = $1`, [silent])
  })

  it('on a forecast holds when it will be there in time at the pace of the window', async () => {
    const clusterId = test.ids.cluster
    const { ruleId } = await ask.rule({
      name: 'The disk fills',
      condition: {
        kind: 'forecast',
        metric: 'cluster_disk_free_bytes',
        windowSeconds: 600,
        withinSeconds: 3600,
        operator: 'below',
        value: 0,
      },
    })
    // Half a byte a second: from 3300 on, 3000 are left after ten minutes.
    for (let ago = 600; ago >= 0; ago -= 60) {
      await ask.measure('cluster_disk_free_bytes', 3000 + ago / 2, { clusterId, ago })
    }
    expect(await fires(ruleId)).toEqual([])
    await ask.query(`update control.metric_sample set value = value - 1500`)
    expect(await fires(ruleId)).toEqual(['firing'])
    expect((await ask.incidentsOf(ruleId))[0].title).toMatch(/^The disk fills: eu-1 at (49|50) min/)
    await ask.query(`update control.metric_sample set value = 1500`)
    expect(await fires(ruleId)).toEqual(['resolved'])
  })
})

describe('an incident', () => {
  const large = { kind: 'threshold', metric: 'tenant_bytes', operator: 'above', value: 50 } as const

  it('is one for 8,000 tenants that fail alike, with the figures and the action in it', async () => {
    const { ruleId } = await ask.rule({ name: 'Too large', condition: large, action: 'Pause the import.' })
    const ids = await ask.tenants(Array.from({ length: 8000 }, (_, i) => (i === 4321 ? 5_000_000 : 60)))
    await ask.look()
    const [one, ...others] = await ask.incidentsOf(ruleId)
    expect(others).toEqual([])
    const worst = await ask.one(`select slug from control.tenant where id = $1`, [ids[4321]])
    expect(one).toMatchObject({
      title: `Too large: 8,000 tenants, worst ${worst.slug} at 5 MB`,
      firing: 8000,
      total: 8000,
      epoch: 1,
    })
    const events = await ask.query(`select kind, detail from control.incident_event where incident_id = $1`, [
      one.id,
    ])
    expect(events).toMatchObject([{ kind: 'fired', detail: { count: 8000 } }])
    expect(events[0].detail.names).toHaveLength(10)
    await ask.look()
    await ask.query(`update control.usage set bytes = 0`)
    await ask.look()
    expect(await ask.incidentsOf(ruleId)).toMatchObject([{ state: 'resolved', firing: 0, epoch: 2 }])
  })

  it('is told of again when it has grown to twice as many, or after a quiet time', async () => {
    const { ruleId } = await ask.rule({ condition: large })
    const epoch = async () => (await ask.incidentsOf(ruleId))[0].epoch
    await ask.tenants([60, 60])
    await ask.look()
    expect(await epoch()).toBe(1)
    await ask.tenants([60, 60])
    await ask.look()
    expect(await epoch()).toBe(1)
    await ask.pass(30)
    await ask.tenants([60])
    await ask.look()
    expect(await epoch()).toBe(2)
    await ask.pass(299)
    await ask.tenants([60])
    await ask.look()
    expect(await epoch()).toBe(2)
    await ask.pass(1)
    await ask.tenants([60])
    await ask.look()
    expect(await epoch()).toBe(3)
    const [{ id, total }] = await ask.incidentsOf(ruleId)
    expect(total).toBe(7)
    // What comes within a minute is one entry.
    expect(await ask.timelineOf(id)).toEqual(['fired', 'joined', 'joined'])
  })

  it('is one a cluster or one a subject, as its rule says', async () => {
    const other = newId('cl')
    await test.core.db.insert(cluster).values({ id: other, name: `eu-${other}`, adminUrl: '', workerUrl: '' })
    const byCluster = await ask.rule({ condition: large, groupBy: 'cluster' })
    const bySubject = await ask.rule({ condition: large, groupBy: 'subject' })
    await ask.tenants([60, 70])
    await ask.tenants([80], other)
    await ask.look()
    expect((await ask.incidentsOf(byCluster.ruleId)).map(({ firing }) => firing).toSorted()).toEqual([1, 2])
    expect(await ask.incidentsOf(bySubject.ruleId)).toHaveLength(3)
  })

  it('is worse when its rule becomes worse, and says so once', async () => {
    const { ruleId, rowVersion } = await ask.rule({ name: 'It waits' })
    await ask.measure(wait, 300)
    await ask.look()
    await ask.rule({ name: 'It waits', severity: 'critical', ruleId, ifVersion: rowVersion })
    await ask.measure(wait, 310)
    await ask.look()
    await ask.look()
    const [one] = await ask.incidentsOf(ruleId)
    expect(one).toMatchObject({ severity: 'critical', epoch: 2 })
    expect(await ask.timelineOf(one.id)).toEqual(['fired', 'fired'])
  })

  it('is nobody’s again when the time of its taker is over', async () => {
    const { ruleId } = await ask.rule()
    await ask.measure(wait, 300)
    await ask.look()
    const [{ id }] = await ask.incidentsOf(ruleId)
    await runVerb(test.core, test.ana, acknowledgeIncident, { incidentId: id, seconds: 600 })
    await ask.pass(599)
    await ask.look()
    expect(await ask.incidentsOf(ruleId)).toMatchObject([{ state: 'acknowledged', epoch: 2 }])
    await ask.pass(1)
    await ask.look()
    expect(await ask.incidentsOf(ruleId)).toMatchObject([{ state: 'firing', epoch: 3 }])
    expect(await ask.timelineOf(id)).toEqual(['fired', 'acknowledged', 'released'])
  })

  it('that fires again soon is the same one, and after longer than that another', async () => {
    const { ruleId } = await ask.rule()
    const see = async (value: number) => {
      await ask.measure(wait, value)
      await ask.look()
    }
    await see(300)
    await see(0)
    await ask.pass(599)
    await see(300)
    expect(await ask.incidentsOf(ruleId)).toMatchObject([
      { state: 'firing', refired: 1, epoch: 3, firing: 1, total: 2 },
    ])
    await see(0)
    await ask.pass(31)
    await see(0)
    expect(await ask.incidentsOf(ruleId)).toMatchObject([{ state: 'resolved' }])
    await ask.pass(601)
    await see(300)
    expect((await ask.incidentsOf(ruleId)).map(({ state }) => state)).toEqual(['resolved', 'firing'])
  })
})

describe('the database', () => {
  const refused = (text: string, values: unknown[]) => expect(ask.query(text, values)).rejects

  it('moves an alert and an incident along their arrows only', async () => {
    const { ruleId } = await ask.rule()
    await ask.measure(wait, 300)
    await ask.look()
    const [{ id }] = await ask.incidentsOf(ruleId)
    const lawless = { code: 'TC001' }
    await refused(`update control.alert set state = 'pending' where rule_id = $1`, [ruleId]).toMatchObject(
      lawless,
    )
    await ask.measure(wait, 0)
    await ask.look()
    const again = `update control.alert set state = 'firing', resolved_at = null where rule_id = $1`
    await refused(again, [ruleId]).toMatchObject(lawless)
    await refused(
      `update control.incident set state = 'acknowledged', resolved_at = null, acknowledged_by = $2,
         acknowledged_until = now() where id = $1`,
      [id, test.ids.user],
    ).toMatchObject(lawless)
  })

  it('holds one open incident a group and one open alert a subject', async () => {
    const { ruleId } = await ask.rule()
    await ask.measure(wait, 300)
    await ask.look()
    await refused(
      `insert into control.incident (id, group_key, severity, title) select 'in_2', group_key, severity, title
       from control.incident where rule_id = $1`,
      [ruleId],
    ).toMatchObject({ constraint: 'incident_is_one_while_it_lasts' })
    await refused(
      `insert into control.alert (id, rule_id, incident_id, fingerprint, state, pending_at)
       select 'al_2', rule_id, incident_id, fingerprint, state, pending_at from control.alert where rule_id = $1`,
      [ruleId],
    ).toMatchObject({ constraint: 'alert_is_one_while_it_lasts' })
    await refused(`update control.alert set incident_id = null where rule_id = $1`, [ruleId]).toMatchObject({
      constraint: 'alert_firing_belongs_to_an_incident',
    })
  })
})
