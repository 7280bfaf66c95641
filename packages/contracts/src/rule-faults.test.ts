import { describe, expect, it } from 'vitest'
import { type AlertRuleInput, alertRule, faultOfRule } from './index.ts'

const faultOf = (condition: AlertRuleInput['condition'], scope: AlertRuleInput['scope'] = {}) =>
  faultOfRule(alertRule.parse({ name: 'A rule', severity: 'warning', condition, scope }))?.field ?? null
const above = { operator: 'above' } as const
const below = { operator: 'below' } as const

describe('a rule is refused that', () => {
  it.each<[string, AlertRuleInput['condition'], string]>([
    [
      'waits for a share above 1',
      { kind: 'threshold', metric: 'cluster_locks_ratio', ...above, value: 1 },
      'condition.value',
    ],
    [
      'waits for negative bytes',
      { kind: 'threshold', metric: 'tenant_bytes', ...below, value: 0 },
      'condition.value',
    ],
    ['holds always', { kind: 'threshold', metric: 'tenant_bytes', ...above, value: -1 }, 'condition.value'],
    [
      'waits for a counter to fall',
      { kind: 'rate', metric: 'tenant_calls', windowSeconds: 60, ...below, value: 0 },
      'condition.value',
    ],
    [
      'waits for a total',
      { kind: 'threshold', metric: 'tenant_calls', ...above, value: 5 },
      'condition.metric',
    ],
    [
      'waits for a part larger than its whole',
      {
        kind: 'ratio',
        metric: 'fleet_operations_failed',
        of: 'fleet_operations_ended',
        windowSeconds: 60,
        ...above,
        value: 1,
      },
      'condition.value',
    ],
    [
      'divides a metric by itself',
      { kind: 'ratio', metric: 'tenant_rows', of: 'tenant_rows', windowSeconds: 60, ...above, value: 0.5 },
      'condition.of',
    ],
    [
      'divides a tenant’s metric by a cluster’s',
      {
        kind: 'ratio',
        metric: 'tenant_bytes',
        of: 'cluster_database_bytes',
        windowSeconds: 60,
        ...above,
        value: 0.5,
      },
      'condition.of',
    ],
    [
      'clears on the wrong side',
      { kind: 'threshold', metric: 'tenant_bytes', ...above, value: 10, clear: 11 },
      'condition.clear',
    ],
    [
      'never clears',
      { kind: 'threshold', metric: 'tenant_bytes', ...above, value: 10, clear: -1 },
      'condition.clear',
    ],
    [
      'waits for less silence than there is between two looks',
      { kind: 'absence', metric: 'tenant_bytes', seconds: 15 },
      'condition.seconds',
    ],
  ])('%s', (_, condition, field) => {
    expect(faultOf(condition)).toBe(field)
  })

  it('names tenants or clusters where the metric has none', () => {
    const fleet = { kind: 'threshold', metric: 'fleet_workers', ...below, value: 1 } as const
    const cluster = { kind: 'threshold', metric: 'cluster_up', ...below, value: 1 } as const
    const id = '01k7q0x3f2e8sv9m4c5d6b7a8h'
    expect(faultOf(fleet, { clusterIds: [`cl_${id}`] })).toBe('scope.clusterIds')
    expect(faultOf(fleet, { labels: { region: 'eu' } })).toBe('scope.labels')
    expect(faultOf(cluster, { tenantIds: [`tn_${id}`] })).toBe('scope.tenantIds')
    expect(faultOf(cluster, { clusterIds: [`cl_${id}`] })).toBeNull()
  })

  it('is about a metric that nobody measures', () => {
    const condition = { kind: 'threshold', metric: 'tenant_mood', ...above, value: 1 }
    expect(alertRule.safeParse({ name: 'A rule', severity: 'warning', condition }).success).toBe(false)
  })
})
