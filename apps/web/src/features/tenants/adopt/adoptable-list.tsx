import type { AdoptableSchema } from '@tenantry/contracts'
import { DataTable } from '../../../table/data-table.tsx'
import { EmptyNothing } from '../../../ui/empty.tsx'
import { FilterBar } from '../../../ui/page.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Select } from '../../../ui/select.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import type { ClusterFacts } from '../../fleet/use-clusters.ts'
import { adoptableColumns } from './adoptable-columns.tsx'
import { useAdoptable } from './use-adoptable.ts'

const rowId = (row: AdoptableSchema) => row.schema

/** The cluster, and what was made by hand on it. */
export function AdoptableList(props: {
  clusters: readonly ClusterFacts[]
  cluster: ClusterFacts
  onCluster: (name: string) => void
  onChoose: (schema: string) => void
}) {
  const { clusters, cluster } = props
  const query = useAdoptable(cluster.id)
  return (
    <>
      <FilterBar>
        <Select
          label="Cluster"
          className="w-52!"
          value={cluster.name}
          onChange={props.onCluster}
          options={clusters.map(({ name, reachable }) => ({
            value: name,
            label: name,
            ...(reachable ? {} : { note: 'does not answer' }),
          }))}
        />
        <span className="ml-auto text-12 text-ink-3">
          {query.data?.seenAt && (
            <>
              Looked at <TimeStamp at={query.data.seenAt} form="relative" />
            </>
          )}
        </span>
      </FilterBar>
      <PanelBoundary title="The schemas">
        <QueryPanel title="The schemas" noun="schemas" query={query}>
          {({ schemas, seenAt }) => (
            <DataTable
              label="Schemas made by hand"
              columns={adoptableColumns}
              rows={schemas}
              rowId={rowId}
              rowName={rowId}
              onOpen={({ schema }) => props.onChoose(schema)}
              total={schemas.length}
              empty={
                <EmptyNothing title={seenAt ? 'Nothing to adopt' : 'Nobody has looked yet'}>
                  {seenAt ? (
                    <>
                      Every schema of <Mono>{cluster.name}</Mono> is a tenant’s, PostgreSQL’s or an
                      extension’s. Schemas that somebody made by hand are listed here within a minute; the
                      schema <Mono>public</Mono> is shared by all and is never adopted.
                    </>
                  ) : (
                    'A worker looks at every cluster twice a minute; wait a moment.'
                  )}
                </EmptyNothing>
              }
            />
          )}
        </QueryPanel>
      </PanelBoundary>
    </>
  )
}
