import { classNames } from '../../../ui/class-names.ts'
import type { Incident } from '../use-alerts.ts'

/** The last 24 hours, one cell each: in which of them alerts of this group fired. */
export function IncidentStrip(props: { strip: Incident['strip']; severity: Incident['severity'] }) {
  const { strip, severity } = props
  const hours = strip.filter((count) => count > 0).length
  const label = hours === 0 ? 'Nothing fired in 24 hours' : `Fired in ${hours} of the last 24 hours`
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className={classNames(
        severity === 'critical' ? 'tone-failed' : severity === 'warning' ? 'tone-warn' : 'tone-queued',
        'inline-grid grid-cols-[repeat(24,6px)] gap-px max-md:hidden',
      )}
    >
      {strip.map((count, hour) => (
        <i key={hour} className={classNames('h-3 rounded-[1px]', count > 0 ? 'bg-tone' : 'bg-surface-3')} />
      ))}
    </span>
  )
}
