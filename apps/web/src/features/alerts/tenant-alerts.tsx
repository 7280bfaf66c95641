import { ButtonLink } from '../../ui/link.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { severityLook } from './alert-looks.ts'
import { useAlertNews, useIncidents } from './use-alerts.ts'

/** On a tenant’s page: the incidents that it is part of. */
export function TenantAlerts(props: { tenantId: string }) {
  useAlertNews()
  const { rows } = useIncidents('open', { tenantId: props.tenantId }, 10)
  const [first] = rows
  if (!first) return null
  return (
    <section
      role="status"
      aria-label="Alerts"
      className={`tone-${severityLook[first.severity].tone} gutter flex shrink-0 gap-2.5 border-b border-line bg-surface-2 py-3 shadow-[inset_3px_0_var(--tone)]`}
    >
      <StatusIcon tone={severityLook[first.severity].tone} className="mt-0.75" />
      <div className="min-w-0 flex-1">
        <h3 className="font-semibold">
          {rows.length === 1 ? 'An alert fires' : `${rows.length} alerts fire`}
        </h3>
        <ul className="mt-1 grid gap-1.5">
          {rows.map((incident) => (
            <li key={incident.id} className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="font-medium">{incident.title}</span>
              <span className="text-12 text-ink-3">
                since <TimeStamp at={incident.startedAt} form="minute" />
                {incident.acknowledgedByName && `, ${incident.acknowledgedByName} has it`}
              </span>
              <ButtonLink to="/alerts/$id" params={{ id: incident.id }} size="sm">
                See what to do
              </ButtonLink>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
