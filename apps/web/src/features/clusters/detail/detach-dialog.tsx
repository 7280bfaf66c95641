import { detachClusterInput } from '@tenantry/contracts'
import { Unplug } from 'lucide-react'
import { useRef, useState } from 'react'
import { ReasonField, SlugField } from '../../tenants/lifecycle/confirm-fields.tsx'
import { ImpactGrid } from '../../tenants/lifecycle/impact-grid.tsx'
import { ClusterDialog } from '../cluster-dialog.tsx'
import type { Cluster } from '../use-clusters.ts'
import { useDetachCluster } from '../use-detach-cluster.ts'

const impacts = [
  { value: 'Secrets erased', note: 'its address and passwords are forgotten here' },
  { value: 'Workers leave', note: 'within seconds, with their connections' },
  { value: 'Database kept', note: 'nothing in it is touched; it can be added again' },
]

/** Tier 3: the name typed, the reason, the password once more. */
export function DetachDialog(props: { cluster: Cluster; refusal: string | undefined; onClose: () => void }) {
  const { cluster } = props
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { detach, isPending, error } = useDetachCluster()
  // What was on the screen when the dialog opened is what is decided about.
  const [{ rowVersion }] = useState(cluster)
  const wish = {
    clusterId: cluster.id,
    ifVersion: rowVersion,
    reason: reason.trim(),
    confirmName: typed.trim(),
  }
  const missing =
    (wish.confirmName === cluster.name ? undefined : `Type ${cluster.name} to confirm.`) ??
    detachClusterInput.shape.reason.safeParse(reason).error?.issues[0]?.message
  return (
    <ClusterDialog
      cluster={cluster}
      tier={3}
      title="Detach cluster"
      description="Lets go of a cluster on which nothing is left. Its history stays."
      keep="Keep cluster"
      act={`Detach ${cluster.name}`}
      icon={Unplug}
      call={{ path: 'clusters.detach', input: wish }}
      refusal={props.refusal ?? missing}
      isPending={isPending}
      error={error}
      onAct={() => detach(wish)}
      onClose={props.onClose}
      initialFocus={field}
    >
      <ImpactGrid impacts={impacts} />
      <SlugField ref={field} label="Type the name to confirm" value={typed} onChange={setTyped} />
      <ReasonField value={reason} onChange={setReason} />
    </ClusterDialog>
  )
}
