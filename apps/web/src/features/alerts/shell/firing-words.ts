import { type Severity, severities } from '@tenantry/contracts'
import type { FiringCounts } from '../use-alerts.ts'

/** Incidents that want somebody: that fire, that nobody has taken and that are not silenced. */
export const totalOf = (counts: FiringCounts | undefined): number =>
  counts ? severities.reduce((sum, severity) => sum + counts[severity], 0) : 0

/** The worst severity of them; undefined when nothing wants somebody. */
export const worstOf = (counts: FiringCounts | undefined): Severity | undefined =>
  counts && severities.find((severity) => counts[severity] > 0)

/** `2 incidents fire: 1 critical, 1 warning` */
export function firingWords(counts: FiringCounts | undefined): string {
  const total = totalOf(counts)
  if (!counts || total === 0) return 'Alerts: nothing fires that nobody has taken'
  const parts = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}`)
  return `Alerts: ${total} ${total === 1 ? 'incident fires' : 'incidents fire'}: ${parts.join(', ')}`
}
