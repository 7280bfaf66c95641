import { changeClusterInput, type Labels } from '@tenantry/contracts'
import { useRef, useState } from 'react'
import { type Fault, faultOf } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { LabelField } from '../../tenants/label-field.tsx'
import { AddressField } from '../address-field.tsx'
import { LimitFields } from '../limit-fields.tsx'
import { useChangeCluster } from '../use-change-cluster.ts'
import type { Cluster } from '../use-clusters.ts'
import { changeOf, type Edited } from './change-of.ts'

/** Name, labels, limits, concurrency, and another way to the same database. */
export function ChangeDialog(props: { cluster: Cluster; refusal: string | undefined; onClose: () => void }) {
  const [seen] = useState(props.cluster)
  const [edited, setEdited] = useState<Edited>(() => ({
    name: seen.name,
    labels: seen.labels,
    limits: seen.limits,
    maxConcurrency: seen.maxConcurrency,
    adminUrl: '',
  }))
  const [limitsAreWhole, setLimitsAreWhole] = useState(true)
  const [fault, setFault] = useState<Fault>()
  const field = useRef<HTMLInputElement>(null)
  const { change, isPending } = useChangeCluster()
  const edit = (over: Partial<Edited>) => setEdited((now) => ({ ...now, ...over }))
  const wish = { clusterId: seen.id, ifVersion: seen.rowVersion, ...changeOf(seen, edited) }
  const read = changeClusterInput.safeParse(wish)
  const issue = read.error?.issues[0]
  const missing =
    Object.keys(wish).length === 2
      ? 'Nothing is changed yet.'
      : (issue?.message ?? (limitsAreWhole ? undefined : 'A limit is no number.'))
  const errorOf = (name: string) => (issue?.path[0] === name ? issue.message : undefined)
  const submit = async () => {
    setFault(undefined)
    try {
      await change(wish)
      toastDone(`${edited.name} saved`)
      props.onClose()
    } catch (error) {
      setFault(faultOf(error))
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={`Edit ${seen.name}`}
      description="What is left as it is stays as it is. A concurrency is followed by the workers within seconds."
      width={620}
      initialFocus={field}
      footer={
        <>
          <Button onClick={props.onClose}>Leave</Button>
          <Button
            variant="primary"
            busy={isPending}
            disabledReason={props.refusal ?? missing}
            onClick={() => void submit()}
          >
            Save {seen.name}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {fault && <FormFault fault={fault} />}
        <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
          <TextField
            ref={field}
            label="Name"
            mono
            value={edited.name}
            error={errorOf('name')}
            autoComplete="off"
            onChange={(event) => edit({ name: event.target.value })}
          />
          <TextField
            label="Operations at once, a process"
            type="number"
            min={1}
            max={64}
            value={Number.isNaN(edited.maxConcurrency) ? '' : edited.maxConcurrency}
            error={errorOf('maxConcurrency')}
            onChange={(event) => edit({ maxConcurrency: event.target.valueAsNumber })}
          />
        </div>
        <fieldset className="min-w-0">
          <legend className="mb-1 text-12 font-medium text-ink-2">Labels</legend>
          <LabelField value={edited.labels} onChange={(labels: Labels) => edit({ labels })} />
        </fieldset>
        <fieldset className="min-w-0">
          <legend className="mb-1 text-12 font-medium text-ink-2">Limits</legend>
          <LimitFields
            value={seen.limits}
            onChange={(limits) => {
              setLimitsAreWhole(limits !== undefined)
              if (limits) edit({ limits })
            }}
          />
        </fieldset>
        <AddressField
          label="Another connection string to the same database"
          value={edited.adminUrl}
          error={errorOf('adminUrl')}
          onChange={(event) => edit({ adminUrl: event.target.value })}
        />
      </div>
    </Dialog>
  )
}
