import { needsTyping, type Proposal, type ProposedAct } from '@tenantry/contracts'
import { ArrowUpFromLine, type LucideIcon, Trash2, Wrench } from 'lucide-react'
import { useState } from 'react'
import { useStaleRefusal } from '../../live/use-live.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { Button } from '../../ui/button.tsx'
import { ButtonLink } from '../../ui/link.tsx'
import { ResolveDialog } from './resolve-dialog.tsx'
import type { Finding } from './use-findings.ts'

type Runnable = Exclude<ProposedAct, 'adopt' | null>

export const actIcon: Record<Runnable, LucideIcon> = {
  'tenant.repair': Wrench,
  'tenant.discard': Trash2,
  'spare.drop': Trash2,
  'fence.raise': ArrowUpFromLine,
}

/** Why what is proposed cannot be run now; the server refuses for the same. */
function useProposalRefusal(finding: Finding, proposal: Proposal): string | undefined {
  const mayNotResolve = usePermissionRefusal('finding.resolve')
  const mayNotPurge = usePermissionRefusal('tenant.purge')
  const stale = useStaleRefusal()
  return (
    mayNotResolve ??
    (needsTyping(proposal) ? mayNotPurge : undefined) ??
    (finding.operation ? 'An operation is at work on it: wait until it has ended.' : undefined) ??
    stale
  )
}

/** Runs what is proposed, after the question that its danger asks for. */
export function ProposalButton(props: { finding: Finding; proposal: Proposal }) {
  const { finding, proposal } = props
  const [open, setOpen] = useState(false)
  const refusal = useProposalRefusal(finding, proposal)
  const { act } = proposal
  if (act === 'adopt') {
    const search = { cluster: finding.clusterName, schema: finding.subject }
    return (
      <ButtonLink to="/tenants/adopt" search={search} variant="primary">
        {proposal.label}
      </ButtonLink>
    )
  }
  if (act === null) return null
  return (
    <>
      <Button
        variant={needsTyping(proposal) ? 'default' : 'primary'}
        icon={actIcon[act]}
        disabledReason={refusal}
        onClick={() => setOpen(true)}
      >
        {proposal.label}…
      </Button>
      {open && (
        <ResolveDialog
          finding={finding}
          proposal={proposal}
          icon={actIcon[act]}
          refusal={refusal}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
