import { Link } from '@tanstack/react-router'
import { Button } from '../../../ui/button.tsx'
import { StatusIcon } from '../../../ui/status.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { formatDuration } from '../../../ui/time-format.ts'
import { type Incident, type IncidentFilter, useIncidents } from '../use-alerts.ts'
import { Group } from './firing-tab.tsx'

/** What is over, the last first. */
export function ResolvedList(props: {
  filter: IncidentFilter
  hasDetail: boolean
  chosen: string | undefined
}) {
  const { rows, total, hasMore, loadMore } = useIncidents('resolved', props.filter, 8)
  if (rows.length === 0) return null
  return (
    <Group title="Resolved" meta={total}>
      {rows.map((incident) => (
        <Row key={incident.id} incident={incident} isCurrent={incident.id === props.chosen} {...props} />
      ))}
      {hasMore && (
        <div className="gutter py-2">
          <Button size="sm" onClick={loadMore}>
            Older
          </Button>
        </div>
      )}
    </Group>
  )
}

function Row(props: { incident: Incident; hasDetail: boolean; isCurrent: boolean }) {
  const { incident, hasDetail, isCurrent } = props
  const lasted = Date.parse(incident.resolvedAt ?? incident.startedAt) - Date.parse(incident.startedAt)
  const className =
    'gutter grid h-8 grid-cols-[14px_minmax(0,1fr)_auto_84px] items-center gap-2.5 border-b border-line hover:bg-surface-2 aria-[current]:bg-accent-tint max-md:h-12'
  const cells = (
    <>
      <StatusIcon tone="ok" />
      <span className="truncate">{incident.title}</span>
      <span className="text-12 text-ink-3">
        <TimeStamp at={incident.startedAt} form="minute" />
      </span>
      <span className="num text-right text-12 whitespace-nowrap text-ink-3">
        for {formatDuration(lasted)}
      </span>
    </>
  )
  return hasDetail ? (
    <Link
      from="/alerts"
      to="/alerts"
      search={(now) => ({ ...now, incident: incident.id })}
      replace
      aria-current={isCurrent || undefined}
      className={className}
    >
      {cells}
    </Link>
  ) : (
    <Link to="/alerts/$id" params={{ id: incident.id }} className={className}>
      {cells}
    </Link>
  )
}
