import { type AlertCondition, builtinRules } from '@tenantry/contracts'
import { expect, test } from 'vitest'
import { copyOf, draftOf, emptyDraft, readDraft } from './rule-draft.ts'

const rule = (over: object) =>
  ({
    id: 'ar_1',
    name: 'Replication lag',
    description: '',
    scope: { clusterIds: [], tenantIds: [], labels: {} },
    forSeconds: 120,
    keepFiringSeconds: 60,
    severity: 'critical',
    groupBy: 'cluster',
    action: '',
    runbookUrl: '',
    policyId: null,
    enabled: true,
    ...over,
  }) as never

const conditions: AlertCondition[] = [
  { kind: 'threshold', metric: 'cluster_replication_lag_seconds', operator: 'above', value: 30, clear: 10 },
  { kind: 'rate', metric: 'tenant_temp_bytes', operator: 'above', value: 5e6, windowSeconds: 600 },
  {
    kind: 'ratio',
    metric: 'fleet_operations_failed',
    of: 'fleet_operations_ended',
    operator: 'above',
    value: 0.2,
    windowSeconds: 900,
    least: 5,
  },
  { kind: 'absence', metric: 'tenant_bytes', seconds: 3600 },
  {
    kind: 'forecast',
    metric: 'cluster_disk_free_bytes',
    operator: 'below',
    value: 1e9,
    windowSeconds: 86_400,
    withinSeconds: 259_200,
  },
]

test.each(conditions)('reads back what it shows of a rule: $kind', (condition) => {
  expect(readDraft(draftOf(rule({ condition })))).toMatchObject({
    rule: { condition, forSeconds: 120, keepFiringSeconds: 60, groupBy: 'cluster' },
  })
})

test.each(Object.entries(builtinRules))(
  'shows the built-in rule %s as the form can save it',
  (_, builtin) => {
    const whole = rule({ ...builtin, condition: builtin.condition })
    expect(readDraft(draftOf(whole))).toMatchObject({
      rule: { name: builtin.name, condition: builtin.condition },
    })
  },
)

const draft = { ...emptyDraft, name: 'Lag', value: '30 s' }

test.each([
  [{ name: 'x' }, 'name', 'Give it a name'],
  [{ value: 'much' }, 'value', 'Write an amount such as 2 min.'],
  [{ lasts: 'a while' }, 'lasts', 'Write a time such as 2 min or 1 h 30 min.'],
  [{ metric: 'cluster_locks_ratio', value: '120 %' }, 'value', 'It can never fire'],
  [{ clear: '2 min' }, 'clear', 'wrong side'],
  [{ kind: 'absence', absent: '15 s' }, 'absent', 'Choose 20 s or more.'],
  [{ metric: 'tenant_calls', value: '5' }, 'metric', 'only ever rises'],
  [{ tenantIds: ['tn_00000000000000000000000001'] }, 'tenantIds', 'not of tenants'],
  [{ runbookUrl: 'javascript:alert(1)' }, 'runbookUrl', ''],
] as const)('says at the field what is wrong: %o', (over, field, message) => {
  const read = readDraft({ ...draft, ...over })
  expect('faults' in read ? read.faults[field] : undefined).toContain(message)
})

test('a copy has a name of its own and no version', () => {
  expect(copyOf(rule({ condition: conditions[0] })).name).toBe('Copy of Replication lag')
})
