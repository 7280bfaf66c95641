import { Banner } from '../../../ui/banner.tsx'
import type { Cluster } from '../use-clusters.ts'

/** Why it is not as it should be, over everything else. */
export function ClusterNotice({ cluster }: { cluster: Cluster }) {
  const reason = cluster.stateReason ? ` “${cluster.stateReason}”` : ''
  if (cluster.state === 'detached') {
    return (
      <Banner tone="note" flush>
        Detached:{reason} Its address and secrets are erased; its database was not touched, and can be added
        again.
      </Banner>
    )
  }
  return (
    <>
      {!cluster.reachable && (
        <Banner tone="failed" flush>
          It does not answer: {cluster.fault ?? 'the last look at it failed'}. Its operations wait and go on
          by themselves when it is back.
        </Banner>
      )}
      {cluster.state === 'cordoned' && (
        <Banner tone="warn" flush>
          Cordoned, so that no new tenant comes here.{reason} What is there goes on as before.
        </Banner>
      )}
    </>
  )
}
