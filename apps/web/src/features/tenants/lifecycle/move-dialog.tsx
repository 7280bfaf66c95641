import { ArrowRight } from 'lucide-react'
import { useRef, useState } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { formatBytes } from '../../../ui/number-format.ts'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { type ClusterFacts, useClusters } from '../../fleet/use-clusters.ts'
import { ClusterChoice } from '../cluster-choice.tsx'
import { usePlacement } from '../use-placement.ts'
import { ActionDialog, type ActionDialogProps } from './action-dialog.tsx'
import { ReasonField } from './confirm-fields.tsx'
import { ImpactGrid } from './impact-grid.tsx'
import { reasonMissing } from './missing-words.ts'
import { useMoveTenant } from './use-move-tenant.ts'

/** Tier 2: where to, what that means meanwhile and afterwards, and why. */
export function MoveDialog(props: ActionDialogProps) {
  const { tenant } = props
  const [clusterId, setClusterId] = useState<string>()
  const [reason, setReason] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const placement = usePlacement(undefined)
  const clusters = useClusters().data ?? []
  const from = clusters.find(({ id }) => id === tenant.clusterId)
  const to = clusters.find(({ id }) => id === clusterId)
  const { move, isPending, error } = useMoveTenant()
  const wish = { tenantId: tenant.id, clusterId: clusterId ?? '', reason: reason.trim() }
  return (
    <ActionDialog
      {...props}
      action="tenant.move"
      tier={2}
      title="Move tenant"
      description="Brings its schema to another cluster and drops it here. It is closed to its product until it is there."
      keep="Leave it here"
      missing={clusterId === undefined ? 'Choose the cluster to move it to.' : reasonMissing(reason)}
      wish={wish}
      isPending={isPending}
      error={error}
      onAct={() => move(wish)}
      initialFocus={field}
    >
      <QueryPanel title="Clusters" noun="clusters" query={placement} skeleton={<div className="h-17" />}>
        {({ candidates }) =>
          candidates.length > 1 ? (
            <ClusterChoice
              candidates={candidates}
              chosen={clusterId}
              onChoose={setClusterId}
              present={tenant.clusterId}
            />
          ) : (
            <p className="text-ink-2">
              {tenant.clusterName} is the only cluster: add another before you move a tenant.
            </p>
          )
        }
      </QueryPanel>
      <ImpactGrid
        impacts={[
          {
            value: 'Closed meanwhile',
            note:
              tenant.state === 'suspended'
                ? 'it is suspended, and stays so'
                : 'logins off, sessions ended; opened again at the end, also after a failure',
          },
          { value: sizeWords(from), note: sizeNote(from) },
          { value: 'Credentials kept', note: 'roles and passwords go along' },
        ]}
      />
      {from && to && <AddressChange from={from} to={to} />}
      <ReasonField ref={field} value={reason} onChange={setReason} />
    </ActionDialog>
  )
}

/** What a tenant of this cluster takes on average: nobody counts each. */
function sizeWords(from: ClusterFacts | undefined): string {
  const capacity = from?.capacity
  if (!capacity?.tenants) return 'All its rows'
  const { value, unit } = formatBytes(capacity.databaseBytes / capacity.tenants)
  return `About ${value} ${unit}`
}

function sizeNote(from: ClusterFacts | undefined): string {
  return from?.capacity?.tenants
    ? `what a tenant of ${from.name} has on average; every row is copied and proven`
    : 'copied in one snapshot and proven'
}

/** What the product has to be told: the host, the port or the database changes. */
function AddressChange(props: { from: ClusterFacts; to: ClusterFacts }) {
  const address = ({ endpoint }: ClusterFacts) => `${endpoint.host}:${endpoint.port}/${endpoint.database}`
  return (
    <div className="rounded-md border border-line px-3 py-2">
      <p className="flex min-w-0 flex-wrap items-center gap-2">
        <span className="text-ink-3">Address</span>
        <Mono className="break-all">{address(props.from)}</Mono>
        <Icon of={ArrowRight} className="text-ink-3" />
        <span className="sr-only">becomes</span>
        <Mono className="font-medium break-all">{address(props.to)}</Mono>
      </p>
      <p className="mt-1 text-12 text-ink-3">
        Connection strings of the product must name it from then on; role, password and schema stay.
      </p>
    </div>
  )
}
