import { useRef, useState } from 'react'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { TimeStamp, useNow } from '../../../ui/time.tsx'
import { ActionDialog, type ActionDialogProps } from './action-dialog.tsx'
import { ReasonField, SlugField } from './confirm-fields.tsx'
import { ImpactGrid } from './impact-grid.tsx'
import { isKept } from './kept-words.ts'
import { reasonMissing, slugMissing } from './missing-words.ts'
import { usePurgeTenant } from './use-purge-tenant.ts'

const impacts = [
  { value: 'Data erased', note: 'every table and the schema, for good' },
  { value: 'Roles dropped', note: 'its credentials are worth nothing' },
  { value: 'Record kept', note: 'operations, audit log and this page' },
  { value: 'Slug free', note: 'another tenant can take it' },
]

/** Tier 3, and a fourth question while it could still be restored. */
export function PurgeDialog(props: ActionDialogProps) {
  const { tenant } = props
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const [early, setEarly] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const inWindow = isKept(tenant.keptUntil, useNow(15_000))
  const { purge, isPending, error } = usePurgeTenant()
  const wish = {
    tenantId: tenant.id,
    reason: reason.trim(),
    confirmSlug: typed.trim(),
    beforeWindowEnds: inWindow && early,
  }
  return (
    <ActionDialog
      {...props}
      action="tenant.purge"
      tier={3}
      title="Purge tenant"
      description="Erases it for good. There is no way back, and Tenantry makes no copy first."
      keep="Keep tenant"
      missing={
        slugMissing(typed, tenant.slug) ??
        reasonMissing(reason) ??
        (inWindow && !early ? 'Say that it shall be purged before its window ends.' : undefined)
      }
      wish={wish}
      isPending={isPending}
      error={error}
      onAct={() => purge(wish)}
      initialFocus={field}
    >
      <ImpactGrid impacts={impacts} />
      <SlugField ref={field} value={typed} onChange={setTyped} />
      <ReasonField value={reason} onChange={setReason} />
      {inWindow && tenant.keptUntil && (
        <div className="flex items-start gap-2.5 rounded-md border border-line px-3 py-2">
          <span className="pt-0.5">
            <Checkbox label="Purge before the window ends" checked={early} onChange={setEarly} />
          </span>
          <p className="text-ink-2">
            <span className="font-medium text-ink">Purge before the window ends.</span> It was archived to be
            kept until <TimeStamp at={tenant.keptUntil} withZone />.
          </p>
        </div>
      )}
    </ActionDialog>
  )
}
