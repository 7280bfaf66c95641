import type { ChannelKind } from '@tenantry/contracts'
import { Clock, type LucideIcon, Mail, MessageSquare, Siren, Webhook } from 'lucide-react'
import { Icon } from '../../../ui/icon.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { formatDuration } from '../../../ui/time-format.ts'
import { eventIcon } from '../alert-looks.ts'
import { Until } from '../since.tsx'
import type { IncidentDetail } from '../use-alerts.ts'
import { type TrailLine, trailOf } from './trail.ts'

const channelIcon: Record<ChannelKind, LucideIcon> = {
  email: Mail,
  slack: MessageSquare,
  pagerduty: Siren,
  alertmanager: Webhook,
  opsgenie: Siren,
  webhook: Webhook,
}

/** Everything that happened and everybody who was told, in order; at its end what happens next. */
export function IncidentTrail(props: { incident: IncidentDetail }) {
  const lines = trailOf(props.incident)
  const { escalation } = props.incident
  return (
    <ol className="gutter pb-2">
      {lines.map((line) => (
        <Line key={line.id} line={line} />
      ))}
      {escalation && (
        <li className={row}>
          <TimeStamp at={escalation.dueAt} form="time" />
          <Icon of={Clock} className="tone-warn mt-1.5 text-tone-icon" />
          <span className="leading-6.5">Escalates to {escalation.targets.join(', ')}</span>
          <span className="text-right text-12 leading-6.5 whitespace-nowrap">
            in{' '}
            <b className="num">
              <Until at={escalation.dueAt} />
            </b>
          </span>
        </li>
      )}
    </ol>
  )
}

const row =
  'grid min-h-6.5 grid-cols-[62px_14px_minmax(0,1fr)_auto] gap-x-2.5 [&>time]:mono [&>time]:leading-6.5 [&>time]:text-ink-3'

function Line({ line }: { line: TrailLine }) {
  const glyph = line.kind === 'event' ? eventIcon[line.event] : channelIcon[line.channel]
  return (
    <li className={row}>
      <TimeStamp at={line.at} form="time" />
      <Icon of={glyph} className={line.isBad ? 'tone-failed mt-1.5 text-tone-icon' : 'mt-1.5 text-ink-3'} />
      <span className="leading-6.5 break-words whitespace-pre-wrap">{line.text}</span>
      <span className="num text-right text-12 leading-6.5 text-ink-3">
        {line.note}
        {line.kind === 'delivery' && line.tookMs !== null && ` in ${formatDuration(line.tookMs)}`}
      </span>
    </li>
  )
}
