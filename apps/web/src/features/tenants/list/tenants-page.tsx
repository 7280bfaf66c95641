import type { RowSelectionState } from '@tanstack/react-table'
import { Copy, FilterX, HousePlus, Plus, Upload } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useShortcuts } from '../../../keyboard/shortcuts.ts'
import { useLiveRow } from '../../../live/use-live.ts'
import { tenantsRoute } from '../../../routes/tenants.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { useOfferActions } from '../../../shell/palette-actions.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { nextSort, parseSort, sortParam } from '../../../table/column.ts'
import { DataTable } from '../../../table/data-table.tsx'
import { SelectionBar } from '../../../table/selection-bar.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyFiltered, EmptyNothing } from '../../../ui/empty.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { useMediaQuery } from '../../../ui/use-media-query.ts'
import { BulkBar } from '../../bulk/start/bulk-bar.tsx'
import { countFilters, filterOf, listingOf } from '../tenant-filter.ts'
import { type TenantRow, useTenants } from '../use-tenants.ts'
import { narrowTenantColumns, tenantColumns } from './tenant-columns.tsx'
import { TenantFilterBar } from './tenant-filter-bar.tsx'
import { TenantPeek } from './tenant-peek.tsx'

const rowId = (row: TenantRow) => row.id
const rowName = (row: TenantRow) => row.slug
const noFilter = { q: '', state: [], label: '', cluster: '' }

/** Every tenant: filter, list, and the one that is looked at. */
export function TenantsPage() {
  const search = tenantsRoute.useSearch()
  const navigate = tenantsRoute.useNavigate()
  const listing = useMemo(() => listingOf(search), [search])
  const { query, rows, total, hasMore, loadMore, pending } = useTenants(listing)
  const [selected, setSelected] = useState<RowSelectionState>({})
  const isPhone = useMediaQuery('(max-width: 767px)')
  const refusal = usePermissionRefusal('tenant.provision')
  const adoptRefusal = usePermissionRefusal('tenant.adopt')
  const filters = countFilters(search)

  type Change = Partial<typeof search>
  const change = (over: Change) => navigate({ search: (now) => ({ ...now, ...over }), replace: true })
  const clear = () => change(noFilter)
  const create = () => void navigate({ to: '/tenants/new' })
  const adopt = () => void navigate({ to: '/tenants/adopt' })
  const open = (row: TenantRow) => void navigate({ to: '/tenants/$slug', params: { slug: row.slug } })
  const peek = (row: TenantRow) => void change({ peek: row.slug === search.peek ? '' : row.slug })
  const chosen = rows.filter(({ id }) => selected[id])
  // "All that match" is a filter, not ids: it holds for the filter under which it was chosen.
  const filter = useMemo(() => filterOf(listing), [listing])
  const [allOf, setAllOf] = useState<typeof filter>()
  const isAll = allOf === filter
  const target = isAll ? { filter } : { tenantIds: chosen.map(({ id }) => id) }
  const clearSelection = () => {
    setSelected({})
    setAllOf(undefined)
  }
  const select = (next: RowSelectionState) => {
    setAllOf(undefined)
    setSelected(next)
  }

  useShortcuts([
    { keys: 'n', label: 'Create a tenant', group: 'Page', run: () => refusal || create() },
    { keys: 'shift+x', label: 'Clear the filter', group: 'List', run: clear },
  ])
  useOfferActions([
    { id: 'create', label: 'Create a tenant', icon: Plus, run: create, disabledReason: refusal },
    { id: 'adopt', label: 'Adopt a schema', icon: HousePlus, run: adopt, disabledReason: adoptRefusal },
    ...(filters > 0 ? [{ id: 'clear', label: 'Clear the filter', icon: FilterX, run: clear }] : []),
  ])

  return (
    <>
      <PageTitle title="Tenants" count={total === undefined ? undefined : formatCount(total)} />
      <div className="flex shrink-0 max-md:flex-col">
        <div className="min-w-0 flex-1">
          <TenantFilterBar
            search={search}
            matches={filters > 0 ? total : undefined}
            onChange={(over) => void change(over)}
          />
        </div>
        <div className="flex items-center gap-2 border-b border-line pr-5 max-md:px-5 max-md:py-2">
          <ButtonLink to="/tenants/import" icon={Upload}>
            Import
          </ButtonLink>
          <Button icon={HousePlus} disabledReason={adoptRefusal} onClick={adopt} className="max-md:w-full">
            Adopt
          </Button>
          <Button
            variant="primary"
            icon={Plus}
            disabledReason={refusal}
            onClick={create}
            className="max-md:w-full"
          >
            New tenant
          </Button>
        </div>
      </div>
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <PanelBoundary title="The list of tenants">
            <QueryPanel title="The list of tenants" noun="tenants" query={query}>
              {() => (
                <DataTable
                  label="Tenants"
                  columns={search.peek ? narrowTenantColumns : tenantColumns}
                  rows={rows}
                  rowId={rowId}
                  rowName={rowName}
                  useRow={useLiveRow}
                  sort={parseSort(search.sort)}
                  onSort={(id) =>
                    void change({
                      sort: sortParam(nextSort(parseSort(search.sort), id)) as typeof search.sort,
                    })
                  }
                  selection={{ selected, onChange: select }}
                  onOpen={open}
                  {...(isPhone ? {} : { onPeek: peek })}
                  {...(total === undefined ? {} : { total })}
                  hasMore={hasMore}
                  loadMore={loadMore}
                  pending={pending}
                  empty={
                    filters > 0 ? (
                      <EmptyFiltered
                        filters={filters}
                        hint="Discarded and purged tenants are listed only when you ask for their state."
                        onClear={clear}
                      />
                    ) : (
                      <EmptyNothing
                        title="No tenants yet"
                        action={
                          <ButtonLink to="/tenants/new" variant="primary" icon={Plus}>
                            Create the first tenant
                          </ButtonLink>
                        }
                      >
                        A tenant is an institution with a schema of its own, built from a template. Give it a
                        name; placement finds a cluster and says why.
                      </EmptyNothing>
                    )
                  }
                />
              )}
            </QueryPanel>
          </PanelBoundary>
          {chosen.length > 0 && (
            <SelectionBar
              count={isAll ? (total ?? chosen.length) : chosen.length}
              {...(total === undefined || isAll ? {} : { total, onSelectAll: () => setAllOf(filter) })}
              onClear={clearSelection}
            >
              <BulkBar target={target} />
              <Button
                size="sm"
                icon={Copy}
                disabledReason={isAll ? 'Only the slugs of rows chosen one by one are copied.' : undefined}
                onClick={() =>
                  navigator.clipboard
                    .writeText(chosen.map(({ slug }) => slug).join('\n'))
                    .then(() => toastDone(`${formatCount(chosen.length)} slugs copied`))
                }
              >
                Copy slugs
              </Button>
            </SelectionBar>
          )}
        </div>
        {search.peek && !isPhone && (
          <TenantPeek
            slug={search.peek}
            rows={rows}
            onMove={(slug) => void change({ peek: slug })}
            onClose={() => void change({ peek: '' })}
          />
        )}
      </div>
    </>
  )
}
