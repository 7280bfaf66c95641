import { builtinRuleKeys, builtinRules } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runVerb } from '../run-verb.ts'
import { refusal } from '../testing/ask-core.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
import { acknowledgeIncident } from './acknowledge-incident.ts'
import { installBuiltinRules } from './install-builtin-rules.ts'
import { noteIncident } from './note-incident.ts'
import { readEngine } from './read-engine.ts'
import { readRunbook } from './read-runbook.ts'
import { releaseIncident } from './release-incident.ts'
import { removeRule } from './remove-rule.ts'
import { askAlerts } from './testing/ask-alerts.ts'

let test: TestCore
let ask: ReturnType<typeof askAlerts>
beforeAll(async () => {
  test = await createTestCore()
  ask = askAlerts(test)
})
afterAll(() => test.close())

const auditOf = (id: string) =>
  ask.query(`select action, outcome, error_code from control.audit where target_id = $1 order by at, seq`, [
    id,
  ])

describe('a rule', () => {
  it('is changed by who has seen its last version, with before and after in the audit', async () => {
    const { ruleId, rowVersion } = await ask.rule({ name: 'Slow queue' })
    const change = { ruleId, name: 'Slow queue', severity: 'critical' } as const
    const changed = await ask.rule({ ...change, ifVersion: rowVersion })
    expect(changed.rowVersion).toBe(rowVersion + 1)
    await expect(ask.rule({ ...change, ifVersion: rowVersion })).rejects.toMatchObject(
      refusal('version_conflict'),
    )
    const [made, set, refused] = await auditOf(ruleId)
    expect([made, set]).toMatchObject([{ outcome: 'succeeded' }, { outcome: 'succeeded' }])
    expect(refused).toEqual({ action: 'rule.set', outcome: 'failed', error_code: 'version_conflict' })
  })

  it('is refused when it could never fire, when it names somebody who is gone, or has another’s name', async () => {
    const never = { kind: 'threshold', metric: 'cluster_locks_ratio', operator: 'above', value: 2 } as const
    await expect(ask.rule({ condition: never })).rejects.toMatchObject({
      code: 'invalid_input',
      detail: { field: 'condition.value' },
    })
    const up = { kind: 'threshold', metric: 'cluster_up', operator: 'below', value: 1 } as const
    const tenant = { kind: 'threshold', metric: 'tenant_bytes', operator: 'above', value: 1 } as const
    await expect(ask.rule({ condition: up, scope: { clusterIds: [newId('cl')] } })).rejects.toMatchObject({
      detail: { field: 'scope.clusterIds' },
    })
    await expect(ask.rule({ condition: tenant, scope: { tenantIds: [newId('tn')] } })).rejects.toMatchObject({
      detail: { field: 'scope.tenantIds' },
    })
    await ask.rule({ name: 'The only one' })
    await expect(ask.rule({ name: 'The only one' })).rejects.toMatchObject({ detail: { field: 'name' } })
  })

  it('that is built in is disabled, never removed', async () => {
    await installBuiltinRules(test.core.db)
    const builtin = await ask.one(
      `select id, row_version::int as version from control.alert_rule where builtin = 'no-worker'`,
    )
    const remove = { ruleId: builtin.id, ifVersion: builtin.version }
    await expect(runVerb(test.core, test.ana, removeRule, remove)).rejects.toMatchObject(
      refusal('unlawful_transition'),
    )
  })
})

