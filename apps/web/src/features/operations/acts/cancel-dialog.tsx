import { defaultGraceSeconds, type OperationKind } from '@tenantry/contracts'
import { Ban } from 'lucide-react'
import { useRef, useState } from 'react'
import { callForms } from '../../../api/call-forms.ts'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { CopyAs } from '../../../ui/copy-as.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { ImpactGrid } from '../../tenants/lifecycle/impact-grid.tsx'
import { operationTitle } from '../operation-words.ts'
import type { OperationRow } from '../use-operations.ts'
import { useCancelOperation } from './use-operation-verbs.ts'

type Target = Pick<OperationRow, 'id' | 'kind' | 'state' | 'tenantSlug' | 'templateSlug'> & {
  cancelRequestedAt?: string | null
}

interface CancelDialogProps {
  readonly operation: Target
  readonly refusal: string | undefined
  readonly onClose: () => void
}

const graces = [
  { value: '0', label: 'At once' },
  { value: String(defaultGraceSeconds), label: `${defaultGraceSeconds} s` },
  { value: '60', label: '1 min' },
  { value: '600', label: '10 min' },
] as const
type Grace = (typeof graces)[number]['value']

/** What a cancelled operation leaves its object as, where that is not as it was. */
const afterwards: Partial<Record<OperationKind, string>> = {
  'tenant.provision': 'The tenant becomes failed and keeps its slug, until you retry or discard it.',
  'tenant.clone': 'The new tenant becomes failed and keeps its slug, until you retry or discard it.',
  'tenant.claim': 'The tenant becomes failed and keeps its slug, until you retry or discard it.',
  'tenant.adopt': 'The tenant becomes failed; the schema stays as it was found.',
  'template.build': 'Tenants go on with the version that was ready before.',
}

/** Tier 1 for what has not begun, tier 2 with a grace for what has. */
export function CancelDialog(props: CancelDialogProps) {
  return props.operation.state === 'queued' ? <CancelQueued {...props} /> : <CancelBegun {...props} />
}

function CancelQueued({ operation, refusal, onClose }: CancelDialogProps) {
  const { mutate, isPending } = useCancelOperation()
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Cancel: ${operationTitle(operation).toLowerCase()}`}
      act="Cancel operation"
      keep="Let it run"
      danger
      busy={isPending}
      disabledReason={refusal}
      onAct={() => mutate({ operationId: operation.id }, { onSettled: onClose })}
    >
      <p className="text-ink-2">
        It has not begun, so nothing is on the cluster yet. {afterwards[operation.kind]}
      </p>
    </ConfirmDialog>
  )
}

function CancelBegun({ operation, refusal, onClose }: CancelDialogProps) {
  const [grace, setGrace] = useState<Grace>(operation.cancelRequestedAt ? '0' : String(defaultGraceSeconds))
  const keep = useRef<HTMLButtonElement>(null)
  const { mutate, isPending } = useCancelOperation()
  const wish = { operationId: operation.id, graceSeconds: Number(grace) }
  const runs = operation.state === 'running'
  const impacts = [
    runs
      ? { value: 'No further step', note: 'the one in hand may end, for as long as you give it' }
      : { value: 'Woken now', note: 'a worker takes it up at once to take it back' },
    { value: 'Taken back', note: 'finished steps, last first; the cluster is as before' },
    { value: 'Or too late', note: 'if the last step is done first, it has succeeded' },
  ]
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Cancel: ${operationTitle(operation).toLowerCase()}`}
      description="Stops it before its next step and takes back what it has done."
      width={620}
      initialFocus={keep}
      footer={
        <>
          <span className="text-12 text-ink-3 max-md:hidden">Enter does not confirm</span>
          <Button ref={keep} onClick={onClose}>
            Let it run
          </Button>
          <Button
            variant="danger"
            icon={Ban}
            busy={isPending}
            disabledReason={refusal}
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
            onClick={() => mutate(wish, { onSettled: onClose })}
          >
            Cancel operation
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <ImpactGrid impacts={impacts} />
        {runs && (
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-ink-2">End the step in hand by force after</span>
            <Segments label="By force after" value={grace} onChange={setGrace} options={graces} />
          </div>
        )}
        {afterwards[operation.kind] && <p className="text-ink-2">{afterwards[operation.kind]}</p>}
        <CopyAs
          forms={callForms(
            { path: 'operations.cancel', kind: 'mutation', input: wish },
            location.origin,
            location.origin + location.pathname,
          )}
        />
      </div>
    </Dialog>
  )
}
