import { useNavigate } from '@tanstack/react-router'
import { drainClusterInput, movableOf } from '@tenantry/contracts'
import { LogOut } from 'lucide-react'
import { useRef, useState } from 'react'
import { TextField } from '../../../ui/field.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { ReasonField } from '../../tenants/lifecycle/confirm-fields.tsx'
import { ImpactGrid } from '../../tenants/lifecycle/impact-grid.tsx'
import { ClusterDialog } from '../cluster-dialog.tsx'
import { tenantsOn } from '../cluster-words.ts'
import type { Cluster } from '../use-clusters.ts'
import { useDrainCluster } from '../use-drain-cluster.ts'

/** Tier 2: the count typed and the reason; then the bulk operation's own page. */
export function DrainDialog(props: { cluster: Cluster; refusal: string | undefined; onClose: () => void }) {
  const { cluster } = props
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { drain, isPending, error } = useDrainCluster()
  const movable = movableOf(cluster.tenants)
  const staying = tenantsOn(cluster) - movable
  const wish = { clusterId: cluster.id, reason: reason.trim(), expectCount: movable }
  const missing =
    (typed.trim() === String(movable) ? undefined : `Type ${movable} to confirm.`) ??
    drainClusterInput.shape.reason.safeParse(reason).error?.issues[0]?.message
  return (
    <ClusterDialog
      cluster={cluster}
      tier={2}
      title="Drain cluster"
      description="Cordons it and moves its tenants to where placement puts each. It can be paused and cancelled on its own page."
      keep="Keep them here"
      act={`Drain ${cluster.name}`}
      icon={LogOut}
      call={{ path: 'clusters.drain', input: { idempotencyKey: 'choose-one-key', ...wish } }}
      refusal={props.refusal ?? missing}
      isPending={isPending}
      error={error}
      onAct={async () => {
        const { bulkId } = await drain(wish)
        await navigate({ to: '/bulks/$id', params: { id: bulkId } })
      }}
      onClose={props.onClose}
      initialFocus={field}
    >
      <ImpactGrid
        impacts={[
          {
            value: `${formatCount(movable)} moved`,
            note: 'each closed while its rows are copied; only the address changes',
          },
          {
            value: `${formatCount(staying)} stay`,
            note: staying
              ? 'archived, failed or still being made: settle them first'
              : 'nothing is left behind',
          },
        ]}
      />
      <TextField
        ref={field}
        label={`Type the number of tenants to move, ${movable}`}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <ReasonField value={reason} onChange={setReason} />
    </ClusterDialog>
  )
}
