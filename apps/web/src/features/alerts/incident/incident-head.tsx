import type { ReactNode } from 'react'
import { StatusBadge } from '../../../ui/status.tsx'
import { Elapsed, TimeStamp } from '../../../ui/time.tsx'
import { incidentLook, severityLook } from '../alert-looks.ts'
import { conditionSentence } from '../alert-words.ts'
import type { IncidentDetail } from '../use-alerts.ts'

/** What is wrong, how bad it is and since when; who has it. */
export function IncidentHead(props: {
  incident: IncidentDetail
  end?: ReactNode
  children?: ReactNode
  /** The day is left out. */
  isPhone?: boolean
}) {
  const { incident } = props
  const isOver = incident.state === 'resolved'
  return (
    <header className="gutter shrink-0 pt-3.5 pb-3">
      <div className="mb-1 flex flex-wrap items-center gap-2">
        <StatusBadge look={isOver ? incidentLook.resolved : severityLook[incident.severity]} />
        <span className="num text-12 text-ink-3">
          {isOver ? 'fired' : incident.state === 'acknowledged' ? 'taken, firing since' : 'firing since'}{' '}
          <TimeStamp at={incident.startedAt} form={props.isPhone ? 'minute' : 'date-time'} withZone />,{' '}
          {isOver ? 'for ' : ''}
          <Elapsed from={incident.startedAt} to={incident.resolvedAt} />
        </span>
        {props.end && <span className="ml-auto flex gap-1">{props.end}</span>}
      </div>
      <h2 className="text-20 leading-7 font-semibold tracking-[-0.02em]">{incident.title}</h2>
      <p className="mt-0.5 text-ink-2">
        {incident.rule
          ? incident.rule.description || `${conditionSentence(incident.rule.condition)}.`
          : `Told by ${incident.source ?? 'somebody outside'}.`}
        {incident.firing > 0 &&
          incident.silenced >= incident.firing &&
          ' Nobody is called: it is silenced, or follows from another alert.'}
      </p>
      {incident.state === 'acknowledged' && (
        <p className="mt-1 text-12 text-ink-2">
          <b>{incident.acknowledgedByName ?? 'Somebody'}</b> has it
          {incident.acknowledgedUntil && (
            <>
              {' '}
              until <TimeStamp at={incident.acknowledgedUntil} form="minute" />
            </>
          )}
          : nobody else is called meanwhile.
        </p>
      )}
      {props.children && <div className="mt-2.5 flex flex-wrap items-center gap-2">{props.children}</div>}
    </header>
  )
}
