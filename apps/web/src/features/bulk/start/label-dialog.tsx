import { type BulkTarget, bulkTier, type Labels } from '@tenantry/contracts'
import { Tags } from 'lucide-react'
import { useRef, useState } from 'react'
import { faultOf } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyLine } from '../../../ui/copy-line.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { LabelField } from '../../tenants/label-field.tsx'
import { tenants } from '../bulk-words.ts'
import { CountField, countMissing } from './count-field.tsx'
import { PreviewImpact } from './preview-impact.tsx'
import { useBulkPreview } from './use-bulk-preview.ts'
import { useLabelTenants } from './use-label-tenants.ts'

/** Sets and removes labels of many tenants. It touches no cluster, so it is done when the dialog closes. */
export function LabelDialog(props: { target: BulkTarget; onClose: () => void }) {
  const { target, onClose } = props
  const [set, setSet] = useState<Labels>({})
  const [removed, setRemoved] = useState('')
  const [typed, setTyped] = useState('')
  const keep = useRef<HTMLButtonElement>(null)
  const preview = useBulkPreview({ kind: 'tenant.annotate', target })
  const { mutateAsync, isPending, error } = useLabelTenants()
  const mayRun = usePermissionRefusal('bulk.run')
  const mayLabel = usePermissionRefusal('tenant.annotate')
  const stale = useStaleRefusal()

  const count = preview.data?.count ?? 0
  const asksCount = bulkTier('tenant.annotate', count) > 1 || preview.data?.needsCount === true
  const remove = removed.split(/[\s,]+/).filter(Boolean)
  const refusal =
    mayRun ??
    mayLabel ??
    stale ??
    (preview.data ? undefined : 'It is being counted.') ??
    (Object.keys(set).length + remove.length === 0 ? 'Add a label, or name one to remove.' : undefined) ??
    (remove.some((key) => key in set) ? 'A label is set or removed, not both.' : undefined) ??
    (asksCount ? countMissing(typed, count) : undefined)
  const wish = { target, set, remove, expectCount: count }
  const act = async () => {
    const done = await mutateAsync(wish).catch(() => undefined)
    if (!done) return void preview.refetch()
    const unchanged = done.unchanged ? `; ${formatCount(done.unchanged)} had it so` : ''
    toastDone(`Labels of ${tenants(done.changed)} saved${unchanged}`)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Label tenants"
      description="All are changed, or none. Other labels stay as they are."
      width={620}
      initialFocus={keep}
      footer={
        <>
          <CopyLine path="bulks.label" input={wish} />
          <Button ref={keep} onClick={onClose}>
            Leave them
          </Button>
          <Button
            variant="primary"
            icon={Tags}
            busy={isPending}
            disabledReason={refusal}
            onClick={() => void act()}
          >
            Label {tenants(count)}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <QueryPanel title="The impact" noun="tenants" query={preview} skeleton={<div className="h-24" />}>
          {(data) => <PreviewImpact preview={data} effect="an audit row for each that changes" />}
        </QueryPanel>
        <div>
          <p className="mb-1 text-12 font-medium text-ink-2">Labels to set</p>
          <LabelField value={set} onChange={setSet} />
        </div>
        <TextField
          label="Labels to remove, by key"
          mono
          placeholder="plan region"
          value={removed}
          onChange={(event) => setRemoved(event.target.value)}
          autoComplete="off"
        />
        {asksCount && <CountField value={typed} onChange={setTyped} />}
        {error ? <FormFault fault={faultOf(error)} /> : null}
      </div>
    </Dialog>
  )
}
