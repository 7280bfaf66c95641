import { Link } from '@tanstack/react-router'
import { BellOff, Check } from 'lucide-react'
import { initialsOf } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { classNames } from '../../../ui/class-names.ts'
import { KeyHint } from '../../../ui/key-hint.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { StatusIcon } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { severityLook } from '../alert-looks.ts'
import { Since, Until } from '../since.tsx'
import type { Incident } from '../use-alerts.ts'
import { IncidentStrip } from './incident-strip.tsx'

export interface IncidentItemProps {
  readonly incident: Incident
  readonly isCurrent: boolean
  /** Beside the list there is room for the detail; else a press opens a page of its own. */
  readonly hasDetail: boolean
  readonly refusal: string | undefined
  readonly silenceRefusal: string | undefined
  readonly onAcknowledge: () => void
  readonly onSilence: () => void
}

/** One incident in the list: what is wrong, since when, of whom, who has it, and what can be done at once. */
export function IncidentItem(props: IncidentItemProps) {
  const { incident, isCurrent } = props
  const others = incident.firing - incident.members.length
  return (
    <article
      aria-label={incident.title}
      aria-current={isCurrent || undefined}
      className="gutter relative grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2.5 gap-y-0.5 border-b border-line py-2.5 aria-[current]:bg-accent-tint aria-[current]:shadow-[inset_2px_0_var(--accent)]"
    >
      <StatusIcon tone={severityLook[incident.severity].tone} className="mt-0.75" />
      <h3 className="text-13 leading-5 font-semibold max-md:text-14">
        <IncidentLink {...props} />
      </h3>
      <span className="text-right text-12 leading-5 text-ink-3">
        <Since at={incident.startedAt} />
      </span>
      <p className="col-start-2 line-clamp-2 text-12 text-ink-3">
        {incident.action || incident.ruleName || incident.source}
      </p>
      <span className="col-start-3 self-center">
        <IncidentStrip strip={incident.strip} severity={incident.severity} />
      </span>
      {incident.firing > 1 && incident.members.length > 0 && (
        <ul className="col-span-2 col-start-2 mt-1.5 overflow-hidden rounded-md border border-line bg-surface">
          {incident.members.map((member) => (
            <li
              key={member.id}
              className="flex h-6.5 items-center gap-2 border-line px-2.5 text-12 not-first:border-t"
            >
              <Mono className="min-w-0 truncate font-medium">
                {member.tenantSlug ?? member.clusterName ?? 'fleet'}
              </Mono>
              {member.tenantSlug && <span className="truncate text-ink-3">{member.clusterName}</span>}
              <span className="ml-auto text-ink-3">{member.firedAt && <Since at={member.firedAt} />}</span>
            </li>
          ))}
          {others > 0 && (
            <li className="flex h-6.5 items-center border-t border-line bg-surface-2 px-2.5 text-12 text-ink-3">
              {formatCount(others)} more
            </li>
          )}
        </ul>
      )}
      <Foot {...props} />
    </article>
  )
}

function IncidentLink({ incident, hasDetail }: IncidentItemProps) {
  const className = 'after:absolute after:inset-0 hover:underline'
  return hasDetail ? (
    <Link
      from="/alerts"
      to="/alerts"
      search={(now) => ({ ...now, incident: incident.id })}
      replace
      className={className}
    >
      {incident.title}
    </Link>
  ) : (
    <Link to="/alerts/$id" params={{ id: incident.id }} className={className}>
      {incident.title}
    </Link>
  )
}

/** Who has it; or what can be done, and what happens next if nobody does. */
function Foot(props: IncidentItemProps) {
  const { incident, isCurrent } = props
  if (incident.state === 'acknowledged') {
    const name = incident.acknowledgedByName ?? 'Somebody'
    return (
      <p className="col-span-2 col-start-2 mt-1 flex items-center gap-1.5 text-12">
        <span
          aria-hidden="true"
          className="grid size-4.5 place-items-center rounded-full bg-surface-3 text-[10px] text-ink-2"
        >
          {initialsOf(name).slice(0, 1)}
        </span>
        <span>
          {name} has it
          {incident.acknowledgedUntil && (
            <>
              , until <TimeStamp at={incident.acknowledgedUntil} form="minute" />
            </>
          )}
        </span>
      </p>
    )
  }
  return (
    <div className="col-span-2 col-start-2 mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <span className="relative z-1 flex gap-2">
        <Button
          size="sm"
          variant={isCurrent ? 'primary' : 'default'}
          icon={Check}
          disabledReason={props.refusal}
          onClick={props.onAcknowledge}
        >
          Acknowledge {isCurrent && <KeyHint keys={['a']} />}
        </Button>
        <Button size="sm" icon={BellOff} disabledReason={props.silenceRefusal} onClick={props.onSilence}>
          Silence…
        </Button>
      </span>
      {incident.escalation && (
        <span className="text-12 text-ink-2">
          Escalates to {incident.escalation.targets.join(', ')} in{' '}
          <b className={classNames('num')}>
            <Until at={incident.escalation.dueAt} />
          </b>
        </span>
      )}
    </div>
  )
}
