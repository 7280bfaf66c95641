import { callForms } from '../../../api/call-forms.ts'
import { CopyAs } from '../../../ui/copy-as.tsx'
import { FactList } from '../../../ui/facts.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { SideSection } from '../../../ui/side-panel.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { ClusterOperations } from '../../operations/recent-operations.tsx'
import type { Cluster } from '../use-clusters.ts'

/** Facts, the last operations, and the same question from a program. */
export function ClusterSide({ cluster }: { cluster: Cluster }) {
  return (
    <>
      <SideSection title="Facts" className="pt-4!">
        <FactList
          facts={[
            { name: 'PostgreSQL', value: <Mono>{cluster.serverVersion ?? '–'}</Mono> },
            { name: 'Host', value: <Mono>{cluster.endpoint.host || '–'}</Mono> },
            { name: 'Database', value: <Mono>{cluster.endpoint.database || '–'}</Mono> },
            { name: 'Operations at once', value: formatCount(cluster.maxConcurrency) },
            { name: 'Unfinished operations', value: formatCount(cluster.use.operations) },
            { name: 'Spare schemas', value: formatCount(cluster.use.spares) },
          ]}
        />
      </SideSection>
      <SideSection title="Last operations here">
        <ClusterOperations clusterId={cluster.id} limit={8} />
      </SideSection>
      <SideSection>
        <CopyAs
          forms={callForms(
            { path: 'clusters.get', kind: 'query', input: { id: cluster.id } },
            location.origin,
            location.href,
          )}
        />
      </SideSection>
    </>
  )
}
