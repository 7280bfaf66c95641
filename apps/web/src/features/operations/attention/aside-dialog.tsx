import { Archive } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ReasonField } from '../../tenants/lifecycle/confirm-fields.tsx'
import { usePutAside } from '../acts/use-operation-verbs.ts'

/** Says of failures that nobody needs to look at them any more, and why. */
export function AsideDialog(props: {
  ids: readonly string[]
  refusal: string | undefined
  onClose: () => void
}) {
  const { ids, onClose } = props
  const [reason, setReason] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { mutate, isPending } = usePutAside()
  const what = ids.length === 1 ? 'failure' : `${ids.length} failures`
  const missing = reason.trim().length < 3 ? 'Say why, in a few words.' : undefined
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Put ${what} aside`}
      description="They leave this view and stay in the list of operations, with your reason."
      width={520}
      initialFocus={field}
      footer={
        <>
          <Button onClick={onClose}>Leave them here</Button>
          <Button
            variant="primary"
            icon={Archive}
            busy={isPending}
            disabledReason={props.refusal ?? missing}
            onClick={() => mutate({ operationIds: [...ids], reason: reason.trim() }, { onSuccess: onClose })}
          >
            Put aside
          </Button>
        </>
      }
    >
      <ReasonField ref={field} value={reason} onChange={setReason} />
    </Dialog>
  )
}
