import {
  type AlertCondition,
  type AlertConditionKind,
  type AlertRule,
  alertRule,
  faultOfRule,
  type IncidentGrouping,
  type Labels,
  type MetricName,
  type MetricUnit,
  metrics,
  type Severity,
} from '@tenantry/contracts'
import { amountExample, readAmount, readSeconds, writeAmount } from '../amounts.ts'
import type { Rule } from '../use-rules.ts'

/** A rule while it is written: amounts and times as they are typed, and what the other kinds of condition hold stays. */
export interface RuleDraft {
  readonly name: string
  readonly description: string
  readonly kind: AlertConditionKind
  readonly metric: MetricName
  readonly of: MetricName
  readonly operator: 'above' | 'below'
  readonly value: string
  readonly clear: string
  readonly window: string
  readonly within: string
  readonly absent: string
  readonly least: string
  readonly lasts: string
  readonly keep: string
  readonly severity: Severity
  readonly groupBy: IncidentGrouping
  readonly action: string
  readonly runbookUrl: string
  /** Empty: the default policy. */
  readonly policyId: string
  readonly enabled: boolean
  readonly clusterIds: readonly string[]
  readonly tenantIds: readonly string[]
  readonly labels: Labels
}
export type DraftField = keyof RuleDraft

export const emptyDraft: RuleDraft = {
  name: '',
  description: '',
  kind: 'threshold',
  metric: 'cluster_replication_lag_seconds',
  of: 'fleet_operations_ended',
  operator: 'above',
  value: '',
  clear: '',
  window: '15 min',
  within: '3 d',
  absent: '10 min',
  least: '1',
  lasts: '2 min',
  keep: '1 min',
  severity: 'warning',
  groupBy: 'rule',
  action: '',
  runbookUrl: '',
  policyId: '',
  enabled: true,
  clusterIds: [],
  tenantIds: [],
  labels: {},
}

/** In what the limit of such a condition is typed. */
export function unitOf(kind: AlertConditionKind, metric: MetricName): MetricUnit {
  return kind === 'ratio' ? 'ratio' : metrics[metric].unit
}

const time = (seconds: number) => writeAmount(seconds, 'seconds')

/** A rule as the form shows it. */
export function draftOf(rule: Rule): RuleDraft {
  const { condition, scope } = rule
  const unit = unitOf(condition.kind, condition.metric)
  const limit =
    condition.kind === 'absence'
      ? {}
      : { operator: condition.operator, value: writeAmount(condition.value, unit) }
  return {
    ...emptyDraft,
    ...limit,
    name: rule.name,
    description: rule.description,
    kind: condition.kind,
    metric: condition.metric,
    ...(condition.kind === 'ratio' ? { of: condition.of, least: String(condition.least) } : {}),
    ...('clear' in condition && condition.clear !== undefined
      ? { clear: writeAmount(condition.clear, unit) }
      : {}),
    ...('windowSeconds' in condition ? { window: time(condition.windowSeconds) } : {}),
    ...(condition.kind === 'forecast' ? { within: time(condition.withinSeconds) } : {}),
    ...(condition.kind === 'absence' ? { absent: time(condition.seconds) } : {}),
    lasts: time(rule.forSeconds),
    keep: time(rule.keepFiringSeconds),
    severity: rule.severity,
    groupBy: rule.groupBy,
    action: rule.action,
    runbookUrl: rule.runbookUrl,
    policyId: rule.policyId ?? '',
    enabled: rule.enabled,
    clusterIds: scope.clusterIds,
    tenantIds: scope.tenantIds,
    labels: scope.labels,
  }
}

export type DraftFaults = Partial<Record<DraftField, string>>

