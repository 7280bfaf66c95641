import { toWallClock } from '@tenantry/contracts'
import { Button } from '../../ui/button.tsx'
import { SectionHeader } from '../../ui/section-header.tsx'
import { type ScheduleWeek, useOverride } from './use-on-call.ts'

/** `Mon 23 Nov, 09:00`, by the clock of the schedule. */
function momentOf(moment: string, timeZone: string): string {
  const wall = toWallClock(new Date(moment), timeZone)
  const day = new Date(`${wall}:00Z`).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
  return `${day}, ${wall.slice(11)}`
}

const row = 'num flex min-h-8 flex-wrap items-center gap-x-4 border-t border-line py-1'

/** The week in words: who, from when to when, by what; where nobody is; and the overrides, which can be taken back. */
export function Turns(props: { week: ScheduleWeek; refusal: string | undefined }) {
  const { week } = props
  const { takeBack, isPending } = useOverride()
  const from = (moment: string) => momentOf(moment, week.timeZone)
  const lines = [
    ...week.shifts.map((shift) => ({ ...shift, by: shift.layer ?? 'Override', gap: false })),
    ...week.gaps.map((gap) => ({ ...gap, name: 'Nobody', by: 'Gap', gap: true })),
  ].toSorted((a, b) => a.from.localeCompare(b.from))
  return (
    <section>
      <SectionHeader title="Turns" meta={lines.length} />
      <ul className="gutter pb-3">
        {lines.map((line) => (
          <li key={line.from} className={row}>
            <span className={line.gap ? 'w-36 font-medium' : 'w-36'}>{line.name}</span>
            <span className="text-ink-3">
              {from(line.from)} – {from(line.to)}
            </span>
            <span className="ml-auto text-12 text-ink-3">{line.by}</span>
          </li>
        ))}
      </ul>
      {week.overrides.length > 0 && (
        <>
          <SectionHeader title="Overrides" meta={week.overrides.length} />
          <ul className="gutter pb-3">
            {week.overrides.map((one) => (
              <li key={one.id} className={row}>
                <span className="w-36">{one.name}</span>
                <span className="text-ink-3">
                  {from(one.startsAt)} – {from(one.endsAt)}
                </span>
                <span className="ml-auto">
                  <Button
                    size="sm"
                    variant="ghost"
                    busy={isPending}
                    disabledReason={props.refusal}
                    onClick={() => takeBack(week.id, one.id)}
                  >
                    Take back
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
