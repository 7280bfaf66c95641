import { z } from 'zod'
import { clusterId, escalationPolicyId, tenantId } from './identifiers.ts'
import { type MetricName, metricNames } from './metric.ts'
import { labels } from './tenant.ts'

export const severities = ['critical', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

const metric = z.enum(metricNames)
const operator = z.enum(['above', 'below'])
const seconds = (low: number, high: number) => z.number().int().min(low).max(high)
const day = 86_400

/** `clear`: where it ends, on the far side of `value`; left out, the same. */
const limit = { operator, value: z.number(), clear: z.number().optional() }

/** When a rule holds for one subject. */
export const alertCondition = z.discriminatedUnion('kind', [
  /** The metric is beyond `value`. */
  z.object({ kind: z.literal('threshold'), metric, ...limit }),
  /** It changes by more than `value` a second, over the window. */
  z.object({ kind: z.literal('rate'), metric, windowSeconds: seconds(30, 7 * day), ...limit }),
  /** metric ÷ of; of counters, what came in the window. At least `least` of them, so that 1 of 1 is no disaster. */
  z.object({
    kind: z.literal('ratio'),
    metric,
    of: metric,
    windowSeconds: seconds(30, 7 * day),
    least: z.number().nonnegative().default(1),
    ...limit,
  }),
  /** Nobody has measured it for so long. */
  z.object({ kind: z.literal('absence'), metric, seconds: seconds(15, 7 * day) }),
  /** Going on as in the window, it is beyond `value` within so long. */
  z.object({
    kind: z.literal('forecast'),
    metric,
    windowSeconds: seconds(600, 90 * day),
    withinSeconds: seconds(60, 365 * day),
    operator,
    value: z.number(),
  }),
])
export type AlertCondition = z.infer<typeof alertCondition>
export type AlertConditionKind = AlertCondition['kind']

/** Whom a rule is about; empty: everybody. */
export const alertScope = z.object({
  clusterIds: z.array(clusterId).max(100).default([]),
  tenantIds: z.array(tenantId).max(100).default([]),
  /** Of the tenant, or of the cluster; all of them. */
  labels: labels.default({}),
})
export type AlertScope = z.infer<typeof alertScope>

/** What makes one incident of many alerts. */
export const incidentGroupings = ['rule', 'cluster', 'subject'] as const
export type IncidentGrouping = (typeof incidentGroupings)[number]

export const alertRule = z.object({
  name: z.string().trim().min(3, 'Give it a name').max(80),
  description: z.string().trim().max(500).default(''),
  condition: alertCondition,
  scope: alertScope.prefault({}),
  /** It must hold so long before it fires. */
  forSeconds: seconds(0, 30 * day).default(0),
  /** It must be clear so long before it is resolved: damps flapping. */
  keepFiringSeconds: seconds(0, day).default(60),
  severity: z.enum(severities),
  groupBy: z.enum(incidentGroupings).default('rule'),
  /** What the person on call should do first, in a sentence. */
  action: z.string().trim().max(300).default(''),
  runbookUrl: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ }), z.string().regex(/^\/docs\/alerts\//)])
    .default(''),
  /** Who is told; null: the default policy. */
  policyId: escalationPolicyId.nullable().default(null),
  enabled: z.boolean().default(true),
})
export type AlertRule = z.output<typeof alertRule>
export type AlertRuleInput = z.input<typeof alertRule>

/** The metrics that a condition reads. */
export function metricsOf(condition: AlertCondition): MetricName[] {
  return condition.kind === 'ratio' ? [condition.metric, condition.of] : [condition.metric]
}