/** The rule that a draft means, or what is wrong, at the field where it can be mended. */
export function readDraft(draft: RuleDraft): { rule: AlertRule } | { faults: DraftFaults } {
  const faults: DraftFaults = {}
  const unit = unitOf(draft.kind, draft.metric)
  const amount = (field: DraftField, typed: string, of: MetricUnit = unit) => {
    const value = readAmount(typed, of)
    if (value === undefined) faults[field] = `Write an amount such as ${amountExample[of]}.`
    return value
  }
  const seconds = (field: DraftField, typed: string) => {
    const value = readSeconds(typed)
    if (value === undefined) faults[field] = 'Write a time such as 2 min or 1 h 30 min.'
    return value
  }
  const limit = () => ({
    operator: draft.operator,
    value: amount('value', draft.value),
    ...(draft.clear.trim() && draft.kind !== 'forecast' ? { clear: amount('clear', draft.clear) } : {}),
  })
  const parts: Record<AlertConditionKind, () => object> = {
    threshold: limit,
    rate: () => ({ ...limit(), windowSeconds: seconds('window', draft.window) }),
    ratio: () => ({
      ...limit(),
      of: draft.of,
      windowSeconds: seconds('window', draft.window),
      least: amount('least', draft.least, 'count'),
    }),
    absence: () => ({ seconds: seconds('absent', draft.absent) }),
    forecast: () => ({
      ...limit(),
      windowSeconds: seconds('window', draft.window),
      withinSeconds: seconds('within', draft.within),
    }),
  }
  const wanted = {
    name: draft.name,
    description: draft.description,
    condition: { kind: draft.kind, metric: draft.metric, ...parts[draft.kind]() },
    scope: { clusterIds: draft.clusterIds, tenantIds: draft.tenantIds, labels: draft.labels },
    forSeconds: seconds('lasts', draft.lasts),
    keepFiringSeconds: seconds('keep', draft.keep),
    severity: draft.severity,
    groupBy: draft.groupBy,
    action: draft.action,
    runbookUrl: draft.runbookUrl,
    policyId: draft.policyId || null,
    enabled: draft.enabled,
  }
  const read = alertRule.safeParse(wanted)
  for (const { path, message } of read.error?.issues ?? []) {
    const field = fieldOfPath(path.join('.'))
    faults[field] ??= message
  }
  if (read.success) {
    const fault = faultOfRule(read.data)
    if (fault) faults[fieldOfPath(fault.field)] ??= `${fault.message} ${fault.action}`
  }
  return read.success && Object.keys(faults).length === 0 ? { rule: read.data } : { faults }
}

const fields: Readonly<Record<string, DraftField>> = {
  'condition.value': 'value',
  'condition.clear': 'clear',
  'condition.operator': 'operator',
  'condition.windowSeconds': 'window',
  'condition.withinSeconds': 'within',
  'condition.seconds': 'absent',
  'condition.least': 'least',
  'condition.metric': 'metric',
  'condition.of': 'of',
  forSeconds: 'lasts',
  keepFiringSeconds: 'keep',
}

/** The field of the form at which something of the rule can be mended. */
export function fieldOfPath(path: string): DraftField {
  const known = fields[path]
  if (known) return known
  if (path.startsWith('scope.clusterIds')) return 'clusterIds'
  if (path.startsWith('scope.tenantIds')) return 'tenantIds'
  if (path.startsWith('scope')) return 'labels'
  return path in emptyDraft ? (path as DraftField) : 'metric'
}

/** A copy of a rule under a name of its own. */
export function copyOf(rule: Rule): RuleDraft {
  return { ...draftOf(rule), name: `Copy of ${rule.name}`.slice(0, 80) }
}

/** A whole rule as it is sent back with one thing changed. */
export function wholeRule(rule: Rule): AlertRule {
  const { name, description, condition, scope, forSeconds, keepFiringSeconds, severity, groupBy } = rule
  const { action, runbookUrl, policyId, enabled } = rule
  return {
    name,
    description,
    condition: condition as AlertCondition,
    scope,
    forSeconds,
    keepFiringSeconds,
    severity,
    groupBy,
    action,
    runbookUrl,
    policyId,
    enabled,
  }
}
