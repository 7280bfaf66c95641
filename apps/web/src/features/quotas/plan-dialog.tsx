import { useRef, useState } from 'react'
import { faultOf } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { useStaleRefusal } from '../../live/use-live.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { readLimits, writeLimits } from './limit-draft.ts'
import { LimitFields } from './limit-fields.tsx'
import { Simulation } from './simulation.tsx'
import type { Plan } from './use-quotas.ts'
import { useSaveLimits } from './use-save-limits.ts'

/** Makes a plan, changes one or the defaults of the fleet, and says before it is saved whom it would hold. */
export function PlanDialog(props: { plan?: Plan; onClose: () => void }) {
  const { plan, onClose } = props
  const isFleet = plan?.id === null
  const [name, setName] = useState(plan?.name ?? '')
  const [description, setDescription] = useState(isFleet ? '' : (plan?.description ?? ''))
  const [draft, setDraft] = useState(() => writeLimits(plan?.limits ?? []))
  const first = useRef<HTMLInputElement>(null)
  const { save, isPending, error } = useSaveLimits()
  const stale = useStaleRefusal()
  const limits = readLimits(draft)
  const missing =
    (name.trim() === '' ? 'A plan has a name.' : undefined) ??
    (limits ? undefined : 'One of the limits is no number.')
  const act = () =>
    limits &&
    save(plan, { name: name.trim(), description: description.trim(), limits }).then(
      () => {
        toastDone(isFleet ? 'Fleet defaults saved' : `Plan ${name.trim()} saved`)
        onClose()
      },
      () => {},
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width={600}
      title={isFleet ? 'Fleet defaults' : plan ? `Plan ${plan.name}` : 'New plan'}
      description={
        isFleet
          ? 'They hold for every tenant where neither its plan nor a limit of its own says otherwise.'
          : 'What it says nothing about is as the fleet’s default.'
      }
      initialFocus={first}
      footer={
        <>
          <Button onClick={onClose}>Leave as it is</Button>
          <Button variant="primary" busy={isPending} disabledReason={missing ?? stale} onClick={act}>
            Save
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {!isFleet && (
          <div className="grid grid-cols-[200px_1fr] gap-3 max-md:grid-cols-1">
            <TextField
              ref={first}
              label="Name"
              value={name}
              maxLength={80}
              onChange={(event) => setName(event.target.value)}
            />
            <TextField
              label="Description"
              value={description}
              maxLength={500}
              onChange={(event) => setDescription(event.target.value)}
            />
          </div>
        )}
        <LimitFields draft={draft} onChange={setDraft} />
        {plan && limits && (
          <section
            aria-label="What it would do"
            className="rounded-md border border-line bg-surface-2 px-3 py-2"
          >
            <h3 className="mb-1 text-12 font-medium text-ink-2">If it were saved now</h3>
            <Simulation {...(plan.id ? { planId: plan.id } : {})} limits={limits} />
          </section>
        )}
        {error ? <FormFault fault={faultOf(error)} /> : null}
      </div>
    </Dialog>
  )
}
