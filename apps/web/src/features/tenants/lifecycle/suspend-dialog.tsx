import { useRef, useState } from 'react'
import { ActionDialog, type ActionDialogProps } from './action-dialog.tsx'
import { ReasonField } from './confirm-fields.tsx'
import { ImpactGrid } from './impact-grid.tsx'
import { reasonMissing } from './missing-words.ts'
import { useSuspendTenant } from './use-suspend-tenant.ts'

const impacts = [
  { value: 'Logins taken', note: 'the product’s roles can no longer log in' },
  { value: 'Sessions ended', note: 'open transactions are rolled back' },
  { value: 'Data kept', note: 'nothing in the schema is touched; resume gives all back' },
]

/** Tier 2: what it does and why it is done. */
export function SuspendDialog(props: ActionDialogProps) {
  const { tenant } = props
  const [reason, setReason] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { suspend, isPending, error } = useSuspendTenant()
  const wish = { tenantId: tenant.id, reason: reason.trim() }
  return (
    <ActionDialog
      {...props}
      action="tenant.suspend"
      tier={2}
      title="Suspend tenant"
      description="Closes it to its product at once, enforced by the database. It can be resumed at any time."
      keep="Keep it open"
      missing={reasonMissing(reason)}
      wish={wish}
      isPending={isPending}
      error={error}
      onAct={() => suspend(wish)}
      initialFocus={field}
    >
      <ImpactGrid impacts={impacts} />
      <ReasonField ref={field} value={reason} onChange={setReason} />
    </ActionDialog>
  )
}
