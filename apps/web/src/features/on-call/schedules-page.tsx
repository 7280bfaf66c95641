import { midnightsOfWeek, toWallClock } from '@tenantry/contracts'
import { ChevronLeft, ChevronRight, Plus } from 'lucide-react'
import { useState } from 'react'
import { faultOf } from '../../api/fault.ts'
import { FormFault } from '../../form/form-fault.tsx'
import { useStaleRefusal } from '../../live/use-live.ts'
import { schedulesRoute } from '../../routes/on-call.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyNothing } from '../../ui/empty.tsx'
import { FactStrip } from '../../ui/facts.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { FilterBar, Sheet } from '../../ui/page.tsx'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SectionHeader } from '../../ui/section-header.tsx'
import { Select } from '../../ui/select.tsx'
import { TimeStamp, useNow } from '../../ui/time.tsx'
import { OverrideDialog } from './override-dialog.tsx'
import { ScheduleDialog } from './schedule-dialog.tsx'
import { ScheduleGrid } from './schedule-grid.tsx'
import { TellingTabs } from './telling-tabs.tsx'
import { Turns } from './turns.tsx'
import {
  type Schedule,
  type ScheduleWeek,
  usePeople,
  useRemoveSchedule,
  useSchedules,
  useScheduleWeek,
} from './use-on-call.ts'

/** Who is on call: now, next, and every hour of a week. */
export function SchedulesPage() {
  const search = schedulesRoute.useSearch()
  const navigate = schedulesRoute.useNavigate()
  const [adding, setAdding] = useState(false)
  const mayNot = usePermissionRefusal('oncall.write')
  const stale = useStaleRefusal()
  const refusal = mayNot ?? stale
  const query = useSchedules()
  const choose = (schedule: string) =>
    void navigate({ search: (now) => ({ ...now, schedule }), replace: true })
  const add = (
    <Button icon={Plus} disabledReason={refusal} onClick={() => setAdding(true)}>
      Add schedule
    </Button>
  )
  return (
    <TellingTabs tab="/alerts/schedules">
      {adding && (
        <ScheduleDialog
          refusal={refusal}
          onClose={(id) => {
            setAdding(false)
            if (id) choose(id)
          }}
        />
      )}
      <PanelBoundary title="Schedules">
        <QueryPanel title="Schedules" noun="schedules" query={query}>
          {(schedules) => {
            const chosen = schedules.find(({ id }) => id === search.schedule) ?? schedules[0]
            if (!chosen) {
              return (
                <EmptyNothing title="Nobody is on call by plan yet" action={add}>
                  A schedule hands over by days, weeks or hours, in layers; an escalation calls whoever is on
                  call in it.
                </EmptyNothing>
              )
            }
            return (
              <>
                <FilterBar>
                  <Select
                    label="Schedule"
                    className="w-56!"
                    value={chosen.id}
                    onChange={choose}
                    options={schedules.map(({ id, name, now }) => ({
                      value: id,
                      label: name,
                      note: now ? `${now.name} is on call` : 'Nobody is on call',
                    }))}
                  />
                  <span className="ml-auto" />
                  {add}
                </FilterBar>
                <OneSchedule key={chosen.id} schedule={chosen} refusal={refusal} />
              </>
            )
          }}
        </QueryPanel>
      </PanelBoundary>
    </TellingTabs>
  )
}

function OneSchedule({ schedule, refusal }: { schedule: Schedule; refusal: string | undefined }) {
  const [weeks, setWeeks] = useState(0)
  const [open, setOpen] = useState<'edit' | 'override' | 'remove'>()
  const now = new Date(useNow(60_000))
  const midnights = midnightsOfWeek(now, schedule.timeZone, weeks)
  const [from = now, to = now] = [midnights[0], midnights.at(-1)]
  const query = useScheduleWeek(schedule.id, from, to)
  const people = usePeople().data ?? []
  const { remove, isPending, error } = useRemoveSchedule()
  const hours = Math.round(schedule.gapHours)
  return (
    <Sheet>
      <div className="gutter flex flex-wrap items-center gap-4 border-b border-line py-3">
        <FactStrip
          facts={[
            {
              name: 'Now',
              value: <span className="font-medium">{schedule.now?.name ?? 'Nobody'}</span>,
            },
            {
              name: 'Next',
              value: schedule.next ? (
                <>
                  {schedule.next.person?.name ?? 'Nobody'} <TimeStamp at={schedule.next.at} form="relative" />
                </>
              ) : (
                'nobody else'
              ),
            },
            { name: 'Its clock', value: schedule.timeZone },
          ]}
        />
        <div className="ml-auto flex flex-wrap gap-2">
          <Button disabledReason={refusal} onClick={() => setOpen('override')}>
            Override…
          </Button>
          <Button disabledReason={refusal} onClick={() => setOpen('edit')}>
            Edit…
          </Button>
          <Button variant="ghost" disabledReason={refusal} onClick={() => setOpen('remove')}>
            Remove…
          </Button>
        </div>
      </div>
      {hours > 0 && (
        <div className="gutter border-b border-line py-2">
          <Banner tone="warn">
            In the next two weeks nobody is on call for {hours} {hours === 1 ? 'hour' : 'hours'}: the
            escalation goes on to its next step at once.
          </Banner>
        </div>
      )}
      <SectionHeader title="Week" meta={toWallClock(from, schedule.timeZone).slice(0, 10)}>
        <IconButton
          size="sm"
          icon={ChevronLeft}
          label="The week before"
          onClick={() => setWeeks(weeks - 1)}
        />
        <Button size="sm" variant="ghost" onClick={() => setWeeks(0)}>
          This week
        </Button>
        <IconButton
          size="sm"
          icon={ChevronRight}
          label="The week after"
          onClick={() => setWeeks(weeks + 1)}
        />
      </SectionHeader>
      <QueryPanel title="The week" noun="who is on call" query={query}>
        {(week) => (
          <>
            <ScheduleGrid
              schedule={schedule}
              week={week}
              midnights={midnights}
              names={namesOf(people, week)}
              now={now}
            />
            <Turns week={week} refusal={refusal} />
          </>
        )}
      </QueryPanel>
      {open === 'edit' && (
        <ScheduleDialog schedule={schedule} refusal={refusal} onClose={() => setOpen(undefined)} />
      )}
      {open === 'override' && (
        <OverrideDialog schedule={schedule} refusal={refusal} onClose={() => setOpen(undefined)} />
      )}
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={(wanted) => !wanted && setOpen(undefined)}
        title={`Remove ${schedule.name}`}
        act="Remove schedule"
        keep="Keep schedule"
        danger
        busy={isPending}
        disabledReason={refusal}
        onAct={() =>
          void remove({ scheduleId: schedule.id, ifVersion: schedule.rowVersion }).then(
            () => setOpen(undefined),
            () => {},
          )
        }
      >
        <p>Nobody is on call by it any more.</p>
        {error ? <FormFault fault={faultOf(error)} /> : null}
      </ConfirmDialog>
    </Sheet>
  )
}

function namesOf(people: readonly { userId: string; name: string }[], week: ScheduleWeek) {
  return new Map([...people, ...week.shifts, ...week.overrides].map(({ userId, name }) => [userId, name]))
}
