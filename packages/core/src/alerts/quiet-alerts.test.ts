import type { Matcher } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { cluster } from '@tenantry/db/schema'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runVerb } from '../run-verb.ts'
import { refusal } from '../testing/ask-core.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
import { addSilence } from './add-silence.ts'
import { endSilence } from './end-silence.ts'
import { previewSilence } from './preview-silence.ts'
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

let count = 0
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()
const silence = (matchers: Matcher[], { from = -1, to = 3600 } = {}) =>
  runVerb(test.core, test.ana, addSilence, {
    idempotencyKey: `silence ${++count}`,
    kind: 'silence',
    matchers,
    startsAt: inSeconds(from),
    endsAt: inSeconds(to),
    comment: 'new disks',
  })
const is = (fact: string, ...values: string[]): Matcher => ({ fact, operator: 'is', values })
const large = { kind: 'threshold', metric: 'tenant_bytes', operator: 'above', value: 50 } as const

describe('a silence', () => {
  it('keeps an incident silent from its first moment on, and has it announced when it ends', async () => {
    const { ruleId } = await ask.rule({ condition: large })
    const { silenceId, rowVersion } = await silence([is('rule', ruleId)])
    await ask.tenants([60, 70])
    await ask.look()
    const [one] = await ask.incidentsOf(ruleId)
    expect(one).toMatchObject({ state: 'firing', firing: 2, silenced: 2, epoch: 1 })
    await runVerb(test.core, test.ana, endSilence, { silenceId, ifVersion: rowVersion })
    await ask.look()
    // Nobody was told of the first epoch: it is announced as soon as it can be heard.
    expect(await ask.incidentsOf(ruleId)).toMatchObject([{ silenced: 0, epoch: 1 }])
    await ask.query(`update control.incident set announced_epoch = epoch`)
    const again = await silence([is('rule', ruleId)])
    await ask.look()
    await runVerb(test.core, test.ana, endSilence, {
      silenceId: again.silenceId,
      ifVersion: again.rowVersion,
    })
    await ask.look()
    expect(await ask.incidentsOf(ruleId)).toMatchObject([{ silenced: 0, epoch: 2 }])
    expect(await ask.timelineOf(one.id)).toEqual([
      'fired',
      'silenced',
      'unsilenced',
      'silenced',
      'unsilenced',
    ])
  })

  it('of the future begins when its time comes', async () => {
    const { ruleId } = await ask.rule({ condition: large })
    await silence([is('rule', ruleId)], { from: 60, to: 120 })
    await ask.tenants([60])
    const silenced = async () => {
      await ask.look()
      return (await ask.incidentsOf(ruleId))[0].silenced
    }
    expect(await silenced()).toBe(0)
    await ask.pass(61)
    expect(await silenced()).toBe(1)
    await ask.pass(60)
    expect(await silenced()).toBe(0)
  })

  it('covers some tenants of an incident, and then people are still called', async () => {
    const { ruleId } = await ask.rule({ condition: large })
    const [first = ''] = await ask.tenants([60, 70])
    await silence([is('tenant', first), is('metric', 'tenant_bytes', 'tenant_rows')])
    await ask.look()
    expect(await ask.incidentsOf(ruleId)).toMatchObject([{ firing: 2, silenced: 1 }])
  })

  it('is over before anybody was told: then nobody is told that it is over either', async () => {
    const { ruleId } = await ask.rule({ condition: large })
    await silence([is('rule', ruleId)])
    const [id = ''] = await ask.tenants([60])
    await ask.look()
    await ask.use(id, 0)
    await ask.look()
    expect(
      await ask.query(
        `select state, announced_epoch = epoch as settled from control.incident where rule_id = $1`,
        [ruleId],
      ),
    ).toEqual([{ state: 'resolved', settled: true }])
  })

  it('looks at labels, and at what something is not', async () => {
    const { ruleId } = await ask.rule({ condition: large })
    const [north = '', south = ''] = await ask.tenants([60, 70])
    await ask.query(`update control.tenant set labels = '{"region": "north"}' where id = $1`, [north])
    await ask.look()
    const matches = async (...matchers: Matcher[]) => (await previewSilence(test.core, matchers)).matches
    expect(await matches(is('label:region', 'north'))).toBe(1)
    expect(await matches({ fact: 'label:region', operator: 'is not', values: ['north'] })).toBe(1)
    expect(await matches(is('severity', 'warning'), is('tenant', north, south))).toBe(2)
    expect(await matches(is('severity', 'critical'))).toBe(0)
    expect(await matches()).toBe(0)
    expect(await previewSilence(test.core, [is('rule', ruleId)])).toMatchObject({
      matches: 2,
      firing: 2,
      incidents: [{ severity: 'warning' }],
    })
    expect((await previewSilence(test.core, [is('tenant', north)])).incidents).toEqual([])
  })

  it('is the same one for the same key, and refused for another; one of the past is refused', async () => {
    const asked = {
      idempotencyKey: 'once and no more',
      kind: 'maintenance' as const,
      matchers: [is('severity', 'info')],
      startsAt: inSeconds(10),
      endsAt: inSeconds(20),
      comment: 'new disks',
    }
    const add = (over: object = {}) => runVerb(test.core, test.ana, addSilence, { ...asked, ...over })
    const made = await add()
    expect(await add()).toEqual({ ...made, repeated: true })
    await expect(add({ comment: 'other disks' })).rejects.toMatchObject(refusal('idempotency_mismatch'))
    const past = { idempotencyKey: 'another key', startsAt: inSeconds(-20), endsAt: inSeconds(-10) }
    await expect(add(past)).rejects.toMatchObject(refusal('invalid_input'))
    const end = () => runVerb(test.core, test.ana, endSilence, { silenceId: made.silenceId, ifVersion: 1 })
    await end()
    await expect(end()).rejects.toMatchObject({ name: 'TenantryError' })
  })
})

