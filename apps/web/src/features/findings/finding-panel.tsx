import { proposalOf } from '@tenantry/contracts'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useLiveRow, useStaleRefusal } from '../../live/use-live.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { Button } from '../../ui/button.tsx'
import { FactList } from '../../ui/facts.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextLink } from '../../ui/link.tsx'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SidePanel, SideSection } from '../../ui/side-panel.tsx'
import { findingLook } from '../../ui/state-tones.ts'
import { StatusBadge } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { kindVerb } from '../operations/operation-words.ts'
import { findingMeaning, findingTitle } from './finding-words.ts'
import { IgnoreDialog } from './ignore-dialog.tsx'
import { ProposalButton } from './proposal-button.tsx'
import { TwoSides } from './two-sides.tsx'
import { useReopenFinding } from './use-finding-acts.ts'
import { type Finding, useFinding } from './use-findings.ts'

/** A finding beside the list: what each side says, and what to do. */
export function FindingPanel(props: { id: string; onClose: () => void }) {
  const query = useFinding(props.id)
  return (
    <SidePanel label="Finding" width={448}>
      <PanelBoundary key={props.id} title="The finding">
        <QueryPanel title="The finding" noun="this finding" query={query}>
          {(finding) => <Body key={finding.id} finding={finding} onClose={props.onClose} />}
        </QueryPanel>
      </PanelBoundary>
    </SidePanel>
  )
}

function Body(props: { finding: Finding; onClose: () => void }) {
  const finding = useLiveRow(props.finding)
  const { operation } = finding
  return (
    <>
      <div className="flex items-start gap-2 border-b border-line px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <StatusBadge look={findingLook[finding.state]} />
          <h2 className="mt-1 text-16 font-semibold tracking-tight">{findingTitle[finding.kind]}</h2>
          <p className="mono truncate text-ink-3">
            {finding.clusterName}/{finding.subject}
          </p>
        </div>
        <IconButton size="sm" icon={X} label="Close the finding" onClick={props.onClose} />
      </div>
      <SideSection>
        <p className="text-ink-2">{findingMeaning(finding.kind)}</p>
      </SideSection>
      <TwoSides detail={finding.detail} />
      {finding.state !== 'resolved' && <Proposed finding={finding} />}
      <SideSection title="Seen">
        <FactList
          facts={[
            { name: 'First', value: <TimeStamp at={finding.firstSeenAt} withZone /> },
            ...(finding.resolvedAt
              ? [{ name: 'Gone since', value: <TimeStamp at={finding.resolvedAt} withZone /> }]
              : [{ name: 'Last', value: <TimeStamp at={finding.lastSeenAt} withZone /> }]),
            ...(finding.tenantSlug
              ? [
                  {
                    name: 'Tenant',
                    value: (
                      <TextLink to="/tenants/$slug" params={{ slug: finding.tenantSlug }}>
                        <Mono>{finding.tenantSlug}</Mono>
                      </TextLink>
                    ),
                  },
                ]
              : []),
            ...(operation
              ? [
                  {
                    name: 'At work',
                    value: (
                      <TextLink to="/operations/$id" params={{ id: operation.id }}>
                        {kindVerb[operation.kind]}
                      </TextLink>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </SideSection>
    </>
  )
}

function Proposed({ finding }: { finding: Finding }) {
  const proposal = proposalOf(finding)
  return (
    <SideSection title="What to do">
      <p className="text-ink-2">{proposal.sentence}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <ProposalButton finding={finding} proposal={proposal} />
        <Aside finding={finding} />
      </div>
      {finding.state === 'ignored' && finding.ignoredBecause && (
        <p className="mt-2 text-12 text-ink-3">
          Ignored{finding.ignoredBy && ` by ${finding.ignoredBy}`}: {finding.ignoredBecause}
        </p>
      )}
    </SideSection>
  )
}

/** Puts it aside, or takes it up again. */
function Aside({ finding }: { finding: Finding }) {
  const [open, setOpen] = useState(false)
  const mayNot = usePermissionRefusal('finding.resolve')
  const stale = useStaleRefusal()
  const { reopen, isPending } = useReopenFinding()
  const seen = { findingId: finding.id, ifVersion: finding.rowVersion }
  if (finding.state === 'ignored') {
    return (
      <Button busy={isPending} disabledReason={mayNot ?? stale} onClick={() => reopen(seen)}>
        Take up again
      </Button>
    )
  }
  return (
    <>
      <Button variant="ghost" disabledReason={mayNot ?? stale} onClick={() => setOpen(true)}>
        Ignore…
      </Button>
      {open && <IgnoreDialog finding={finding} onClose={() => setOpen(false)} />}
    </>
  )
}
