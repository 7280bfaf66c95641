import { lazy, Suspense } from 'react'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { TextLink } from '../../../ui/link.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { SectionHeader } from '../../../ui/section-header.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { runbookKey } from '../runbook/runbook-key.ts'
import type { IncidentDetail } from '../use-alerts.ts'
import { IncidentMembers } from './incident-members.tsx'
import { IncidentTrail } from './incident-trail.tsx'

// Charts and Markdown are fetched when they are first shown.
const IncidentChart = lazy(async () => ({
  default: (await import('./incident-chart.tsx')).IncidentChart,
}))
const RunbookExcerpt = lazy(async () => ({
  default: (await import('../runbook/runbook-excerpt.tsx')).RunbookExcerpt,
}))

/** Value against limit, what happened and who was told, whom it is about, what to do. */
export function IncidentBody(props: { incident: IncidentDetail; at?: string }) {
  const { incident, at } = props
  const key = runbookKey(incident.runbookUrl)
  return (
    <>
      {incident.rule && (
        <section aria-label="Value against limit" className="shrink-0 border-t border-line">
          <PanelBoundary title="The chart">
            <Suspense fallback={<Skeleton className="m-5 h-60" />}>
              <IncidentChart incident={incident} rule={incident.rule} {...(at ? { at } : {})} />
            </Suspense>
          </PanelBoundary>
        </section>
      )}
      <section aria-label="What happened" className="shrink-0 border-t border-line">
        <SectionHeader
          title="What happened"
          meta={incident.rule?.policyName ? `told by the policy ${incident.rule.policyName}` : undefined}
        />
        <IncidentTrail incident={incident} />
      </section>
      <div className="grid shrink-0 grid-cols-2 border-t border-line max-xl:grid-cols-1">
        <section aria-label="Do first" className="min-w-0 border-line max-xl:border-b">
          <SectionHeader title="Do first">
            {incident.action && <CopyButton text={incident.action} label="Copy the action" />}
          </SectionHeader>
          <p className="gutter pb-3 text-ink-2">
            {incident.action || 'The rule says nothing. Write it into the rule.'}
          </p>
          {incident.rule && !incident.rule.isRemoved && (
            <p className="gutter pb-3 text-12 text-ink-3">
              By the rule{' '}
              <TextLink to="/alerts/rules/$id" params={{ id: incident.rule.id }}>
                {incident.rule.name}
              </TextLink>
            </p>
          )}
        </section>
        <section aria-label="Runbook" className="min-w-0 border-line xl:border-l">
          <SectionHeader title="Runbook">
            {key && (
              <TextLink to="/docs/alerts/$key" params={{ key }} className="text-12">
                Open
              </TextLink>
            )}
          </SectionHeader>
          <div className="gutter pb-3">
            {key ? (
              <PanelBoundary title="The runbook">
                <Suspense fallback={<Skeleton className="h-16" />}>
                  <RunbookExcerpt runbook={key} />
                </Suspense>
              </PanelBoundary>
            ) : incident.runbookUrl ? (
              <a href={incident.runbookUrl} rel="noreferrer" target="_blank" className="link break-all">
                {incident.runbookUrl}
              </a>
            ) : (
              <p className="text-12 text-ink-3">None is named by the rule.</p>
            )}
          </div>
        </section>
      </div>
      <IncidentMembers incident={incident} />
    </>
  )
}
