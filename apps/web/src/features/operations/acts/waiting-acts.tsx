import { isHeld, whyNotHurry, whyNotPrioritise } from '@tenantry/contracts'
import { ChevronsUp, FastForward } from 'lucide-react'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button, type ButtonVariant } from '../../../ui/button.tsx'
import type { OperationRow } from '../use-operations.ts'
import { useHurryOperation, usePrioritiseOperation } from './use-operation-verbs.ts'

/** Ends a backoff, or lets go on what was kept for a decision: reversible, so it asks nothing. */
export function HurryButton(props: { operation: OperationRow; variant?: ButtonVariant }) {
  const { operation } = props
  const { mutate, isPending } = useHurryOperation()
  const mayNot = usePermissionRefusal('operation.retry')
  const stale = useStaleRefusal()
  return (
    <Button
      icon={FastForward}
      variant={props.variant ?? 'default'}
      busy={isPending}
      disabledReason={mayNot ?? whyNotHurry(operation) ?? stale}
      onClick={() => mutate({ operationId: operation.id })}
    >
      {isHeld(operation) ? 'Retry from the failed step' : 'Retry now'}
    </Button>
  )
}

/** Puts it before all others of its cluster. */
export function PrioritiseButton(props: { operation: OperationRow }) {
  const { operation } = props
  const { mutate, isPending } = usePrioritiseOperation()
  const mayNot = usePermissionRefusal('operation.prioritise')
  const stale = useStaleRefusal()
  return (
    <Button
      icon={ChevronsUp}
      busy={isPending}
      disabledReason={mayNot ?? whyNotPrioritise(operation) ?? stale}
      onClick={() => mutate({ operationId: operation.id })}
    >
      Move to the front
    </Button>
  )
}
