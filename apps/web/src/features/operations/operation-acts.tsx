import { useNavigate } from '@tanstack/react-router'
import { Ban, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useStaleRefusal } from '../../live/use-live.ts'
import { useOfferActions } from '../../shell/palette-actions.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { Button, type ButtonSize, type ButtonVariant } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Mono } from '../../ui/tag.tsx'
import { kindVerb, objectOf, operationTitle, refusalOf } from './operation-words.ts'
import { useCancelOperation } from './use-cancel-operation.ts'
import type { OperationRow } from './use-operations.ts'
import { useRetryOperation } from './use-retry-operation.ts'

type Target = Pick<OperationRow, 'id' | 'kind' | 'state' | 'tenantSlug' | 'templateSlug'> & {
  retriedBy?: string | null
}

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
  const navigate = useNavigate()
  const { retry, isPending } = useRetryOperation()
  const mayNot = usePermissionRefusal('operation.retry')
  const stale = useStaleRefusal()
  const refusal = mayNot ?? refusalOf('retry', operation) ?? stale
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
    const again = await retry(operation.id).catch(() => undefined)
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
      </ConfirmDialog>
    </>
  )
}

/** Stops what no worker has begun, after one question. */
export function CancelButton(props: { operation: Target }) {
  const { operation } = props
  const [asking, setAsking] = useState(false)
  const { mutate, isPending } = useCancelOperation()
  const mayNot = usePermissionRefusal('operation.cancel')
  const stale = useStaleRefusal()
  const refusal = mayNot ?? refusalOf('cancel', operation) ?? stale
  return (
    <>
      <Button icon={Ban} disabledReason={refusal} onClick={() => setAsking(true)}>
        Cancel operation
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Cancel: ${operationTitle(operation).toLowerCase()}`}
        act="Cancel operation"
        keep="Let it run"
        danger
        busy={isPending}
        disabledReason={refusal}
        onAct={() => mutate({ operationId: operation.id }, { onSettled: () => setAsking(false) })}
      >
        <p className="text-ink-2">
          It has not begun, so nothing is on the cluster yet.
          {(operation.kind === 'tenant.provision' || operation.kind === 'tenant.claim') &&
            ' The tenant becomes failed and keeps its slug, until you retry or discard it.'}
        </p>
      </ConfirmDialog>
    </>
  )
}
