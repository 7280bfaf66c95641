import { useState } from 'react'
import { Field } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select.tsx'
import { ActionDialog, type ActionDialogProps } from './action-dialog.tsx'
import { IssuedDialog } from './issued-dialog.tsx'
import { useLastDone } from './use-last-done.ts'
import { type IssuedCredentials, useRotateCredentials } from './use-rotate-credentials.ts'

const overlaps = [
  { value: '0', label: 'Not at all', note: 'whoever uses them is refused from now on' },
  { value: '60', label: '1 hour' },
  { value: '1440', label: '1 day' },
  { value: '10080', label: '7 days' },
] as const

/** Tier 1: for how long the old ones overlap; then the new ones, this once. */
export function RotateDialog(props: ActionDialogProps) {
  const { tenant } = props
  const [overlap, setOverlap] = useState<(typeof overlaps)[number]['value']>('60')
  const [issued, setIssued] = useState<IssuedCredentials>()
  const isFirst = useLastDone(tenant.id, 'tenant.rotate') === null
  const { rotate, isPending, error } = useRotateCredentials()
  if (issued) return <IssuedDialog tenant={tenant} issued={issued} onClose={props.onClose} />
  const wish = { tenantId: tenant.id, overlapMinutes: Number(overlap) }
  return (
    <ActionDialog
      {...props}
      action="tenant.rotate"
      tier={1}
      title={isFirst ? 'Issue credentials' : 'Rotate credentials'}
      description="Makes a new password, which you will see once. Tenantry keeps its verifier alone."
      act={isFirst ? `Issue credentials of ${tenant.slug}` : undefined}
      keep="Leave them"
      wish={wish}
      isPending={isPending}
      error={error}
      onAct={async () => setIssued(await rotate(wish))}
      staysOpen
    >
      {!isFirst && (
        <Field
          label="The present credentials stay valid for"
          hint="Those before them, if any still hold, end now and so do their sessions."
        >
          {({ id }) => <Select id={id} value={overlap} onChange={setOverlap} options={overlaps} />}
        </Field>
      )}
    </ActionDialog>
  )
}
