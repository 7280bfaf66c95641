import { StatusIcon } from '../../../ui/status.tsx'
import { severityLook } from '../alert-looks.ts'
import type { FiringCounts } from '../use-alerts.ts'
import { totalOf, worstOf } from './firing-words.ts'

/** Beside “Alerts” in the navigation: how many, under the glyph of the worst. */
export function NavBadge(props: { counts: FiringCounts }) {
  const worst = worstOf(props.counts)
  if (!worst) return null
  return (
    <span className="inline-flex items-center gap-1 font-medium text-ink">
      <StatusIcon tone={severityLook[worst].tone} size={12} />
      {totalOf(props.counts)}
    </span>
  )
}
