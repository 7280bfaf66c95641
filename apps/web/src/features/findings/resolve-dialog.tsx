import { needsTyping, type Proposal } from '@tenantry/contracts'
import type { LucideIcon } from 'lucide-react'
import { useRef, useState } from 'react'
import { callForms } from '../../api/call-forms.ts'
import { faultOf } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { EnvironmentChip } from '../../shell/top-bar.tsx'
import { useViewer } from '../../shell/viewer.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Mono } from '../../ui/tag.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { ReasonField, SlugField } from '../tenants/lifecycle/confirm-fields.tsx'
import { reasonMissing } from '../tenants/lifecycle/missing-words.ts'
import { type ResolveWish, useResolveFinding } from './use-finding-acts.ts'
import type { Finding } from './use-findings.ts'

/** Where it is done, to be read once more. */
function Target({ finding }: { finding: Finding }) {
  const { environment } = useViewer()
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-md border border-line-strong bg-surface-2 px-3 py-2">
      <Mono className="min-w-0 truncate text-14! font-medium">{finding.subject}</Mono>
      <CopyButton text={finding.subject} label="Copy the name" />
      <span className="ml-auto flex items-center gap-2">
        <EnvironmentChip name={environment.name} />
        <Mono className="text-ink-2">{finding.clusterName}</Mono>
      </span>
    </div>
  )
}

function CopyCall(props: { wish: ResolveWish }) {
  const input = { idempotencyKey: 'choose-one-key', ...props.wish }
  const { curl = '', trpc = '' } = callForms(
    { path: 'findings.resolve', kind: 'mutation', input },
    location.origin,
  )
  return (
    <span className="mr-auto flex items-center gap-1 text-12 text-ink-2 max-md:hidden">
      Copy as
      <CopyButton text={curl} label="Copy as curl" />
      curl
      <CopyButton text={trpc} label="Copy as tRPC" />
      tRPC
    </span>
  )
}

/** Asks what the danger of the act asks for: nothing more, a reason, or the name typed. */
export function ResolveDialog(props: {
  finding: Finding
  proposal: Proposal
  icon: LucideIcon
  refusal: string | undefined
  onClose: () => void
}) {
  const { finding, proposal, onClose } = props
  const [seen] = useState(finding.rowVersion)
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const keep = useRef<HTMLButtonElement>(null)
  const { resolve, isPending, error } = useResolveFinding()
  const isSevere = needsTyping(proposal)
  const wish: ResolveWish = {
    findingId: finding.id,
    ifVersion: seen,
    ...(proposal.tier > 1 ? { reason: reason.trim() } : {}),
    ...(isSevere ? { confirmSubject: typed.trim() } : {}),
  }
  const refusal =
    props.refusal ??
    (finding.state === 'resolved' ? 'Registry and cluster agree again.' : undefined) ??
    (finding.rowVersion === seen
      ? undefined
      : 'It changed since you opened this: close it and look again.') ??
    (isSevere && typed.trim() !== finding.subject ? `Type ${finding.subject} to confirm.` : undefined) ??
    (proposal.tier > 1 ? reasonMissing(reason) : undefined)
  const act = async () => {
    const done = await resolve(wish).catch(() => undefined)
    if (!done) return
    onClose()
    toastDone(done.operationId ? 'Requested: it resolves itself when both sides agree.' : 'Done.')
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={proposal.label}
      description={proposal.sentence}
      width={proposal.tier === 1 ? 520 : 620}
      edged={isSevere}
      initialFocus={proposal.tier === 1 ? keep : field}
      footer={
        <>
          <CopyCall wish={wish} />
          <Button ref={keep} onClick={onClose}>
            Leave it
          </Button>
          <Button
            variant={isSevere ? 'danger' : 'primary'}
            icon={props.icon}
            busy={isPending}
            disabledReason={refusal}
            onKeyDown={(event) => proposal.tier > 1 && event.key === 'Enter' && event.preventDefault()}
            onClick={act}
          >
            {proposal.label}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <Target finding={finding} />
        {isSevere && (
          <SlugField
            ref={field}
            label="Type the schema’s name to confirm"
            value={typed}
            onChange={setTyped}
          />
        )}
        {proposal.tier > 1 && (
          <ReasonField {...(isSevere ? {} : { ref: field })} value={reason} onChange={setReason} />
        )}
        {error ? <FormFault fault={faultOf(error)} /> : null}
      </div>
    </Dialog>
  )
}
