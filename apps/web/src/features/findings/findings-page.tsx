import { findingStates } from '@tenantry/contracts'
import { FilterX, Terminal } from 'lucide-react'
import { useMemo, useState } from 'react'
import { callForms } from '../../api/call-forms.ts'
import { useLiveRow } from '../../live/use-live.ts'
import { findingsRoute } from '../../routes/findings.ts'
import { PageTitle } from '../../shell/page-title.tsx'
import { useOfferActions } from '../../shell/palette-actions.ts'
import { DataTable } from '../../table/data-table.tsx'
import { classNames } from '../../ui/class-names.ts'
import { CopyAs } from '../../ui/copy-as.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyFiltered, EmptyNothing } from '../../ui/empty.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { formatCount } from '../../ui/number-format.ts'
import { FilterBar } from '../../ui/page.tsx'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { findingLook } from '../../ui/state-tones.ts'
import { ComparedClusters } from './compared-clusters.tsx'
import { findingColumns } from './finding-columns.tsx'
import { FindingPanel } from './finding-panel.tsx'
import { findingTitle } from './finding-words.ts'
import { KindTabs } from './kind-tabs.tsx'
import {
  type Finding,
  type FindingListing,
  useComparedClusters,
  useFindingNews,
  useFindings,
} from './use-findings.ts'

const rowId = (row: Finding) => row.id
const rowName = (row: Finding) => `${findingTitle[row.kind]}: ${row.subject}`

/** Where the registry and the clusters differ, and what to do about it. */
export function FindingsPage() {
  const search = findingsRoute.useSearch()
  const navigate = findingsRoute.useNavigate()
  const [copying, setCopying] = useState(false)
  const listing = useMemo<FindingListing>(
    () => ({
      states: [search.state],
      ...(search.kind.length ? { kinds: search.kind } : {}),
      ...(search.cluster ? { clusterId: search.cluster } : {}),
    }),
    [search.state, search.kind, search.cluster],
  )
  useFindingNews()
  const { query, rows, first, hasMore, loadMore } = useFindings(listing)
  const clusters = useComparedClusters().data ?? []
  const change = (over: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...over }), replace: true })
  const clear = () => change({ kind: [], cluster: '' })
  const filters = Object.keys(listing).length - 1
  const open = (row: Finding) => change({ finding: search.finding === row.id ? '' : row.id })
  useOfferActions(filters ? [{ id: 'clear', label: 'Clear the filter', icon: FilterX, run: clear }] : [])

  return (
    <>
      <PageTitle title="Reconciler" count={first ? formatCount(first.byState.open ?? 0) : undefined} />
      <PanelBoundary title="Clusters">
        <ComparedClusters />
      </PanelBoundary>
      <KindTabs counts={first?.byKind ?? {}} kinds={search.kind} onChange={(kind) => change({ kind })} />
      <FilterBar>
        <Segments
          label="State"
          value={search.state}
          onChange={(state) => change({ state })}
          options={findingStates.map((state) => ({
            value: state,
            label: `${findingLook[state].word} ${formatCount(first?.byState[state] ?? 0)}`,
          }))}
        />
        <span className="ml-auto" />
        <Select
          label="Cluster"
          className="w-40!"
          value={search.cluster || 'all'}
          onChange={(cluster) => change({ cluster: cluster === 'all' ? '' : cluster })}
          options={[
            { value: 'all', label: 'Every cluster' },
            ...clusters.map(({ clusterId, clusterName }) => ({ value: clusterId, label: clusterName })),
          ]}
        />
        <IconButton
          bordered
          icon={Terminal}
          label="Copy this list as a call"
          className="max-md:hidden"
          onClick={() => setCopying(true)}
        />
      </FilterBar>
      <Dialog open={copying} onOpenChange={setCopying} title="This list elsewhere" width={560}>
        <CopyAs
          forms={callForms(
            { path: 'findings.list', kind: 'query', input: listing },
            location.origin,
            location.href,
          )}
        />
        <div className="h-2" />
      </Dialog>
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        {/* A phone has no room for both. */}
        <div
          className={classNames(
            'flex min-h-0 min-w-0 flex-1 flex-col max-lg:min-h-60',
            search.finding && 'max-md:hidden',
          )}
        >
          <PanelBoundary title="The list of findings">
            <QueryPanel title="The list of findings" noun="findings" query={query}>
              {(data) => (
                <DataTable
                  label="Findings"
                  columns={findingColumns}
                  rows={rows}
                  rowId={rowId}
                  rowName={rowName}
                  useRow={useLiveRow}
                  onOpen={open}
                  onPeek={open}
                  total={data.pages[0]?.total ?? 0}
                  hasMore={hasMore}
                  loadMore={loadMore}
                  empty={
                    filters ? (
                      <EmptyFiltered filters={filters} onClear={clear} />
                    ) : (
                      <EmptyNothing title={emptyWords[search.state]}>
                        Every minute each cluster’s schemas, roles and privileges are held against the
                        registry. What differs appears here, with what could be done about it; nothing is done
                        by itself.
                      </EmptyNothing>
                    )
                  }
                />
              )}
            </QueryPanel>
          </PanelBoundary>
        </div>
        {search.finding && <FindingPanel id={search.finding} onClose={() => change({ finding: '' })} />}
      </div>
    </>
  )
}

const emptyWords: Record<(typeof findingStates)[number], string> = {
  open: 'Registry and clusters agree',
  ignored: 'Nothing is ignored',
  resolved: 'Nothing was found so far',
}
