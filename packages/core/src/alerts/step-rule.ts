import { createHash } from 'node:crypto'
import {
  type AlertMemory,
  dampedKeep,
  describeIncident,
  judge,
  limitOf,
  metricsOf,
  scopeOf,
  stepAlert,
} from '@tenantry/contracts'
import type { Look, RuleRow } from './engine.ts'

/** What becomes of one alert. */
export interface AlertChange extends Omit<Look, 'groupKey'> {
  readonly fingerprint: string
  /** What makes one incident of many. */
  readonly groupKey: string
  readonly next: AlertMemory | null
  /** Begins to fire with this look. */
  readonly fires: boolean
  /** Why it is over, in a sentence; null while it is not. */
  readonly over: string | null
}

/** An incident as it is after the look. */
export interface GroupChange {
  /** Null: of alerts that have none yet. */
  readonly incidentId: string | null
  readonly groupKey: string
  readonly title: string
  readonly firing: number
  /** Of which cluster, where all are on one. */
  readonly clusterId: string | null
  /** Who begins to fire, who is over, and why the last one is. */
  readonly joined: readonly string[]
  readonly left: readonly string[]
  readonly lastWords: string
}

export interface RuleStep {
  readonly changes: readonly AlertChange[]
  readonly groups: readonly GroupChange[]
}

/** SHA-256 of a rule and its subject, hex. */
export const fingerprintOf = (
  ruleId: string,
  { tenantId, clusterId }: Pick<Look, 'tenantId' | 'clusterId'>,
) =>
  createHash('sha256')
    .update(`${ruleId}/${tenantId ?? clusterId ?? ''}`)
    .digest('hex')

const groupKeyOf = (
  { id, groupBy }: RuleRow,
  { tenantId, clusterId }: Pick<Look, 'tenantId' | 'clusterId'>,
) =>
  groupBy === 'rule' ? id : `${id}/${(groupBy === 'cluster' ? clusterId : (tenantId ?? clusterId)) ?? ''}`

/** What follows from a look: the next state of every alert and the figures of every incident. Writes nothing. */
export function stepRule(rule: RuleRow, looks: readonly Look[], now: number): RuleStep {
  const limit = limitOf(rule.condition)
  const after = looks.flatMap((look): AlertChange[] => {
    const keepFiringSeconds = dampedKeep(rule.keepFiringSeconds, look.refired)
    const verdict = judge(limit, look.measured)
    const next = look.gone
      ? null
      : stepAlert({ forSeconds: rule.forSeconds, keepFiringSeconds }, look.memory, verdict, now)
    if (!next && !look.memory) return []
    return [
      {
        ...look,
        fingerprint: fingerprintOf(rule.id, look),
        // A change of the rule moves no alert from one incident to another.
        groupKey: look.groupKey ?? groupKeyOf(rule, look),
        next,
        fires: next?.state === 'firing' && look.memory?.state !== 'firing',
        over: next ? null : (look.gone ?? 'It is clear again.'),
      },
    ]
  })
  const groups = Map.groupBy(
    after.filter((alert) => alert.next?.state === 'firing' || alert.memory?.state === 'firing'),
    ({ groupKey }) => groupKey,
  )
  return {
    changes: after.filter((alert) => isChanged(alert)),
    groups: [...groups.values()].map((alerts) => groupOf(rule, alerts)),
  }
}

function groupOf(rule: RuleRow, alerts: readonly AlertChange[]): GroupChange {
  const [first] = alerts as [AlertChange]
  const firing = alerts.filter(({ next }) => next?.state === 'firing')
  const { operator, unit } = limitOf(rule.condition)
  const worse = (a: AlertChange, b: AlertChange) =>
    operator === 'above' ? known(b) - known(a) : known(a) - known(b)
  const worst = firing.toSorted(worse)[0]
  const clusters = new Set(firing.map(({ clusterId }) => clusterId))
  const left = alerts.filter(({ over }) => over !== null)
  return {
    incidentId: alerts.find(({ incidentId }) => incidentId)?.incidentId ?? null,
    groupKey: first.groupKey,
    title: describeIncident({
      rule: rule.name,
      scope: scopeOf(metricsOf(rule.condition)[0] as (typeof rule.condition)['metric']),
      firing: firing.length,
      clusters: clusters.size,
      worst: worst ? { name: worst.name, value: shown(worst) } : null,
      unit,
    }),
    firing: firing.length,
    clusterId: clusters.size === 1 ? ([...clusters][0] ?? null) : null,
    joined: firing.filter(({ fires }) => fires).map(({ name }) => name),
    left: left.map(({ name }) => name),
    lastWords: left.at(-1)?.over ?? '',
  }
}

const shown = ({ measured, value }: AlertChange) => measured ?? value
const known = (look: AlertChange) => shown(look) ?? 0

/** A value that has hardly moved is not written again: thousands of alerts are, at every look. */
function isChanged({ memory, next, measured, value }: AlertChange): boolean {
  if (!memory || !next) return true
  if (memory.state !== next.state || memory.clearAt !== next.clearAt || memory.pendingAt !== next.pendingAt)
    return true
  return (
    measured !== undefined &&
    measured !== null &&
    Math.abs(measured - (value ?? 0)) > Math.abs(value ?? 0) * 0.01
  )
}
