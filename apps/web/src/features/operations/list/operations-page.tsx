import { type OperationKind, type OperationState, operationKinds } from '@tenantry/contracts'
import { FilterX, ListTree, Terminal } from 'lucide-react'
import { useMemo, useState } from 'react'
import { callForms } from '../../../api/call-forms.ts'
import { useLiveRow } from '../../../live/use-live.ts'
import { operationsRoute } from '../../../routes/operations.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { useOfferActions } from '../../../shell/palette-actions.ts'
import { DataTable } from '../../../table/data-table.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { CopyAs } from '../../../ui/copy-as.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyFiltered, EmptyNothing } from '../../../ui/empty.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { FilterBar } from '../../../ui/page.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { Select } from '../../../ui/select.tsx'
import { operationColumns } from '../operation-columns.tsx'
import { kindVerb, operationTitle } from '../operation-words.ts'
import { type OperationListing, type OperationRow, useOperations } from '../use-operations.ts'
import { QueuePlaces } from '../waiting/queue-word.tsx'
import { QueueStrip } from './queue-strip.tsx'
import { StateTabs } from './state-tabs.tsx'

const rowId = (row: OperationRow) => row.id
const kindOptions = [
  { value: 'all', label: 'Every kind' },
  ...operationKinds.map((kind) => ({ value: kind, label: kind })),
]

/** Everything that was asked for, newest first, as it happens. */
export function OperationsPage() {
  const search = operationsRoute.useSearch()
  const navigate = operationsRoute.useNavigate()
  const [copying, setCopying] = useState(false)
  const listing = useMemo<OperationListing>(
    () => ({
      ...(search.q ? { text: search.q } : {}),
      ...(search.state.length ? { states: search.state } : {}),
      ...(search.kind.length ? { kinds: search.kind } : {}),
      ...(search.lane.length ? { lanes: search.lane } : {}),
    }),
    [search],
  )
  const { query, rows, total, hasMore, loadMore, pending } = useOperations(listing)
  const filters = Object.keys(listing).length
  const change = (over: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...over }), replace: true })
  const clear = () => change({ q: '', state: [], kind: [], lane: [] })
  const open = (row: OperationRow) => void navigate({ to: '/operations/$id', params: { id: row.id } })
  const setState = (state: OperationState[]) => change({ state })

  useOfferActions(filters > 0 ? [{ id: 'clear', label: 'Clear the filter', icon: FilterX, run: clear }] : [])

  return (
    <>
      <PageTitle title="Operations" count={total === undefined ? undefined : formatCount(total)} />
      <StateTabs listing={listing} states={search.state} onChange={setState} />
      <QueueStrip lanes={search.lane} onChange={(lane) => change({ lane })} />
      <FilterBar>
        <SearchField
          label="Search operations by tenant"
          placeholder="A tenant’s slug, or an operation’s id"
          value={search.q}
          onChange={(q) => change({ q })}
          end={filters > 0 && total !== undefined ? `${formatCount(total)} match` : undefined}
          chips={
            <>
              {search.state.length > 1 && (
                <Chip name="state" value={search.state.join(',')} onRemove={() => setState([])} />
              )}
              {search.kind.length > 0 && (
                <Chip name="kind" value={search.kind.join(',')} onRemove={() => change({ kind: [] })} />
              )}
            </>
          }
        />
        <Select
          label="Kind"
          className="w-44!"
          value={search.kind.length === 1 ? (search.kind[0] ?? 'all') : 'all'}
          onChange={(kind) => change({ kind: kind === 'all' ? [] : [kind as OperationKind] })}
          options={kindOptions}
        />
        <ButtonLink to="/bulks" icon={ListTree}>
          Bulk operations
        </ButtonLink>
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
            { path: 'operations.list', kind: 'query', input: listing },
            location.origin,
            location.href,
          )}
        />
        <div className="h-2" />
      </Dialog>
      <PanelBoundary title="The list of operations">
        <QueryPanel title="The list of operations" noun="operations" query={query}>
          {() => (
            <QueuePlaces rows={rows}>
              <DataTable
                label="Operations"
                columns={operationColumns}
                rows={rows}
                rowId={rowId}
                rowName={operationTitle}
                useRow={useLiveRow}
                onOpen={open}
                {...(total === undefined ? {} : { total })}
                hasMore={hasMore}
                loadMore={loadMore}
                pending={pending}
                empty={
                  filters > 0 ? (
                    <EmptyFiltered filters={filters} onClear={clear} />
                  ) : (
                    <EmptyNothing
                      title="No operations yet"
                      action={
                        <ButtonLink to="/tenants/new" variant="primary">
                          Create a tenant
                        </ButtonLink>
                      }
                    >
                      Whatever touches a cluster is an operation: {kindVerb['tenant.provision'].toLowerCase()}{' '}
                      a tenant and watch its steps here.
                    </EmptyNothing>
                  )
                }
              />
            </QueuePlaces>
          )}
        </QueryPanel>
      </PanelBoundary>
    </>
  )
}
