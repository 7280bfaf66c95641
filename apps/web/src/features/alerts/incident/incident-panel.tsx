import { ExternalLink, Link2 } from 'lucide-react'
import { useLiveRow } from '../../../live/use-live.ts'
import { Button } from '../../../ui/button.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import type { SilenceDraft } from '../silences/silence-draft.ts'
import { type IncidentDetail, useIncident } from '../use-alerts.ts'
import { IncidentActs } from './incident-acts.tsx'
import { IncidentBody } from './incident-body.tsx'
import { IncidentHead } from './incident-head.tsx'

const copyLink = (id: string) =>
  navigator.clipboard.writeText(`${location.origin}/alerts/${id}`).then(() => toastDone('Link copied'))

/** The chosen incident beside the list. */
export function IncidentPanel(props: { id: string; onSilence: (draft: SilenceDraft) => void }) {
  const query = useIncident(props.id)
  return (
    <section aria-label="Incident" className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto">
      <PanelBoundary title="The incident">
        <QueryPanel title="The incident" noun="this incident" query={query}>
          {(incident) => <Detail incident={incident} onSilence={props.onSilence} />}
        </QueryPanel>
      </PanelBoundary>
    </section>
  )
}

function Detail(props: { incident: IncidentDetail; onSilence: (draft: SilenceDraft) => void }) {
  const incident = useLiveRow(props.incident)
  return (
    <>
      <IncidentHead
        incident={incident}
        end={
          <>
            <Button size="sm" icon={Link2} onClick={() => void copyLink(incident.id)}>
              Copy link
            </Button>
            <ButtonLink size="sm" icon={ExternalLink} to="/alerts/$id" params={{ id: incident.id }}>
              Open
            </ButtonLink>
          </>
        }
      >
        <IncidentActs incident={incident} onSilence={props.onSilence} />
      </IncidentHead>
      <IncidentBody incident={incident} />
    </>
  )
}
