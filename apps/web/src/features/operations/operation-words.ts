import type { Lane, OperationKind, OperationState } from '@tenantry/contracts'

/** What an operation does, as a verb before its object: "Provision unibo". */
export const kindVerb: Record<OperationKind, string> = {
  'tenant.provision': 'Provision',
  'tenant.claim': 'Claim a schema for',
  'tenant.clone': 'Clone into',
  'tenant.move': 'Move',
  'tenant.adopt': 'Adopt',
  'tenant.discard': 'Discard',
  'tenant.suspend': 'Suspend',
  'tenant.resume': 'Resume',
  'tenant.rename': 'Rename',
  'tenant.rotate': 'Rotate credentials of',
  'tenant.archive': 'Archive',
  'tenant.restore': 'Restore',
  'tenant.purge': 'Purge',
  'tenant.repair': 'Repair',
  'template.build': 'Build template',
  'spare.build': 'Build a spare of',
  'spare.drop': 'Drop a spare of',
}

/** The states with what they are called in filters, in the order of an operation's life. */
export const stateWords: Record<OperationState, string> = {
  queued: 'Queued',
  running: 'Running',
  waiting: 'Waiting',
  undoing: 'Undoing',
  succeeded: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

interface Named {
  readonly kind: OperationKind
  readonly tenantSlug: string | null
  readonly templateSlug: string | null
}

/** The lanes with what they are called. */
export const laneWords: Record<Lane, string> = {
  urgent: 'Urgent',
  interactive: 'Interactive',
  background: 'Background',
  bulk: 'Bulk',
}

/** What it is done to: a tenant's slug, or a template's. */
export function objectOf({ tenantSlug, templateSlug }: Named): string {
  return tenantSlug ?? templateSlug ?? ''
}

/** "Provision unibo" */
export function operationTitle(operation: Named): string {
  return `${kindVerb[operation.kind]} ${objectOf(operation)}`
}
