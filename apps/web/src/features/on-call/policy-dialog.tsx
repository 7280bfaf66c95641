import { type EscalationPolicy, setPolicyInput } from '@tenantry/contracts'
import { Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { faultOf } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { CopyLine } from '../../ui/copy-line.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Select } from '../../ui/select.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type Policy, useSetPolicy } from './use-on-call.ts'
import { keyOf, targetOf, useTargets } from './use-targets.ts'

type Step = EscalationPolicy['steps'][number]

/** A new escalation, or one as it is to be from now on. */
export function PolicyDialog(props: { policy?: Policy; refusal: string | undefined; onClose: () => void }) {
  const [seen] = useState(props.policy)
  const [name, setName] = useState(seen?.name ?? '')
  const [steps, setSteps] = useState<readonly Step[]>(seen?.steps ?? [{ afterSeconds: 0, targets: [] }])
  const [repeat, setRepeat] = useState(seen?.repeat ?? 0)
  const [isDefault, setDefault] = useState(seen?.isDefault ?? true)
  const first = useRef<HTMLInputElement>(null)
  const { set, isPending, error } = useSetPolicy()
  const input = {
    ...(seen ? { policyId: seen.id, ifVersion: seen.rowVersion } : {}),
    name,
    steps: [...steps],
    repeat,
    isDefault,
  }
  const issue = setPolicyInput.safeParse(input).error?.issues[0]
  const change = (i: number, step: Step | undefined) =>
    setSteps(steps.flatMap((one, at) => (at === i ? (step ? [step] : []) : [one])))
  const save = () =>
    set(input).then(
      () => {
        toastDone(`${name} saved`)
        props.onClose()
      },
      () => {},
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={seen ? `Edit ${seen.name}` : 'New escalation'}
      description="The first step at once, each later one while nobody has taken the incident."
      width={620}
      initialFocus={first}
      footer={
        <>
          <CopyLine path="policies.set" input={input} />
          <Button onClick={props.onClose}>Leave</Button>
          <Button
            variant="primary"
            busy={isPending}
            disabledReason={props.refusal ?? (issue ? `${issue.message}.` : undefined)}
            onClick={() => void save()}
          >
            Save escalation
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {error ? <FormFault fault={faultOf(error)} /> : null}
        <TextField
          ref={first}
          label="Name"
          value={name}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        {steps.map((step, i) => (
          <StepFields
            key={i}
            step={step}
            place={i}
            onChange={(next) => change(i, next)}
            onRemove={steps.length > 1 ? () => change(i, undefined) : undefined}
          />
        ))}
        <div className="flex flex-wrap items-end gap-3">
          <Button
            icon={Plus}
            disabledReason={steps.length >= 10 ? 'An escalation has at most 10 steps.' : undefined}
            onClick={() => setSteps([...steps, { afterSeconds: 300, targets: [] }])}
          >
            Add step
          </Button>
          <div className="w-40">
            <TextField
              label="Begin again, times"
              type="number"
              min={0}
              max={5}
              value={Number.isNaN(repeat) ? '' : repeat}
              onChange={(event) => setRepeat(event.target.valueAsNumber)}
            />
          </div>
          <span className="flex h-8 items-center gap-2">
            <Checkbox label="The default" checked={isDefault} onChange={setDefault} />
            <span aria-hidden="true">The default, of every rule that names none</span>
          </span>
        </div>
      </div>
    </Dialog>
  )
}

function StepFields(props: {
  step: Step
  place: number
  onChange: (step: Step) => void
  onRemove: (() => void) | undefined
}) {
  const { step, place, onChange } = props
  const { options, nameOf } = useTargets()
  const left = options.filter(({ value }) => !step.targets.some((target) => keyOf(target) === value))
  const minutes = step.afterSeconds / 60
  return (
    <fieldset className="grid min-w-0 gap-2 rounded-md border border-line p-3">
      <legend className="px-1 text-12 font-medium text-ink-2">Step {place + 1}</legend>
      <div className="flex items-end gap-3">
        <div className="w-50 shrink-0">
          <TextField
            label={place ? 'Minutes after the one before' : 'Minutes after it fires'}
            type="number"
            min={0}
            max={1440}
            value={Number.isNaN(minutes) ? '' : minutes}
            onChange={(event) =>
              onChange({ ...step, afterSeconds: Math.round(event.target.valueAsNumber * 60) })
            }
          />
        </div>
        <Select
          label={`Tell at step ${place + 1}`}
          value=""
          onChange={(key) => onChange({ ...step, targets: [...step.targets, targetOf(key)] })}
          options={[{ value: '', label: 'Tell…', disabled: true }, ...left]}
        />
        {props.onRemove && (
          <IconButton bordered icon={X} label={`Remove step ${place + 1}`} onClick={props.onRemove} />
        )}
      </div>
      <ul className="flex flex-wrap gap-2">
        {step.targets.map((target) => (
          <li
            key={keyOf(target)}
            className="flex items-center gap-1 rounded-sm border border-line bg-surface-2 pl-2 text-12"
          >
            {nameOf(target)}
            <IconButton
              size="sm"
              icon={X}
              label={`Do not tell ${nameOf(target)}`}
              onClick={() =>
                onChange({ ...step, targets: step.targets.filter((one) => keyOf(one) !== keyOf(target)) })
              }
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