describe('the built-in rules', () => {
  const kept = () =>
    ask.query(`select builtin, name, enabled, row_version::int as version from control.alert_rule
      where builtin is not null order by builtin`)

  it('are there after the first start, and the second changes nothing', async () => {
    await installBuiltinRules(test.core.db)
    const first = await kept()
    expect(first.map(({ builtin }) => builtin)).toEqual(builtinRuleKeys.toSorted())
    await installBuiltinRules(test.core.db)
    expect(await kept()).toEqual(first)
  })

  it('become what a new release says, except those that somebody has changed', async () => {
    await ask.query(
      `update control.alert_rule set action = 'As of old.' where builtin in ('no-worker', 'dead-letters')`,
    )
    const mine = await ask.one(
      `select id, row_version::int as version from control.alert_rule where builtin = 'dead-letters'`,
    )
    await ask.rule({
      ruleId: mine.id,
      ifVersion: mine.version,
      name: 'My letters',
      enabled: false,
      action: 'As of old.',
    })
    await installBuiltinRules(test.core.db)
    const actions = await ask.query(
      `select builtin, name, action, enabled from control.alert_rule where builtin in ('no-worker', 'dead-letters') order by 1`,
    )
    expect(actions).toEqual([
      { builtin: 'dead-letters', name: 'My letters', action: 'As of old.', enabled: false },
      {
        builtin: 'no-worker',
        name: 'No worker is alive',
        action: builtinRules['no-worker'].action,
        enabled: true,
      },
    ])
  })

  it('leave a name to the rule that somebody has given it', async () => {
    await ask.query(`delete from control.alert_rule where builtin = 'wraparound'`)
    await ask.rule({ name: builtinRules.wraparound.name })
    await installBuiltinRules(test.core.db)
    const rule = await ask.one(`select name from control.alert_rule where builtin = 'wraparound'`)
    expect(rule).toEqual({ name: `${builtinRules.wraparound.name} (built in)` })
  })

  it('have their pages at hand', async () => {
    expect(await readRunbook('no-worker')).toMatchObject({ title: 'No worker is alive' })
  })
})

describe('an incident', () => {
  it('is taken, given back and noted, each with who, in timeline and audit', async () => {
    await ask.query(`update control.alert_rule set enabled = false`)
    const { ruleId } = await ask.rule()
    await ask.measure('fleet_queue_wait_seconds', 300)
    await ask.look()
    const [{ id: incidentId }] = await ask.incidentsOf(ruleId)
    await runVerb(test.core, test.ana, acknowledgeIncident, { incidentId, seconds: 600 })
    const until = await ask.one(
      `select acknowledged_by, round(extract(epoch from acknowledged_until - now()))::int as seconds from control.incident
       where id = $1`,
      [incidentId],
    )
    expect(until.acknowledged_by).toBe(test.ids.user)
    expect(until.seconds).toBeGreaterThan(590)
    await runVerb(test.core, test.ana, noteIncident, { incidentId, text: 'restarted it' })
    await runVerb(test.core, test.ana, releaseIncident, { incidentId })
    expect(await ask.incidentsOf(ruleId)).toMatchObject([{ state: 'firing', epoch: 3 }])
    await expect(runVerb(test.core, test.ana, releaseIncident, { incidentId })).rejects.toMatchObject(
      refusal('unlawful_transition'),
    )
    expect(await ask.timelineOf(incidentId)).toEqual(['fired', 'acknowledged', 'noted', 'released'])
    expect((await auditOf(incidentId)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'incident.acknowledge succeeded',
      'incident.note succeeded',
      'incident.release succeeded',
      'incident.release failed',
    ])
    await ask.measure('fleet_queue_wait_seconds', 0)
    await ask.look()
    await expect(
      runVerb(test.core, test.ana, acknowledgeIncident, { incidentId, seconds: 600 }),
    ).rejects.toMatchObject(refusal('unlawful_transition'))
  })
})

it('says itself when nobody evaluates', async () => {
  await ask.look({ holder: 'one' })
  expect(await readEngine(test.core)).toMatchObject({
    holder: 'one',
    isLate: false,
    ageSeconds: expect.any(Number),
  })
  await ask.query(
    `update control.alert_evaluator set evaluated_at = now() - interval '31 s', lease_until = now()`,
  )
  expect(await readEngine(test.core)).toMatchObject({ holder: null, isLate: true })
})
