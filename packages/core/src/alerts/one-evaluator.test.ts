import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
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
  await endLease()
  await ask.look({ holder: 'cleaner' })
  await endLease()
  await ask.query(`delete from control.incident_event; delete from control.alert; delete from control.incident;
    delete from control.metric_sample`)
})

const wait = 'fleet_queue_wait_seconds' as const
const endLease = () =>
  ask.query(`update control.alert_evaluator set lease_until = now() - interval '1 second'`)
const evaluator = () =>
  ask.one(`select holder, fence::int, lease_until > now() as held from control.alert_evaluator`)

describe('of several processes', () => {
  it('one evaluates, and it goes on', async () => {
    const { ruleId } = await ask.rule()
    await ask.measure(wait, 300)
    await Promise.all(['a', 'b', 'c'].map((holder) => ask.look({ holder })))
    const first = await evaluator()
    expect(first).toMatchObject({ holder: expect.stringMatching(/^[abc]$/), held: true })
    for (const holder of ['a', 'b', 'c']) await ask.look({ holder })
    expect(await evaluator()).toEqual(first)
    expect(await ask.incidentsOf(ruleId)).toMatchObject([{ epoch: 1, total: 1 }])
    expect(await ask.alertsOf(ruleId)).toHaveLength(1)
  })

  it('another takes over when the lease has run out, with a higher fence', async () => {
    await ask.look({ holder: 'a' })
    const { fence } = await evaluator()
    await endLease()
    await ask.look({ holder: 'b' })
    expect(await evaluator()).toMatchObject({ holder: 'b', fence: fence + 1 })
  })

  it('another takes over when the database’s clock was set back, and does not wait for the old hour', async () => {
    await ask.look({ holder: 'a' })
    await ask.query(`update control.alert_evaluator set lease_until = now() + interval '1 hour'`)
    await ask.look({ holder: 'b' })
    expect(await evaluator()).toMatchObject({ holder: 'b', held: true })
  })

  it('one that was paused between its look and its writing writes nothing', async () => {
    const { ruleId } = await ask.rule()
    await ask.measure(wait, 300)
    const paused = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const sleeper = ask.look({
      holder: 'sleeper',
      failpoint: (name) => {
        if (name !== 'alerts.evaluated') return
        paused.resolve()
        return goOn.promise
      },
    })
    await paused.promise
    await endLease()
    await ask.measure(wait, 0)
    await ask.look({ holder: 'awake' })
    goOn.resolve()
    await sleeper
    expect(await evaluator()).toMatchObject({ holder: 'awake' })
    expect(await ask.alertsOf(ruleId)).toEqual([])
    expect(await ask.incidentsOf(ruleId)).toEqual([])
  })
})

describe('killed', () => {
  it.each(['alerts.evaluated', 'alerts.written'])('at %s, another process does it once', async (point) => {
    const { ruleId } = await ask.rule()
    await ask.measure(wait, 300)
    const dies = (name: string) => {
      if (name === point) throw new Error('killed')
    }
    await expect(ask.look({ holder: 'dies', failpoint: dies })).rejects.toThrow('killed')
    expect(await ask.alertsOf(ruleId)).toEqual([])
    await endLease()
    await ask.look({ holder: 'lives' })
    expect(await ask.incidentsOf(ruleId)).toMatchObject([{ state: 'firing', epoch: 1, firing: 1, total: 1 }])
    const [{ id }] = await ask.incidentsOf(ruleId)
    expect(await ask.timelineOf(id)).toEqual(['fired'])
  })

  it('over and over while rules fire and clear, nothing is missed and nothing is told twice', async () => {
    const { ruleId } = await ask.rule({
      condition: { kind: 'threshold', metric: 'tenant_bytes', operator: 'above', value: 50 },
      groupBy: 'subject',
    })
    const ids = await ask.tenants(Array.from({ length: 20 }, () => 0))
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    /** What somebody outside was told: every epoch of every incident, once. */
    const told = new Map<string, number[]>()
    const everFired = new Set<string>()
    for (let round = 0; round < 60; round++) {
      const id = ids[random(ids.length)] ?? ''
      const bytes = random(2) * 100
      await ask.use(id, bytes)
      const dies = (name: string) => {
        if (random(3) === 0) throw new Error(`killed at ${name}`)
      }
      const holder = `process-${round % 3}`
      await endLease()
      await ask
        .look({ holder, failpoint: dies })
        .catch((error: Error) => expect(error.message).toMatch(/^killed/))
      // The sender: says every epoch that it has not said, and may die before it has written that down.
      for (const row of await ask.incidentsOf(ruleId)) {
        const said = told.get(row.id) ?? []
        if (!said.includes(row.epoch)) told.set(row.id, [...said, row.epoch])
      }
      if (bytes > 50) everFired.add(id)
    }
    await endLease()
    await ask.look({ holder: 'last' })
    const using = await ask.query(`select tenant_id from control.usage where bytes > 50`)
    const firing = await ask.query(
      `select a.tenant_id from control.alert a where a.state = 'firing' and a.rule_id = $1`,
      [ruleId],
    )
    const sorted = (rows: { tenant_id: string }[]) => rows.map(({ tenant_id }) => tenant_id).toSorted()
    const clear = new Set(sorted(using))
    // Those that are clear again may still be kept firing: they flapped.
    expect(sorted(firing)).toEqual(expect.arrayContaining([...clear]))
    const open = await ask.query(
      `select group_key, count(*)::int from control.incident where state <> 'resolved' group by 1 having count(*) > 1`,
    )
    expect(open).toEqual([])
    const counted = await ask.query(`select i.id from control.incident i where i.firing <>
      (select count(*) from control.alert a where a.incident_id = i.id and a.state = 'firing')`)
    expect(counted).toEqual([])
    for (const epochs of told.values()) expect(epochs).toEqual(epochs.toSorted((a, b) => a - b))
  })
})

it('flapping over and over ends in one incident and a handful of messages', async () => {
  const { ruleId } = await ask.rule()
  for (let flap = 0; flap < 80; flap++) {
    for (const value of [300, 0]) {
      await ask.measure(wait, value)
      await ask.look()
      await ask.pass(5)
    }
  }
  const [incident, ...others] = await ask.incidentsOf(ruleId)
  expect(others).toEqual([])
  expect(incident.epoch).toBeLessThanOrEqual(6)
})
