import { severities } from '@tenantry/contracts'
import { BellOff } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useShortcuts } from '../../../keyboard/shortcuts.ts'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { alertsRoute } from '../../../routes/alerts.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyFiltered, EmptyNothing } from '../../../ui/empty.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { FilterBar } from '../../../ui/page.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { useMediaQuery } from '../../../ui/use-media-query.ts'
import { severityLook } from '../alert-looks.ts'
import { IncidentPanel } from '../incident/incident-panel.tsx'
import { SilenceDialog } from '../silences/silence-dialog.tsx'
import { draftForIncident, emptySilence, type SilenceDraft } from '../silences/silence-draft.ts'
import { type Incident, useIncidents } from '../use-alerts.ts'
import { useRespondRefusal, useTakeIncident } from '../use-incident-acts.ts'
import { IncidentItem } from './incident-item.tsx'
import { ResolvedList } from './resolved-list.tsx'

/** Nobody is called for any of its alerts. */
const isQuiet = ({ firing, silenced }: Incident) => firing > 0 && silenced >= firing

/** What fires now, worst first, with the chosen one beside it. */
export function FiringTab() {
  const search = alertsRoute.useSearch()
  const navigate = alertsRoute.useNavigate()
  const hasDetail = useMediaQuery('(min-width: 1024px)')
  const filter = {
    ...(search.q ? { text: search.q } : {}),
    ...(search.severity.length ? { severities: search.severity } : {}),
    ...(search.cluster ? { clusterId: search.cluster } : {}),
  }
  const filters = Object.keys(filter).length
  const { query, rows, total, hasMore, loadMore } = useIncidents('open', filter)
  const change = (over: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...over }), replace: true })
  const clear = () => change({ q: '', severity: [], cluster: '' })

  const ordered = [...rows.filter((row) => !isQuiet(row)), ...rows.filter(isQuiet)]
  const chosen = search.incident || (hasDetail ? ordered[0]?.id : undefined)
  const index = ordered.findIndex(({ id }) => id === chosen)
  const current = ordered[index]
  const { acknowledge } = useTakeIncident()
  const refusal = useRespondRefusal()
  const mayNotSilence = usePermissionRefusal('alert.silence')
  const stale = useStaleRefusal()
  const silenceRefusal = mayNotSilence ?? stale
  const [silencing, setSilencing] = useState<SilenceDraft>()
  const move = (by: number) => {
    const next = ordered[Math.min(ordered.length - 1, Math.max(0, index + by))]
    if (next) change({ incident: next.id })
  }
  const list = useRef<HTMLElement>(null)
  useEffect(() => {
    if (search.incident) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [search.incident])

  useShortcuts([
    { keys: 'j', label: 'Next incident', group: 'List', run: () => move(1) },
    { keys: 'k', label: 'Previous incident', group: 'List', run: () => move(-1) },
    {
      keys: 'a',
      label: 'Acknowledge',
      group: 'List',
      run: () => current?.state === 'firing' && !refusal && acknowledge(current.id),
    },
    {
      keys: 's',
      label: 'Silence',
      group: 'List',
      run: () => current && !silenceRefusal && setSilencing(draftForIncident(current)),
    },
    {
      keys: 'enter',
      label: 'Open the incident',
      group: 'List',
      run: () => current && void navigate({ to: '/alerts/$id', params: { id: current.id } }),
    },
  ])

  const item = (incident: Incident): ReactNode => (
    <IncidentItem
      key={incident.id}
      incident={incident}
      isCurrent={incident.id === chosen}
      hasDetail={hasDetail}
      refusal={refusal}
      silenceRefusal={silenceRefusal}
      onAcknowledge={() => acknowledge(incident.id)}
      onSilence={() => setSilencing(draftForIncident(incident))}
    />
  )
  const quiet = rows.filter(isQuiet)
  return (
    <>
      <FilterBar>
        <SearchField
          value={search.q}
          onChange={(q) => change({ q })}
          label="Search incidents"
          placeholder="Part of a title"
        />
        <Segments
          label="Severity"
          value={search.severity.length === 1 ? (search.severity[0] ?? 'all') : 'all'}
          onChange={(value) => change({ severity: value === 'all' ? [] : [value] })}
          options={[
            { value: 'all', label: 'All' },
            ...severities.map((value) => ({ value, label: severityLook[value].word })),
          ]}
        />
        <span className="num ml-auto text-12 text-ink-3 max-md:hidden">{summary(rows, total)}</span>
        <Button
          icon={BellOff}
          disabledReason={silenceRefusal}
          onClick={() => setSilencing(emptySilence())}
          className="max-md:hidden"
        >
          New silence…
        </Button>
      </FilterBar>
      <div className="flex min-h-0 flex-1">
        <section
          ref={list}
          aria-label="Incidents"
          className="min-h-0 overflow-y-auto max-lg:flex-1 lg:w-140 lg:shrink-0 lg:border-r lg:border-line"
        >
          <PanelBoundary title="Incidents">
            <QueryPanel title="The list of incidents" noun="alerts" query={query}>
              {() => (
                <>
                  {severities.map((severity) => {
                    const of = rows.filter((row) => row.severity === severity && !isQuiet(row))
                    return (
                      of.length > 0 && (
                        <Group
                          key={severity}
                          title={severityLook[severity].word}
                          meta={`${of.length} ${of.length === 1 ? 'incident' : 'incidents'}`}
                        >
                          {of.map(item)}
                        </Group>
                      )
                    )
                  })}
                  {quiet.length > 0 && (
                    <Group title="Quiet" meta="silenced, or following from another: nobody is called">
                      {quiet.map(item)}
                    </Group>
                  )}
                  {rows.length === 0 &&
                    (filters ? (
                      <EmptyFiltered filters={filters} onClear={clear} />
                    ) : (
                      <EmptyNothing title="Nothing fires">
                        Rules are looked at every few seconds. What they find appears here by itself, and
                        whoever is on call is told.
                      </EmptyNothing>
                    ))}
                  {hasMore && (
                    <div className="gutter border-b border-line py-2">
                      <Button size="sm" onClick={loadMore}>
                        More incidents
                      </Button>
                    </div>
                  )}
                  <ResolvedList filter={filter} hasDetail={hasDetail} chosen={chosen} />
                </>
              )}
            </QueryPanel>
          </PanelBoundary>
        </section>
        {hasDetail && chosen && <IncidentPanel key={chosen} id={chosen} onSilence={setSilencing} />}
      </div>
      {silencing && <SilenceDialog draft={silencing} onClose={() => setSilencing(undefined)} />}
    </>
  )
}

function summary(rows: readonly Incident[], total: number | undefined): string | undefined {
  if (!total) return undefined
  const alerts = rows.reduce((sum, { firing }) => sum + firing, 0)
  return `${formatCount(alerts)} ${alerts === 1 ? 'alert' : 'alerts'} in ${formatCount(total)} ${total === 1 ? 'incident' : 'incidents'}`
}

/** A part of the list under its 30 px head. */
export function Group(props: { title: string; meta?: ReactNode; end?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={props.title}>
      <h2 className="gutter num sticky top-0 z-2 flex h-7.5 items-center gap-2 border-b border-line bg-surface-2 text-12 font-normal text-ink-3">
        <span className="font-medium text-ink">{props.title}</span>
        {props.meta}
        {props.end && <span className="ml-auto">{props.end}</span>}
      </h2>
      {props.children}
    </section>
  )
}
