import { adoptTenantRoute } from '../../../routes/adopt-tenant.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyForbidden, EmptyNothing } from '../../../ui/empty.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { type ClusterFacts, useClusters } from '../../fleet/use-clusters.ts'
import { AdoptForm } from './adopt-form.tsx'
import { AdoptableList } from './adoptable-list.tsx'
import { useAdoptable } from './use-adoptable.ts'

const parent = { label: 'Tenants', to: '/tenants' } as const

/** A schema that somebody made by hand becomes a tenant; what comes of it is watched on its operation's page. */
export function AdoptPage() {
  const refusal = usePermissionRefusal('tenant.adopt')
  const { schema } = adoptTenantRoute.useSearch()
  return (
    <>
      <PageTitle title={schema ? `Adopt ${schema}` : 'Adopt a schema'} parent={parent} />
      {refusal ? <EmptyForbidden noun="this form" permission="tenant.adopt" /> : <Adopt />}
    </>
  )
}

function Adopt() {
  const search = adoptTenantRoute.useSearch()
  const navigate = adoptTenantRoute.useNavigate()
  const query = useClusters()
  return (
    <QueryPanel title="The clusters" noun="clusters" query={query}>
      {(all) => {
        const clusters = all.filter(({ state }) => state !== 'detached')
        const cluster = clusters.find(({ name }) => name === search.cluster) ?? clusters[0]
        if (!cluster) {
          return (
            <EmptyNothing title="No clusters yet">Add a cluster whose schemas shall be adopted.</EmptyNothing>
          )
        }
        return search.schema ? (
          <Chosen cluster={cluster} schema={search.schema} />
        ) : (
          <div className="flex min-h-0 flex-1 flex-col">
            <AdoptableList
              clusters={clusters}
              cluster={cluster}
              onCluster={(name) => void navigate({ search: { cluster: name }, replace: true })}
              onChoose={(schema) => void navigate({ search: { cluster: cluster.name, schema } })}
            />
          </div>
        )
      }}
    </QueryPanel>
  )
}

function Chosen(props: { cluster: ClusterFacts; schema: string }) {
  const { cluster, schema } = props
  const navigate = adoptTenantRoute.useNavigate()
  const leave = () => void navigate({ search: { cluster: cluster.name } })
  return (
    <QueryPanel title="The schema" noun="schemas" query={useAdoptable(cluster.id)}>
      {({ schemas }) => {
        const found = schemas.find((one) => one.schema === schema)
        return found ? (
          <AdoptForm
            key={found.schema}
            found={found}
            cluster={cluster}
            onLeave={leave}
            onRequested={(id) => {
              toastDone(`${schema} is being adopted`)
              void navigate({ to: '/operations/$id', params: { id } })
            }}
          />
        ) : (
          <EmptyNothing
            title="Nothing to adopt under this name"
            action={<Button onClick={leave}>See what can be adopted</Button>}
          >
            <Mono>{cluster.name}</Mono> has no schema <Mono>{schema}</Mono> that was made by hand; it may have
            been adopted, renamed or dropped.
          </EmptyNothing>
        )
      }}
    </QueryPanel>
  )
}
