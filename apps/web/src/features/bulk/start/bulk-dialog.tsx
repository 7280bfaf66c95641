import { useNavigate } from '@tanstack/react-router'
import { type BulkAction, type BulkTarget, bulkPermission, bulkTier, isSevereBulk } from '@tenantry/contracts'
import { useRef, useState } from 'react'
import { faultOf } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { CopyLine } from '../../../ui/copy-line.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { usePasswordStep } from '../../session/use-password-step.tsx'
import { ReasonField } from '../../tenants/lifecycle/confirm-fields.tsx'
import { reasonMissing } from '../../tenants/lifecycle/missing-words.ts'
import { bulkWords, tenants } from '../bulk-words.ts'
import { CountField, countMissing } from './count-field.tsx'
import { PreviewImpact } from './preview-impact.tsx'
import { useBulkPreview } from './use-bulk-preview.ts'
import { useStartBulk } from './use-start-bulk.ts'

/** What a bulk would do, why, and how many: then it starts, and one watches it on its page. */
export function BulkDialog(props: { kind: BulkAction; target: BulkTarget; onClose: () => void }) {
  const { kind, target, onClose } = props
  const words = bulkWords[kind]
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const [keepDays, setKeepDays] = useState('7')
  const [early, setEarly] = useState(false)
  const keep = useRef<HTMLButtonElement>(null)
  const navigate = useNavigate()
  const preview = useBulkPreview({ kind, target, beforeWindowEnds: early })
  const { start, isPending, error } = useStartBulk()
  const mayRun = usePermissionRefusal('bulk.run')
  const mayChild = usePermissionRefusal(bulkPermission[kind])
  const stale = useStaleRefusal()

  const count = preview.data?.count ?? 0
  const tier = bulkTier(kind, count)
  const asksCount = tier > 1 || preview.data?.needsCount === true
  const password = usePasswordStep(isSevereBulk(kind))
  const days = Number(keepDays)
  const refusal =
    mayRun ??
    mayChild ??
    stale ??
    (preview.data ? undefined : 'It is being counted.') ??
    (count === 0 ? 'None of them is in a state in which this is possible.' : undefined) ??
    reasonMissing(reason) ??
    (Number.isInteger(days) && days >= 0 && days <= 365 ? undefined : 'Keep them between 0 and 365 days.') ??
    (asksCount ? countMissing(typed, count) : undefined) ??
    password.missing
  const wish = {
    kind,
    target,
    reason: reason.trim(),
    expectCount: count,
    ...(kind === 'tenant.archive' ? { keepDays: days } : {}),
    ...(kind === 'tenant.purge' ? { beforeWindowEnds: early } : {}),
  }
  const act = async () => {
    const isConfirmed = await password.settle().then(
      () => true,
      () => false,
    )
    if (!isConfirmed) return
    const started = await start(wish).catch(() => undefined)
    // What was counted may have changed: the refusal says so, and this counts again.
    if (!started) return void preview.refetch()
    toastDone(`${words.verb}: ${tenants(started.total)} requested`)
    onClose()
    await navigate({ to: '/bulks/$id', params: { id: started.bulkId } })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${words.verb} tenants`}
      description={words.effect}
      width={620}
      edged={tier === 3}
      initialFocus={keep}
      footer={
        <>
          <CopyLine path="bulks.start" input={{ idempotencyKey: 'choose-one-key', ...wish }} />
          {tier > 1 && <span className="text-12 text-ink-3 max-md:hidden">Enter does not confirm</span>}
          <Button ref={keep} onClick={onClose}>
            Leave them
          </Button>
          <Button
            variant={tier === 3 ? 'danger' : 'primary'}
            icon={words.icon}
            busy={isPending || password.isPending}
            disabledReason={refusal}
            onKeyDown={(event) => tier > 1 && event.key === 'Enter' && event.preventDefault()}
            onClick={() => void act()}
          >
            {words.verb} {tenants(count)}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <QueryPanel title="The impact" noun="tenants" query={preview} skeleton={<div className="h-24" />}>
          {(data) => <PreviewImpact preview={data} effect="one operation each, a few at a time" />}
        </QueryPanel>
        <ReasonField value={reason} onChange={setReason} />
        {kind === 'tenant.archive' && (
          <TextField
            label="Keep each for how many days"
            inputMode="numeric"
            value={keepDays}
            onChange={(event) => setKeepDays(event.target.value)}
          />
        )}
        {kind === 'tenant.purge' && (
          <div className="flex items-start gap-2.5 rounded-md border border-line px-3 py-2">
            <span className="pt-0.5">
              <Checkbox label="Also those whose window is not over" checked={early} onChange={setEarly} />
            </span>
            <p className="text-ink-2">
              <span className="font-medium text-ink">Also those whose window is not over.</span> They could
              still be restored.
            </p>
          </div>
        )}
        {asksCount && <CountField value={typed} onChange={setTyped} />}
        {password.field}
        {error ? <FormFault fault={faultOf(error)} /> : null}
      </div>
    </Dialog>
  )
}
