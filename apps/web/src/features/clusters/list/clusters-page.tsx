import { Plus } from 'lucide-react'
import { useShortcuts } from '../../../keyboard/shortcuts.ts'
import { clustersRoute } from '../../../routes/clusters.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { useOfferActions } from '../../../shell/palette-actions.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { DataTable } from '../../../table/data-table.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyNothing } from '../../../ui/empty.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { TabPanel, Tabs } from '../../../ui/tabs.tsx'
import { PlacementEditor } from '../placement/placement-editor.tsx'
import { type ClusterRow, useClusterList } from '../use-clusters.ts'
import { clusterColumns } from './cluster-columns.tsx'

const rowId = (row: ClusterRow) => row.id
const rowName = (row: ClusterRow) => row.name

/** Where tenants live, and how the cluster of a new one is chosen. */
export function ClustersPage() {
  const { tab } = clustersRoute.useSearch()
  const navigate = clustersRoute.useNavigate()
  const query = useClusterList()
  const refusal = usePermissionRefusal('cluster.write')
  const add = () => void navigate({ to: '/clusters/new' })
  useShortcuts([{ keys: 'n', label: 'Add a cluster', group: 'Page', run: () => refusal || add() }])
  useOfferActions([{ id: 'add', label: 'Add a cluster', icon: Plus, run: add, disabledReason: refusal }])
  const living = query.data?.filter(({ state }) => state !== 'detached').length
  return (
    <>
      <PageTitle title="Clusters" count={living === undefined ? undefined : formatCount(living)} />
      <div className="gutter flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2">
        <p className="min-w-0 flex-1 text-12 text-ink-3">
          PostgreSQL databases in which the schemas of tenants live. Placement chooses one for every new
          tenant and says why.
        </p>
        <Button variant="primary" icon={Plus} disabledReason={refusal} onClick={add}>
          Add cluster
        </Button>
      </div>
      <Tabs
        label="Clusters and placement"
        value={tab}
        onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
        tabs={[
          { value: 'clusters', label: 'Clusters' },
          { value: 'placement', label: 'Placement' },
        ]}
      >
        <TabPanel value="clusters">
          <PanelBoundary title="The list of clusters">
            <QueryPanel title="The list of clusters" noun="clusters" query={query}>
              {(clusters) => (
                <DataTable
                  label="Clusters"
                  columns={clusterColumns}
                  rows={clusters}
                  rowId={rowId}
                  rowName={rowName}
                  onOpen={(row) => void navigate({ to: '/clusters/$id', params: { id: row.id } })}
                  total={clusters.length}
                  empty={
                    <EmptyNothing
                      title="No clusters yet"
                      action={
                        <ButtonLink to="/clusters/new" variant="primary" icon={Plus}>
                          Add the first cluster
                        </ButtonLink>
                      }
                    >
                      A cluster is a PostgreSQL database. Give its address; every right and setting is looked
                      at one by one, with the SQL that mends it.
                    </EmptyNothing>
                  }
                />
              )}
            </QueryPanel>
          </PanelBoundary>
        </TabPanel>
        <TabPanel value="placement">
          <PanelBoundary title="The placement policy">
            <PlacementEditor />
          </PanelBoundary>
        </TabPanel>
      </Tabs>
    </>
  )
}