describe('an alert that follows from another', () => {
  it('is not called for: a cluster that does not answer explains all on it', async () => {
    const other = newId('cl')
    await test.core.db.insert(cluster).values({ id: other, name: `eu-${other}`, adminUrl: '', workerUrl: '' })
    const tenants = await ask.rule({ condition: large, groupBy: 'cluster' })
    const down = await ask.rule({
      condition: { kind: 'threshold', metric: 'cluster_up', operator: 'below', value: 1 },
      severity: 'critical',
    })
    await ask.tenants([60, 70], other)
    await ask.tenants([60])
    await ask.measure('cluster_up', 0, { clusterId: other })
    await ask.look()
    const figures = async () =>
      (await ask.incidentsOf(tenants.ruleId))
        .map(({ cluster_id, silenced, firing }) => ({
          on: cluster_id === other ? 'dead' : 'alive',
          silenced,
          firing,
        }))
        .toSorted((a, b) => a.on.localeCompare(b.on))
    expect(await figures()).toEqual([
      { on: 'alive', silenced: 0, firing: 1 },
      { on: 'dead', silenced: 2, firing: 2 },
    ])
    expect(await ask.incidentsOf(down.ruleId)).toMatchObject([{ silenced: 0 }])
    await ask.measure('cluster_up', 1, { clusterId: other })
    await ask.look()
    expect((await figures())[1]).toEqual({ on: 'dead', silenced: 0, firing: 2 })
  })

  it('is not called for: the worse one on the same metric of the same subject is', async () => {
    const mild = await ask.rule({ condition: large, severity: 'warning' })
    const worse = await ask.rule({ condition: { ...large, value: 90 }, severity: 'critical' })
    await ask.tenants([60, 95])
    await ask.look()
    expect(await ask.incidentsOf(mild.ruleId)).toMatchObject([{ firing: 2, silenced: 1 }])
    expect(await ask.incidentsOf(worse.ruleId)).toMatchObject([{ firing: 1, silenced: 0 }])
  })
})
