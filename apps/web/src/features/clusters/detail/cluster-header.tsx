import { movableOf, whyInUse, whyNotOnCluster } from '@tenantry/contracts'
import { Ban, CircleCheck, LogOut, PenLine, Unplug } from 'lucide-react'
import { useState } from 'react'
import { useStaleRefusal } from '../../../live/use-live.ts'
import { useOfferActions } from '../../../shell/palette-actions.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { PageHeader } from '../../../ui/page.tsx'
import { StatusBadge } from '../../../ui/status.tsx'
import { Mono, Tag } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { ChangeDialog } from '../change/change-dialog.tsx'
import { clusterLook } from '../cluster-words.ts'
import type { Cluster } from '../use-clusters.ts'
import { useCordonCluster } from '../use-cordon-cluster.ts'
import { CordonDialog } from './cordon-dialog.tsx'
import { DetachDialog } from './detach-dialog.tsx'
import { DrainDialog } from './drain-dialog.tsx'

type Asked = 'cordon' | 'change' | 'drain' | 'detach'

/** State, name, labels, and what can be done to it. */
export function ClusterHeader(props: { cluster: Cluster }) {
  const { cluster } = props
  const { state } = cluster
  const [asked, ask] = useState<Asked>()
  const close = () => ask(undefined)
  const general = usePermissionRefusal('cluster.write')
  const stale = useStaleRefusal()
  const { cordon, uncordon, isPending } = useCordonCluster(cluster)
  const refuse = (action: Parameters<typeof whyNotOnCluster>[0]) =>
    general ?? stale ?? whyNotOnCluster(action, state)
  const left = whyInUse(cluster.use)
  const refusals = {
    cordon: refuse('cluster.cordon'),
    uncordon: refuse('cluster.uncordon'),
    change: refuse('cluster.change'),
    drain:
      refuse('cluster.drain') ??
      (movableOf(cluster.tenants) ? undefined : 'No active or suspended tenant is here to be moved.'),
    detach: refuse('cluster.detach') ?? left,
  }
  const isCordoned = state === 'cordoned'
  const turn = isCordoned
    ? { label: 'Uncordon', icon: CircleCheck, run: uncordon, disabledReason: refusals.uncordon }
    : { label: 'Cordon…', icon: Ban, run: () => ask('cordon'), disabledReason: refusals.cordon }
  const edit = { label: 'Edit…', icon: PenLine, run: () => ask('change'), disabledReason: refusals.change }
  const detach = { label: 'Detach…', icon: Unplug, run: () => ask('detach'), disabledReason: refusals.detach }
  const drain = { label: 'Drain…', icon: LogOut, run: () => ask('drain'), disabledReason: refusals.drain }
  const actions = [turn, edit, drain, detach]
  useOfferActions(actions.map((one) => ({ ...one, id: one.label, label: `${one.label} ${cluster.name}` })))
  return (
    <>
      <PageHeader
        before={<StatusBadge look={clusterLook(cluster)} large />}
        title={<Mono className="text-20!">{cluster.name}</Mono>}
        after={Object.entries(cluster.labels).map(([key, value]) => (
          <Tag key={key}>
            {key}={value}
          </Tag>
        ))}
        actions={actions.map(({ label, icon, run, disabledReason }) => (
          <Button
            key={label}
            icon={icon}
            busy={isPending && label === turn.label}
            disabledReason={disabledReason}
            onClick={run}
          >
            {label}
          </Button>
        ))}
      >
        <p className="flex flex-wrap items-center gap-x-4 gap-y-0.5 text-ink-3">
          <span className="inline-flex min-w-0 items-center gap-1">
            <Mono className="truncate">{cluster.id}</Mono>
            <CopyButton text={cluster.id} label="Copy the id" className="size-5!" />
          </span>
          <Mono>
            {cluster.endpoint.host}:{cluster.endpoint.port}/{cluster.endpoint.database}
          </Mono>
          <span>
            added on <TimeStamp at={cluster.createdAt} form="date" />
          </span>
        </p>
      </PageHeader>
      {asked === 'cordon' && (
        <CordonDialog cluster={cluster} refusal={refusals.cordon} onCordon={cordon} onClose={close} />
      )}
      {asked === 'change' && <ChangeDialog cluster={cluster} refusal={refusals.change} onClose={close} />}
      {asked === 'drain' && <DrainDialog cluster={cluster} refusal={refusals.drain} onClose={close} />}
      {asked === 'detach' && <DetachDialog cluster={cluster} refusal={refusals.detach} onClose={close} />}
    </>
  )
}
