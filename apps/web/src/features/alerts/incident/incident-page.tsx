import { useState } from 'react'
import { faultOf } from '../../../api/fault.ts'
import { useLiveRow } from '../../../live/use-live.ts'
import { alertRoute } from '../../../routes/alert.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { EnvironmentChip } from '../../../shell/top-bar.tsx'
import { useViewer } from '../../../shell/viewer.ts'
import { ButtonLink } from '../../../ui/link.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { useMediaQuery } from '../../../ui/use-media-query.ts'
import { SilenceDialog } from '../silences/silence-dialog.tsx'
import type { SilenceDraft } from '../silences/silence-draft.ts'
import { type IncidentDetail, useAlertNews, useIncident } from '../use-alerts.ts'
import { IncidentActs } from './incident-acts.tsx'
import { IncidentBody } from './incident-body.tsx'
import { IncidentHead } from './incident-head.tsx'

const parent = { label: 'Alerts', to: '/alerts' } as const

/** One incident on a page of its own: where messages link to, and what a phone shows. */
export function IncidentPage() {
  const { id } = alertRoute.useParams()
  const query = useIncident(id)
  useAlertNews()
  const isUnknown =
    !query.data && query.error && ['not_found', 'invalid_input'].includes(faultOf(query.error).code)
  return (
    <>
      <PageTitle title={query.data?.ruleName ?? query.data?.source ?? 'Incident'} parent={parent} />
      {isUnknown ? (
        <Unknown />
      ) : (
        <PanelBoundary title="The incident">
          <QueryPanel title="The incident" noun="this incident" query={query}>
            {(incident) => <Body key={incident.id} incident={incident} />}
          </QueryPanel>
        </PanelBoundary>
      )}
    </>
  )
}

function Body(props: { incident: IncidentDetail }) {
  const incident = useLiveRow(props.incident)
  const { at } = alertRoute.useSearch()
  const { environment } = useViewer()
  const isPhone = useMediaQuery('(max-width: 767px)')
  const [silencing, setSilencing] = useState<SilenceDraft>()
  const acts = <IncidentActs incident={incident} onSilence={setSilencing} large={isPhone} />
  const moment = at && !Number.isNaN(Date.parse(at)) ? new Date(at).toISOString() : ''
  return (
    <>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        <IncidentHead
          incident={incident}
          isPhone={isPhone}
          end={isPhone ? <EnvironmentChip name={environment.name} /> : undefined}
        >
          {isPhone ? undefined : acts}
        </IncidentHead>
        <IncidentBody incident={incident} {...(moment ? { at: moment } : {})} />
      </div>
      {isPhone && (
        <div className="gutter flex shrink-0 flex-wrap gap-2 border-t border-line bg-surface py-3">
          {acts}
        </div>
      )}
      {silencing && <SilenceDialog draft={silencing} onClose={() => setSilencing(undefined)} />}
    </>
  )
}

function Unknown() {
  return (
    <div className="m-5 max-w-160">
      <h2 className="text-20 font-semibold tracking-[-0.02em]">There is no such incident</h2>
      <p className="mt-1 mb-3 text-ink-2">The link may be mistyped, or of another installation.</p>
      <ButtonLink to="/alerts">Go to what fires now</ButtonLink>
    </div>
  )
}
