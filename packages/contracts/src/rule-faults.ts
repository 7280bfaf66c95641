import type { AlertCondition, AlertRule } from './alert-rule.ts'
import { metricsOf } from './alert-rule.ts'
import { collectEveryMs, type MetricInfo, type MetricName, metrics, scopeOf } from './metric.ts'

/** What is wrong with a rule: which field, why, and what to do. */
export interface RuleFault {
  /** As a dotted path into the rule. */
  readonly field: string
  readonly message: string
  readonly action: string
}

/** Measured on the same moment as the whole of which they are a part: their ratio is never above 1. */
const partOf: Partial<Record<MetricName, MetricName>> = {
  tenant_table_bytes: 'tenant_bytes',
  tenant_index_bytes: 'tenant_bytes',
  tenant_toast_bytes: 'tenant_bytes',
  cluster_catalog_bytes: 'cluster_database_bytes',
  fleet_operations_failed: 'fleet_operations_ended',
  fleet_operations_succeeded: 'fleet_operations_ended',
}

/**
 * Why a rule could never do what it is for: a threshold that nothing reaches, or that nothing comes back from. The form
 * shows it and the server refuses by it. Null: nothing is wrong that can be known without looking at the fleet.
 */
export function faultOfRule({ condition, scope }: Pick<AlertRule, 'condition' | 'scope'>): RuleFault | null {
  return (
    faultOfMetric(condition) ??
    faultOfLimit(condition) ??
    faultOfTime(condition) ??
    faultOfScope(condition, scope)
  )
}

function faultOfMetric(condition: AlertCondition): RuleFault | null {
  const { kind: metricKind, title } = info(condition.metric)
  const field = 'condition.metric'
  if ((condition.kind === 'threshold' || condition.kind === 'forecast') && metricKind === 'counter') {
    const message = `“${title}” only ever rises: past any threshold it would stay there for good.`
    return { field, message, action: 'Alert on its rate, or on its ratio to another metric.' }
  }
  if (condition.kind !== 'ratio') return null
  if (condition.metric === condition.of) {
    return {
      field: 'condition.of',
      message: 'A metric divided by itself is always 1.',
      action: 'Divide it by another.',
    }
  }
  if (scopeOf(condition.metric) !== scopeOf(condition.of)) {
    const message = `A ${scopeOf(condition.metric)}’s metric cannot be divided by a ${scopeOf(condition.of)}’s.`
    return {
      field: 'condition.of',
      message,
      action: `Choose another metric of a ${scopeOf(condition.metric)}.`,
    }
  }
  return null
}

function faultOfLimit(condition: AlertCondition): RuleFault | null {
  if (condition.kind === 'absence') return null
  const { operator, value } = condition
  const range = rangeOf(condition)
  const field = 'condition.value'
  const what = `“${info(condition.metric).title}”`
  if (operator === 'above' && value >= range.most) {
    const message = `It can never fire: ${what} is never above ${range.most}.`
    return { field, message, action: `Choose a threshold below ${range.most}.` }
  }
  if (operator === 'below' && value <= range.least && condition.kind !== 'forecast') {
    const message = `It can never fire: ${what} is never below ${range.least}.`
    return { field, message, action: `Choose a threshold above ${range.least}.` }
  }
  if (value < range.least || value > range.most) {
    const message = `${what} is never ${value < range.least ? 'below' : 'above'} ${value < range.least ? range.least : range.most}: it would fire all the time.`
    return { field, message, action: 'Choose a threshold that can be passed both ways.' }
  }
  if (condition.kind === 'forecast' || condition.clear === undefined) return null
  const { clear } = condition
  if (operator === 'above' ? clear > value : clear < value) {
    const message = `The clear threshold, ${clear}, is on the wrong side of ${value}: it would be over while it still holds.`
    const action = `Choose one ${operator === 'above' ? 'below' : 'above'} ${value}, or leave it out.`
    return { field: 'condition.clear', message, action }
  }
  if (operator === 'above' ? clear < range.least : clear > range.most) {
    const message = `It would never be over: ${what} never reaches the clear threshold, ${clear}.`
    return {
      field: 'condition.clear',
      message,
      action: 'Choose one nearer to the threshold, or leave it out.',
    }
  }
  return null
}

function faultOfTime(condition: AlertCondition): RuleFault | null {
  const scope = scopeOf(condition.metric)
  const every = collectEveryMs[scope] / 1000
  const least = 2 * every
  if (condition.kind === 'absence' && condition.seconds < least) {
    const message = `Metrics of a ${scope} are measured every ${every} s: an absence of ${condition.seconds} s is no news.`
    return { field: 'condition.seconds', message, action: `Choose ${least} s or more.` }
  }
  const windows = condition.kind === 'rate' || (condition.kind === 'ratio' && hasCounter(condition))
  if (windows && condition.windowSeconds < least) {
    const message = `Metrics of a ${scope} are measured every ${every} s: in ${condition.windowSeconds} s nothing changes that could be seen.`
    return { field: 'condition.windowSeconds', message, action: `Choose ${least} s or more.` }
  }
  return null
}

function faultOfScope(
  { metric }: AlertCondition,
  { clusterIds, tenantIds, labels }: AlertRule['scope'],
): RuleFault | null {
  const of = scopeOf(metric)
  if (of !== 'tenant' && tenantIds.length) {
    const message = `“${info(metric).title}” is measured of a ${of}, not of tenants.`
    return { field: 'scope.tenantIds', message, action: 'Leave tenants out.' }
  }
  if (of === 'fleet' && (clusterIds.length || Object.keys(labels).length)) {
    const message = `“${info(metric).title}” is measured of the whole fleet.`
    const field = clusterIds.length ? 'scope.clusterIds' : 'scope.labels'
    return { field, message, action: 'Leave clusters and labels out.' }
  }
  return null
}

function rangeOf(condition: Exclude<AlertCondition, { kind: 'absence' }>): { least: number; most: number } {
  const { kind, most = Number.POSITIVE_INFINITY } = info(condition.metric)
  if (condition.kind === 'rate') {
    return { least: kind === 'counter' ? 0 : Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY }
  }
  if (condition.kind === 'ratio') {
    return { least: 0, most: partOf[condition.metric] === condition.of ? 1 : Number.POSITIVE_INFINITY }
  }
  return { least: 0, most }
}

const info = (metric: MetricName): MetricInfo => metrics[metric]
const hasCounter = (condition: AlertCondition) => metricsOf(condition).some((m) => info(m).kind === 'counter')
