import { shiftsBetween, toWallClock } from '@tenantry/contracts'
import { classNames } from '../../ui/class-names.ts'
import type { Schedule, ScheduleWeek } from './use-on-call.ts'

interface Bar {
  readonly from: Date
  readonly to: Date
  readonly name: string
  readonly gap?: boolean
}

const tints = [
  'bg-accent-tint border-accent-bd',
  'tone-ok bg-tone-tint border-tone-line',
  'tone-drift bg-tone-tint border-tone-line',
  'tone-queued bg-tone-tint border-tone-line',
  'tone-running bg-tone-tint border-tone-line',
]

/**
 * A week as a picture: one line a layer, one for overrides, and at the foot who is on call in the end, with what nobody
 * covers. The list beside it says the same in words.
 */
export function ScheduleGrid(props: {
  schedule: Schedule
  week: ScheduleWeek
  midnights: readonly Date[]
  names: ReadonlyMap<string, string>
  now: Date
}) {
  const { schedule, week, midnights, names, now } = props
  const [from = now, to = now] = [midnights[0], midnights.at(-1)]
  const order = [...names.keys()].toSorted()
  const name = (id: string) => names.get(id) ?? id
  const tintOf = (bar: Bar) => {
    const at = order.findIndex((id) => name(id) === bar.name)
    return tints[at % tints.length] ?? tints[0]
  }
  const rows: { label: string; bars: Bar[]; final?: boolean }[] = [
    ...schedule.layers.map((layer) => ({
      label: layer.name,
      bars: shiftsBetween({ timeZone: schedule.timeZone, layers: [layer] }, [], from, to).map((shift) => ({
        ...shift,
        name: name(shift.userId),
      })),
    })),
    ...(week.overrides.length
      ? [
          {
            label: 'Overrides',
            bars: week.overrides.map((one) => ({
              from: new Date(one.startsAt),
              to: new Date(one.endsAt),
              name: one.name,
            })),
          },
        ]
      : []),
    {
      label: 'On call',
      final: true,
      bars: [
        ...week.shifts.map((shift) => ({
          from: new Date(shift.from),
          to: new Date(shift.to),
          name: shift.name,
        })),
        ...week.gaps.map((gap) => ({
          from: new Date(gap.from),
          to: new Date(gap.to),
          name: 'Nobody',
          gap: true,
        })),
      ],
    },
  ]
  const length = to.getTime() - from.getTime()
  const place = (moment: Date) =>
    (Math.min(Math.max(moment.getTime() - from.getTime(), 0), length) / length) * 100
  return (
    <div className="gutter border-b border-line py-3 max-md:hidden" aria-hidden="true">
      <div className="grid grid-cols-[104px_1fr] gap-x-3">
        <span />
        <div className="relative h-6">
          {midnights.slice(0, -1).map((midnight) => (
            <span
              key={midnight.toISOString()}
              className="num absolute top-0 truncate border-l border-line pl-1.5 text-12 text-ink-3"
              style={{ left: `${place(midnight)}%`, width: `${100 / 7}%` }}
            >
              {dayOf(midnight, schedule.timeZone)}
            </span>
          ))}
        </div>
        {rows.map((row) => (
          <div key={row.label} className="contents">
            <span
              className={classNames(
                'flex h-9 items-center truncate text-12',
                row.final ? 'font-medium text-ink' : 'text-ink-3',
              )}
            >
              {row.label}
            </span>
            <div className="relative h-9 border-t border-line">
              {midnights.slice(0, -1).map((midnight) => (
                <span
                  key={midnight.toISOString()}
                  className="absolute inset-y-0 border-l border-line"
                  style={{ left: `${place(midnight)}%` }}
                />
              ))}
              {row.bars.map((bar) => (
                <span
                  key={`${bar.from.toISOString()}${bar.name}`}
                  className={classNames(
                    'absolute inset-y-1 flex items-center overflow-hidden rounded-sm border px-1.5 text-12 whitespace-nowrap text-ink',
                    bar.gap ? 'tone-warn border-dashed border-tone-line bg-tone-tint' : tintOf(bar),
                  )}
                  style={{ left: `${place(bar.from)}%`, width: `${place(bar.to) - place(bar.from)}%` }}
                >
                  <span className="truncate">{bar.name}</span>
                </span>
              ))}
              {now > from && now < to && (
                <span className="absolute inset-y-0 w-px bg-danger" style={{ left: `${place(now)}%` }} />
              )}
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}

/** `Mon 23 Nov`, by the clock of the schedule. */
function dayOf(midnight: Date, timeZone: string): string {
  const day = new Date(`${toWallClock(midnight, timeZone)}:00Z`)
  return day.toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
}
