import { type ScheduleLayer, setScheduleInput } from '@tenantry/contracts'
import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { faultOf } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyLine } from '../../ui/copy-line.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { LayerFields } from './layer-fields.tsx'
import { type Schedule, usePeople, useSetSchedule } from './use-on-call.ts'

const monday = () => {
  const today = new Date()
  const ahead = new Date(today.getTime() - ((today.getDay() || 7) - 1) * 86_400_000)
  return `${ahead.toISOString().slice(0, 10)}T09:00`
}

/** A new schedule, or one as it is to be from now on. */
export function ScheduleDialog(props: {
  schedule?: Schedule
  refusal: string | undefined
  onClose: (id?: string) => void
}) {
  const [seen] = useState(props.schedule)
  const [name, setName] = useState(seen?.name ?? '')
  const [timeZone, setTimeZone] = useState(seen?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)
  const [layers, setLayers] = useState<readonly ScheduleLayer[]>(
    seen?.layers ?? [{ name: 'Weeks', users: [], startsAt: monday(), turn: { every: 1, unit: 'week' } }],
  )
  const first = useRef<HTMLInputElement>(null)
  const people = usePeople().data ?? []
  const { set, isPending, error } = useSetSchedule()
  const input = {
    ...(seen ? { scheduleId: seen.id, ifVersion: seen.rowVersion } : {}),
    name,
    timeZone,
    layers: [...layers],
  }
  const issue = setScheduleInput.safeParse(input).error?.issues[0]
  const change = (i: number, layer: ScheduleLayer | undefined) =>
    setLayers(layers.flatMap((one, at) => (at === i ? (layer ? [layer] : []) : [one])))
  const save = () =>
    set(input).then(
      ({ scheduleId }) => {
        toastDone(`${name} saved`)
        props.onClose(scheduleId)
      },
      () => {},
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={seen ? `Edit ${seen.name}` : 'New schedule'}
      description="A later layer covers the earlier ones while it has somebody."
      width={720}
      initialFocus={first}
      footer={
        <>
          <CopyLine path="schedules.set" input={input} />
          <Button onClick={() => props.onClose()}>Leave</Button>
          <Button
            variant="primary"
            busy={isPending}
            disabledReason={props.refusal ?? (issue ? `${issue.message}.` : undefined)}
            onClick={() => void save()}
          >
            Save schedule
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {error ? <FormFault fault={faultOf(error)} /> : null}
        <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
          <TextField
            ref={first}
            label="Name"
            value={name}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label="Time zone"
            hint="Hand-overs are by its clock, also when that changes"
            list="time-zones"
            value={timeZone}
            error={issue?.path[0] === 'timeZone' ? issue.message : undefined}
            onChange={(event) => setTimeZone(event.target.value)}
          />
          <datalist id="time-zones">
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </div>
        {layers.map((layer, i) => (
          <LayerFields
            key={i}
            layer={layer}
            people={people}
            onChange={(next) => change(i, next)}
            onRemove={() => change(i, undefined)}
          />
        ))}
        <div>
          <Button
            icon={Plus}
            disabledReason={layers.length >= 10 ? 'A schedule has at most 10 layers.' : undefined}
            onClick={() =>
              setLayers([
                ...layers,
                {
                  name: `Layer ${layers.length + 1}`,
                  users: [],
                  startsAt: monday(),
                  turn: { every: 1, unit: 'week' },
                },
              ])
            }
          >
            Add layer
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
