import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { overviewRoute } from '../../routes/overview.ts'
import { PageTitle } from '../../shell/page-title.tsx'
import { Sheet } from '../../ui/page.tsx'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { AttentionList } from './attention-list.tsx'
import { ChartsSkeleton } from './charts-skeleton.tsx'
import { ClusterTable } from './cluster-table.tsx'
import { FirstRun } from './first-run.tsx'
import { FleetGrid } from './fleet-grid.tsx'
import { OverviewSkeleton } from './overview-skeleton.tsx'
import { RecentEvents } from './recent-events.tsx'
import { StatusLine } from './status-line.tsx'
import { useFleet } from './use-fleet.ts'
import { useFleetNewsRefresh } from './use-fleet-news.ts'

// The chart library is as large as everything else on the page: the page stands before it arrives.
const FleetCharts = lazy(async () => ({ default: (await import('./fleet-charts.tsx')).FleetCharts }))

/** The fleet at a glance: how it stands, where it hurts, how the queue does, what happened last. */
export function OverviewPage() {
  const { range } = overviewRoute.useSearch()
  const navigate = useNavigate({ from: '/' })
  const fleet = useFleet()
  useFleetNewsRefresh()
  return (
    <>
      <PageTitle title="Overview" />
      <QueryPanel title="The fleet" noun="the fleet" query={fleet} skeleton={<OverviewSkeleton />}>
        {(data) =>
          data.tenants === 0 ? (
            <FirstRun fleet={data} />
          ) : (
            <Sheet>
              <StatusLine fleet={data} />
              <div className="flex shrink-0 border-b border-line max-lg:flex-col">
                <PanelBoundary title="The fleet grid">
                  <FleetGrid fleet={data} onTable={() => void navigate({ to: '/tenants' })} />
                </PanelBoundary>
                <SidePanel label="Needs attention" width={324} className="max-md:order-first">
                  <PanelBoundary title="What needs attention">
                    <AttentionList />
                  </PanelBoundary>
                </SidePanel>
              </div>
              <div className="grid min-h-57 shrink-0 grid-cols-3 border-b border-line max-lg:grid-cols-1">
                <PanelBoundary title="The charts">
                  <Suspense fallback={<ChartsSkeleton />}>
                    <FleetCharts
                      queue={data.queue}
                      range={range}
                      onRange={(next) => void navigate({ search: { range: next }, replace: true })}
                    />
                  </Suspense>
                </PanelBoundary>
              </div>
              <div className="grid grid-cols-[minmax(0,1fr)_416px] max-lg:grid-cols-1">
                <PanelBoundary title="Clusters">
                  <ClusterTable />
                </PanelBoundary>
                <div className="border-line max-lg:border-t lg:border-l">
                  <PanelBoundary title="Recent events">
                    <RecentEvents />
                  </PanelBoundary>
                </div>
              </div>
            </Sheet>
          )
        }
      </QueryPanel>
    </>
  )
}
