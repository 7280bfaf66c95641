import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Mono } from '../../ui/tag.tsx'
import { formatDuration } from '../../ui/time-format.ts'
import type { RecentEvent } from './use-fleet-news.ts'

const verbs: Record<string, { requested: string; succeeded: string; failed: string; cancelled: string }> = {
  'tenant.provision': {
    requested: 'requested',
    succeeded: 'provisioned',
    failed: 'was not provisioned',
    cancelled: 'provisioning cancelled',
  },
  'tenant.adopt': {
    requested: 'to be adopted',
    succeeded: 'adopted',
    failed: 'was not adopted',
    cancelled: 'adoption cancelled',
  },
  'tenant.claim': {
    requested: 'requested from the pool',
    succeeded: 'created from the pool',
    failed: 'was not created',
    cancelled: 'creation cancelled',
  },
  'tenant.discard': {
    requested: 'to be discarded',
    succeeded: 'discarded',
    failed: 'was not discarded',
    cancelled: 'discarding cancelled',
  },
  'tenant.annotate': {
    requested: 'edited',
    succeeded: 'labels or notes edited',
    failed: 'could not be edited',
    cancelled: 'edit cancelled',
  },
  'tenant.suspend': {
    requested: 'to be suspended',
    succeeded: 'suspended',
    failed: 'was not suspended',
    cancelled: 'suspension cancelled',
  },
  'tenant.resume': {
    requested: 'to be resumed',
    succeeded: 'resumed',
    failed: 'was not resumed',
    cancelled: 'resumption cancelled',
  },
  'tenant.rename': {
    requested: 'to be renamed',
    succeeded: 'renamed',
    failed: 'was not renamed',
    cancelled: 'renaming cancelled',
  },
  'tenant.transfer': {
    requested: 'to be transferred',
    succeeded: 'transferred',
    failed: 'was not transferred',
    cancelled: 'transfer cancelled',
  },
  'tenant.rotate': {
    requested: 'to get new credentials',
    succeeded: 'credentials rotated',
    failed: 'got no new credentials',
    cancelled: 'rotation cancelled',
  },
  'tenant.archive': {
    requested: 'to be archived',
    succeeded: 'archived',
    failed: 'was not archived',
    cancelled: 'archiving cancelled',
  },
  'tenant.restore': {
    requested: 'to be restored',
    succeeded: 'restored',
    failed: 'was not restored',
    cancelled: 'restoring cancelled',
  },
  'tenant.purge': {
    requested: 'to be purged',
    succeeded: 'purged',
    failed: 'was not purged',
    cancelled: 'purge cancelled',
  },
  'template.publish': {
    requested: 'published',
    succeeded: 'published',
    failed: 'could not be published',
    cancelled: 'publishing cancelled',
  },
  'template.build': {
    requested: 'build requested',
    succeeded: 'built',
    failed: 'did not build',
    cancelled: 'build cancelled',
  },
  'operation.retry': {
    requested: 'retried',
    succeeded: 'retried',
    failed: 'could not be retried',
    cancelled: 'retry cancelled',
  },
  'operation.cancel': {
    requested: 'cancelled',
    succeeded: 'operation cancelled',
    failed: 'could not be cancelled',
    cancelled: 'cancelled',
  },
  'quota.set': {
    requested: 'quota changed',
    succeeded: 'quota changed',
    failed: 'quota could not be changed',
    cancelled: 'quota change cancelled',
  },
  'quota.warn': {
    requested: 'near a limit',
    succeeded: 'came near a limit',
    failed: 'came near a limit',
    cancelled: 'near a limit',
  },
  'quota.block': {
    requested: 'over a limit',
    succeeded: 'was blocked: over its limit',
    failed: 'was not blocked',
    cancelled: 'not blocked',
  },
  'quota.release': {
    requested: 'to be released',
    succeeded: 'was released: within its limit again',
    failed: 'was not released',
    cancelled: 'not released',
  },
  'cluster.add': {
    requested: 'added',
    succeeded: 'added',
    failed: 'could not be added',
    cancelled: 'addition cancelled',
  },
  'cluster.change': {
    requested: 'to be changed',
    succeeded: 'changed',
    failed: 'could not be changed',
    cancelled: 'change cancelled',
  },
  'cluster.cordon': {
    requested: 'to be cordoned',
    succeeded: 'cordoned',
    failed: 'could not be cordoned',
    cancelled: 'cordon cancelled',
  },
  'cluster.uncordon': {
    requested: 'to be uncordoned',
    succeeded: 'uncordoned',
    failed: 'could not be uncordoned',
    cancelled: 'uncordon cancelled',
  },
  'cluster.drain': {
    requested: 'to be drained',
    succeeded: 'is being drained',
    failed: 'could not be drained',
    cancelled: 'drain cancelled',
  },
  'cluster.detach': {
    requested: 'to be detached',
    succeeded: 'detached',
    failed: 'could not be detached',
    cancelled: 'detaching cancelled',
  },
  'placement.set': {
    requested: 'placement policy changed',
    succeeded: 'placement policy changed',
    failed: 'placement policy could not be changed',
    cancelled: 'placement change cancelled',
  },
}

/** An event in words: "northfield provisioned in 1.2 s". */
export function EventSentence(props: { event: RecentEvent }): ReactNode {
  const { event } = props
  const name =
    event.tenantSlug ??
    event.templateSlug ??
    event.clusterName ??
    (event.targetKind === 'setting' ? 'the fleet' : event.targetId) ??
    'the fleet'
  const outcome = event.outcome === 'denied' ? 'failed' : event.outcome
  const words = verbs[event.action]?.[outcome] ?? `${event.action} ${outcome}`
  const subject = <Mono className="font-medium">{name}</Mono>
  return (
    <>
      {event.operationId ? (
        <Link to="/operations/$id" params={{ id: event.operationId }} className="hover:underline">
          {subject} {words}
        </Link>
      ) : event.clusterName && event.targetId ? (
        <Link to="/clusters/$id" params={{ id: event.targetId }} className="hover:underline">
          {subject} {words}
        </Link>
      ) : (
        <>
          {subject} {words}
        </>
      )}
      {event.seconds !== null &&
        event.outcome === 'succeeded' &&
        ` in ${formatDuration(event.seconds * 1000)}`}
      {event.errorCode && (
        <>
          , <Mono>{event.errorCode}</Mono>
        </>
      )}
    </>
  )
}
