import type { ScheduleLayer } from '@tenantry/contracts'
import { ArrowUp, X } from 'lucide-react'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Field, TextField } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Select } from '../../ui/select.tsx'
import type { Person } from './use-on-call.ts'

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const units = [
  { value: 'hour', label: 'hours' },
  { value: 'day', label: 'days' },
  { value: 'week', label: 'weeks' },
] as const

/** One rotation: who, in which order, from when, for how long each, and at which hours. */
export function LayerFields(props: {
  layer: ScheduleLayer
  people: readonly Person[]
  onChange: (layer: ScheduleLayer) => void
  onRemove: () => void
}) {
  const { layer, people, onChange } = props
  const { users, turn, hours } = layer
  const nameOf = (id: string) => people.find(({ userId }) => userId === id)?.name ?? id
  const move = (i: number) =>
    onChange({ ...layer, users: users.toSpliced(i, 1).toSpliced(i - 1, 0, users[i] ?? '') })
  return (
    <fieldset className="grid min-w-0 gap-3 rounded-md border border-line p-3">
      <legend className="sr-only">Layer {layer.name}</legend>
      <div className="grid grid-cols-[1fr_1fr_auto] items-end gap-3 max-md:grid-cols-1">
        <TextField
          label="Layer"
          value={layer.name}
          onChange={(event) => onChange({ ...layer, name: event.target.value })}
        />
        <TextField
          label="First hand-over"
          type="datetime-local"
          value={layer.startsAt}
          onChange={(event) => onChange({ ...layer, startsAt: event.target.value.slice(0, 16) })}
        />
        <IconButton bordered icon={X} label={`Remove layer ${layer.name}`} onClick={props.onRemove} />
      </div>
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        <div>
          <p className="mb-1 text-12 font-medium text-ink-2">People, in turn</p>
          <ol className="grid gap-1">
            {users.map((userId, i) => (
              <li key={`${userId}${i}`} className="flex items-center gap-1">
                <span className="num w-5 text-ink-3">{i + 1}</span>
                <span className="min-w-0 flex-1 truncate">{nameOf(userId)}</span>
                {i > 0 && (
                  <IconButton
                    size="sm"
                    icon={ArrowUp}
                    label={`${nameOf(userId)} earlier`}
                    onClick={() => move(i)}
                  />
                )}
                <IconButton
                  size="sm"
                  icon={X}
                  label={`Take ${nameOf(userId)} out`}
                  onClick={() => onChange({ ...layer, users: users.toSpliced(i, 1) })}
                />
              </li>
            ))}
          </ol>
          <Select
            label="Add somebody"
            className="mt-1"
            value=""
            onChange={(userId) => onChange({ ...layer, users: [...users, userId] })}
            options={[
              { value: '', label: 'Add somebody…', disabled: true },
              ...people.map(({ userId, name }) => ({ value: userId, label: name })),
            ]}
          />
        </div>
        <div className="grid content-start gap-3">
          <div className="grid grid-cols-2 items-end gap-2">
            <TextField
              label="A turn is"
              type="number"
              min={1}
              max={366}
              value={Number.isNaN(turn.every) ? '' : turn.every}
              onChange={(event) =>
                onChange({ ...layer, turn: { ...turn, every: event.target.valueAsNumber } })
              }
            />
            <Select
              label="Unit of a turn"
              value={turn.unit}
              onChange={(unit) => onChange({ ...layer, turn: { ...turn, unit } })}
              options={units}
            />
          </div>
          <div className="flex items-center gap-2">
            <Checkbox
              label="Only at some hours"
              checked={hours !== undefined}
              onChange={(some) => {
                const { hours: _, ...always } = layer
                onChange(
                  some
                    ? { ...always, hours: { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' } }
                    : always,
                )
              }}
            />
            <span aria-hidden="true">Only at some hours</span>
          </div>
          {hours && (
            <Field label="Days" hint="A time to that is earlier than the one from is on the next day">
              {() => (
                <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
                  {weekdays.map((day, i) => (
                    <span key={day} className="flex items-center gap-1.5">
                      <Checkbox
                        label={day}
                        checked={hours.weekdays.includes(i + 1)}
                        onChange={(on) =>
                          onChange({
                            ...layer,
                            hours: {
                              ...hours,
                              weekdays: on
                                ? [...hours.weekdays, i + 1].toSorted((a, b) => a - b)
                                : hours.weekdays.filter((one) => one !== i + 1),
                            },
                          })
                        }
                      />
                      <span aria-hidden="true">{day}</span>
                    </span>
                  ))}
                  {(['from', 'to'] as const).map((end) => (
                    <input
                      key={end}
                      type="time"
                      aria-label={end === 'from' ? 'From' : 'To'}
                      className="h-8 rounded-md border border-line-control bg-surface px-2 max-md:h-11"
                      value={hours[end]}
                      onChange={(event) =>
                        onChange({ ...layer, hours: { ...hours, [end]: event.target.value } })
                      }
                    />
                  ))}
                </div>
              )}
            </Field>
          )}
        </div>
      </div>
    </fieldset>
  )
}
