import { bulkStates } from '@tenantry/contracts'
import { Upload } from 'lucide-react'
import { bulksRoute } from '../../../routes/bulks.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { DataTable } from '../../../table/data-table.tsx'
import { EmptyFiltered, EmptyNothing } from '../../../ui/empty.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { FilterBar } from '../../../ui/page.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Select } from '../../../ui/select.tsx'
import { bulkLook } from '../../../ui/state-tones.ts'
import { bulkTitle } from '../bulk-words.ts'
import { type BulkRow, useBulks } from '../use-bulks.ts'
import { bulkColumns } from './bulk-columns.tsx'

const parent = { label: 'Operations', to: '/operations' } as const
const rowId = (row: BulkRow) => row.id
const options = [
  { value: 'all', label: 'Every state' },
  ...bulkStates.map((state) => ({ value: state, label: bulkLook[state].word })),
]

/** Everything that was asked of many tenants, newest first. */
export function BulksPage() {
  const { state } = bulksRoute.useSearch()
  const navigate = bulksRoute.useNavigate()
  const { query, rows, total } = useBulks(state)
  const change = (next: string) =>
    void navigate({ search: { state: bulkStates.filter((one) => one === next) }, replace: true })
  return (
    <>
      <PageTitle
        title="Bulk operations"
        parent={parent}
        count={total === undefined ? undefined : formatCount(total)}
      />
      <FilterBar>
        <Select
          label="State"
          className="w-44!"
          value={state.length === 1 ? (state[0] ?? 'all') : 'all'}
          onChange={change}
          options={options}
        />
        <span className="flex-1" />
        <ButtonLink to="/tenants/import" icon={Upload}>
          Import tenants
        </ButtonLink>
      </FilterBar>
      <PanelBoundary title="The list of bulk operations">
        <QueryPanel title="The list of bulk operations" noun="bulk operations" query={query}>
          {() => (
            <DataTable
              label="Bulk operations"
              columns={bulkColumns}
              rows={rows}
              rowId={rowId}
              rowName={bulkTitle}
              onOpen={(row) => void navigate({ to: '/bulks/$id', params: { id: row.id } })}
              {...(total === undefined ? {} : { total })}
              hasMore={query.hasNextPage}
              loadMore={() => void query.fetchNextPage()}
              empty={
                state.length ? (
                  <EmptyFiltered filters={1} onClear={() => change('all')} />
                ) : (
                  <EmptyNothing
                    title="No bulk operations yet"
                    action={
                      <ButtonLink to="/tenants" variant="primary">
                        Choose tenants
                      </ButtonLink>
                    }
                  >
                    Select tenants in their list, or all that match a filter, and choose what to do with them;
                    or import many from a file.
                  </EmptyNothing>
                )
              }
            />
          )}
        </QueryPanel>
      </PanelBoundary>
    </>
  )
}
