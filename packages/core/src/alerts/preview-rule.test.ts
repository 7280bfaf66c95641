import { type AlertRuleInput, alertRule } from '@tenantry/contracts'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
import { previewRule } from './preview-rule.ts'
import { askAlerts } from './testing/ask-alerts.ts'

let test: TestCore
let ask: ReturnType<typeof askAlerts>
beforeAll(async () => {
  test = await createTestCore()
  ask = askAlerts(test)
  await ask.query(`select control.keep_partition('metric_sample', 'day', now() - interval '1 day')`)
  await ask.query(`update control.cluster set created_at = now() - interval '10 days'`)
})
afterAll(() => test.close())
beforeEach(async () => {
  await ask.query(`delete from control.metric_sample`)
})

const preview = (rule: Partial<AlertRuleInput> & Pick<AlertRuleInput, 'condition'>, hours = 4) =>
  previewRule(test.core, {
    rule: alertRule.parse({ name: 'A rule', severity: 'warning', keepFiringSeconds: 0, ...rule }),
    hours,
  })
/** A value a minute, the last one of now. */
const minutes = (values: readonly number[]) =>
  ask.query(
    `insert into control.metric_sample (metric, cluster_id, at, value)
     select 'cluster_up', $2, date_trunc('minute', now()) - make_interval(mins => cardinality($1::float8[]) - i::int), v
     from unnest($1::float8[]) with ordinality u (v, i)`,
    [values, test.ids.cluster],
  )
const down = { kind: 'threshold', metric: 'cluster_up', operator: 'below', value: 1 } as const
const up = (count: number) => Array.from({ length: count }, () => 1)
const dead = (count: number) => Array.from({ length: count }, () => 0)

it('says how often a rule would have fired, for how long and when first', async () => {
  await minutes([...up(30), ...dead(10), ...up(30), ...dead(5), ...up(20)])
  const seen = await preview({ condition: down })
  expect(seen).toMatchObject({
    fired: 2,
    firedSeconds: 900,
    longestSeconds: 600,
    holdsNow: 0,
    inScope: 1,
    looked: 1,
  })
  expect(seen.subjects).toMatchObject([{ name: 'eu-1', firedSeconds: 900, episodes: [{}, {}] }])
  const first = seen.subjects[0]?.episodes[0]
  expect(first?.from).toBe(seen.firstAt)
  expect(Date.parse(first?.to ?? '') - Date.parse(first?.from ?? '')).toBe(600_000)
})

it('counts what fires again soon as one, leaves out what did not last, and keeps what is to be kept', async () => {
  await minutes([...up(30), ...dead(10), ...up(5), ...dead(5), ...up(30)])
  expect(await preview({ condition: down })).toMatchObject({ fired: 1 })
  expect(await preview({ condition: down, forSeconds: 420 })).toMatchObject({ fired: 1, firedSeconds: 180 })
  expect(await preview({ condition: down, forSeconds: 660 })).toMatchObject({ fired: 0, firstAt: null })
  expect((await preview({ condition: down, keepFiringSeconds: 600 })).firedSeconds).toBe(1800)
})

it.each<[string, AlertRuleInput['condition']]>([
  ['threshold', down],
  ['absence', { kind: 'absence', metric: 'cluster_replication_lag_seconds', seconds: 120 }],
  ['rate', { kind: 'rate', metric: 'cluster_up', windowSeconds: 600, operator: 'below', value: -0.001 }],
  [
    'ratio',
    {
      kind: 'ratio',
      metric: 'cluster_up',
      of: 'cluster_tenants',
      windowSeconds: 60,
      operator: 'below',
      value: 0.1,
      least: 0,
    },
  ],
  [
    'forecast',
    {
      kind: 'forecast',
      metric: 'cluster_up',
      windowSeconds: 1800,
      withinSeconds: 3600,
      operator: 'below',
      value: 0.5,
    },
  ],
])('agrees with the evaluator on a %s', async (_, condition) => {
  await minutes([...up(30), 0])
  await ask.measure('cluster_tenants', 5, { clusterId: test.ids.cluster })
  const { ruleId } = await ask.rule({ condition })
  await ask.look()
  const fires = (await ask.alertsOf(ruleId)).map(({ state }) => state)
  const seen = await preview({ condition })
  expect(fires).toEqual(['firing'])
  expect(seen.holdsNow).toBe(1)
  await ask.query(`update control.metric_sample set value = 1 where metric = 'cluster_up'`)
  await ask.measure('cluster_replication_lag_seconds', 1, { clusterId: test.ids.cluster })
  await ask.look()
  expect((await ask.alertsOf(ruleId)).map(({ state }) => state)).toEqual(['resolved'])
  expect((await preview({ condition })).holdsNow).toBe(0)
})

it('refuses a rule that could never fire, and names the field', async () => {
  await expect(preview({ condition: { ...down, value: 0 } })).rejects.toMatchObject({
    detail: { field: 'rule.condition.value' },
  })
})
