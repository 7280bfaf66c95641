import { faultOf } from '../../../api/fault.ts'
import { clusterRoute } from '../../../routes/cluster.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { EmptyNothing } from '../../../ui/empty.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { Sheet } from '../../../ui/page.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { SidePanel } from '../../../ui/side-panel.tsx'
import { type Cluster, useCluster } from '../use-clusters.ts'
import { CapacitySection } from './capacity-section.tsx'
import { ChecksSection } from './checks-section.tsx'
import { ClusterHeader } from './cluster-header.tsx'
import { ClusterNotice } from './cluster-notice.tsx'
import { ClusterSide } from './cluster-side.tsx'
import { TenantsSection } from './tenants-section.tsx'

const parent = { label: 'Clusters', to: '/clusters' } as const

/** One cluster: how full it is, what is on it, what was found when it was looked at. */
export function ClusterPage() {
  const { id } = clusterRoute.useParams()
  const query = useCluster(id)
  const code = query.error ? faultOf(query.error).code : undefined
  const isUnknown = !query.data && (code === 'not_found' || code === 'invalid_input')
  return (
    <>
      <PageTitle title={query.data?.name ?? 'Cluster'} mono={query.data !== undefined} parent={parent} />
      {isUnknown ? (
        <EmptyNothing
          title="There is no such cluster"
          action={<ButtonLink to="/clusters">All clusters</ButtonLink>}
        >
          Its address may be cut short.
        </EmptyNothing>
      ) : (
        <PanelBoundary title="The cluster">
          <QueryPanel title="The cluster" noun="clusters" query={query}>
            {(cluster) => <Body cluster={cluster} />}
          </QueryPanel>
        </PanelBoundary>
      )}
    </>
  )
}

function Body({ cluster }: { cluster: Cluster }) {
  return (
    <Sheet>
      <ClusterHeader cluster={cluster} />
      <ClusterNotice cluster={cluster} />
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <div className="min-w-0 flex-1">
          {cluster.state !== 'detached' && (
            <PanelBoundary title="Its capacity">
              <CapacitySection cluster={cluster} />
            </PanelBoundary>
          )}
          <PanelBoundary title="Its tenants">
            <TenantsSection cluster={cluster} />
          </PanelBoundary>
          {cluster.state !== 'detached' && (
            <PanelBoundary title="Its checks">
              <ChecksSection cluster={cluster} />
            </PanelBoundary>
          )}
        </div>
        <SidePanel label="About this cluster" width={360}>
          <ClusterSide cluster={cluster} />
        </SidePanel>
      </div>
    </Sheet>
  )
}
