import { useNavigate } from '@tanstack/react-router'
import { isFinal, isHeld, whyNotCancel, whyNotRetry } from '@tenantry/contracts'
import { Ban, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useStaleRefusal } from '../../live/use-live.ts'
import { useOfferActions } from '../../shell/palette-actions.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { Button, type ButtonSize, type ButtonVariant } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Mono } from '../../ui/tag.tsx'
import { CancelDialog } from './acts/cancel-dialog.tsx'
import { kindVerb, objectOf, operationTitle } from './operation-words.ts'
import type { OperationRow } from './use-operations.ts'
import { useRetryOperation } from './use-retry-operation.ts'

type Target = Pick<OperationRow, 'id' | 'kind' | 'state' | 'tenantSlug' | 'templateSlug'> &
  Partial<Pick<OperationRow, 'dueAt' | 'cancelRequestedAt' | 'error'>> & { retriedBy?: string | null }

/** Does it again after one question, and goes to the new operation. Refused with its reason. */
export function RetryButton(props: {
  operation: Target
  variant?: ButtonVariant
  size?: ButtonSize
  /** One a page offers it in the palette. */
  offer?: boolean
}) {
  const { operation } = props
  const [asking, setAsking] = useState(false)
  const [keeps, setKeeps] = useState(false)
  const navigate = useNavigate()
  const { retry, isPending } = useRetryOperation()
  const mayNot = usePermissionRefusal('operation.retry')
  const stale = useStaleRefusal()
  const refusal = mayNot ?? whyNotRetry(operation) ?? stale
  useOfferActions(
    props.offer
      ? [
          {
            id: 'retry',
            label: `Retry: ${operationTitle(operation).toLowerCase()}`,
            icon: RotateCcw,
            run: () => setAsking(true),
            disabledReason: refusal,
          },
        ]
      : [],
  )
  const act = async () => {
    const again = await retry(operation.id, keeps ? 'keep' : undefined).catch(() => undefined)
    setAsking(false)
    if (again) await navigate({ to: '/operations/$id', params: { id: again.operationId } })
  }
  return (
    <>
      <Button
        icon={RotateCcw}
        variant={props.variant ?? 'default'}
        size={props.size ?? 'md'}
        disabledReason={refusal}
        onClick={() => setAsking(true)}
      >
        Retry
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Retry: ${operationTitle(operation).toLowerCase()}`}
        act="Retry operation"
        keep="Leave it"
        busy={isPending}
        disabledReason={refusal}
        onAct={act}
      >
        <p className="text-ink-2">
          {operation.kind === 'tenant.claim' ? (
            <>
              A new operation makes <Mono>{objectOf(operation)}</Mono>, built from its template where its
              schema of the pool is gone.
            </>
          ) : (
            <>
              A new operation does the same again from its first step:{' '}
              {kindVerb[operation.kind].toLowerCase()} <Mono>{objectOf(operation)}</Mono>.
            </>
          )}{' '}
          This one stays as it is.
        </p>
        <div className="mt-2.5 flex items-start gap-2">
          <span className="mt-0.5">
            <Checkbox label="Keep finished steps if one fails again" checked={keeps} onChange={setKeeps} />
          </span>
          <span>
            Keep finished steps if one fails again
            <span className="block text-12 text-ink-3">
              It then waits for you: go on from the failed step, or take back. The tenant is busy until then.
            </span>
          </span>
        </div>
      </ConfirmDialog>
    </>
  )
}

/** Stops it, after one question. Asked again while it stops, it is forced sooner. */
export function CancelButton(props: { operation: Target }) {
  const { operation } = props
  const [asking, setAsking] = useState(false)
  const mayNot = usePermissionRefusal('operation.cancel')
  const stale = useStaleRefusal()
  const refusal = mayNot ?? whyNotCancel(operation) ?? stale
  const held = isHeld({ state: operation.state, dueAt: operation.dueAt })
  const stops = operation.cancelRequestedAt && !isFinal(operation.state)
  return (
    <>
      <Button icon={Ban} disabledReason={refusal} onClick={() => setAsking(true)}>
        {held ? 'Take back' : stops ? 'Force now' : 'Cancel operation'}
      </Button>
      {asking && <CancelDialog operation={operation} refusal={refusal} onClose={() => setAsking(false)} />}
    </>
  )
}
