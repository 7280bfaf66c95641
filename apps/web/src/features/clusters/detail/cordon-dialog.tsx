import { cordonClusterInput } from '@tenantry/contracts'
import { Ban } from 'lucide-react'
import { useRef, useState } from 'react'
import { ReasonField } from '../../tenants/lifecycle/confirm-fields.tsx'
import { ImpactGrid } from '../../tenants/lifecycle/impact-grid.tsx'
import { ClusterDialog } from '../cluster-dialog.tsx'
import type { Cluster } from '../use-clusters.ts'

const impacts = [
  { value: 'No new tenants', note: 'placement passes it by, and it cannot be chosen by hand' },
  { value: 'Tenants go on', note: 'those that are there are served and operated on as before' },
]

/** Tier 2: what it does and why it is done. Shown at once; taken back when the server refuses. */
export function CordonDialog(props: {
  cluster: Cluster
  refusal: string | undefined
  onCordon: (reason: string) => void
  onClose: () => void
}) {
  const { cluster } = props
  const [reason, setReason] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const read = cordonClusterInput.shape.reason.safeParse(reason)
  return (
    <ClusterDialog
      cluster={cluster}
      tier={2}
      title="Cordon cluster"
      description="Keeps new tenants off it, until somebody uncordons it."
      keep="Keep it open"
      act={`Cordon ${cluster.name}`}
      icon={Ban}
      call={{ path: 'clusters.cordon', input: { clusterId: cluster.id, reason: reason.trim() } }}
      refusal={props.refusal ?? read.error?.issues[0]?.message}
      isPending={false}
      error={undefined}
      onAct={async () => props.onCordon(reason.trim())}
      onClose={props.onClose}
      initialFocus={field}
    >
      <ImpactGrid impacts={impacts} />
      <ReasonField ref={field} value={reason} onChange={setReason} />
    </ClusterDialog>
  )
}
