import { toMoment, toWallClock } from '@tenantry/contracts'
import { useState } from 'react'
import { faultOf } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { useViewer } from '../../shell/viewer.ts'
import { Button } from '../../ui/button.tsx'
import { CopyLine } from '../../ui/copy-line.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { type Schedule, useOverride, usePeople } from './use-on-call.ts'

/** Somebody else on call for a time, by the clock of the schedule. */
export function OverrideDialog(props: {
  schedule: Schedule
  refusal: string | undefined
  onClose: () => void
}) {
  const { schedule } = props
  const { timeZone } = schedule
  const people = usePeople().data ?? []
  const me = useViewer().id
  const [userId, setUserId] = useState(me)
  const [startsAt, setStartsAt] = useState(() => toWallClock(new Date(), timeZone))
  const [endsAt, setEndsAt] = useState(() => toWallClock(new Date(Date.now() + 8 * 3_600_000), timeZone))
  const { override, isPending, error } = useOverride()
  const iso = (text: string) => {
    const moment = toMoment(text, timeZone)
    return Number.isNaN(moment.getTime()) ? '' : moment.toISOString()
  }
  const input = { scheduleId: schedule.id, userId, startsAt: iso(startsAt), endsAt: iso(endsAt) }
  const missing =
    !input.startsAt || !input.endsAt
      ? 'A date and time is missing.'
      : input.endsAt <= input.startsAt
        ? 'It ends before it begins.'
        : undefined
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={`Override ${schedule.name}`}
      description={`Covers every layer. Times are by the clock of ${timeZone}.`}
      width={560}
      footer={
        <>
          <CopyLine path="schedules.override" input={input} />
          <Button onClick={props.onClose}>Leave</Button>
          <Button
            variant="primary"
            busy={isPending}
            disabledReason={props.refusal ?? missing}
            onClick={() => void override(input).then(props.onClose, () => {})}
          >
            Save override
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {error ? <FormFault fault={faultOf(error)} /> : null}
        <Field label="On call instead">
          {({ id }) => (
            <Select
              id={id}
              label="On call instead"
              value={userId}
              onChange={setUserId}
              options={people.map((one) => ({ value: one.userId, label: one.name }))}
            />
          )}
        </Field>
        <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
          <TextField
            label="From"
            type="datetime-local"
            value={startsAt}
            onChange={(event) => setStartsAt(event.target.value)}
          />
          <TextField
            label="To"
            type="datetime-local"
            value={endsAt}
            onChange={(event) => setEndsAt(event.target.value)}
          />
        </div>
      </div>
    </Dialog>
  )
}
