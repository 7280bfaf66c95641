import type { OperationKind, OperationState } from '@tenantry/contracts'

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

/** What it is done to: a tenant's slug, or a template's. */
export function objectOf({ tenantSlug, templateSlug }: Named): string {
  return tenantSlug ?? templateSlug ?? ''
}

/** "Provision unibo" */
export function operationTitle(operation: Named): string {
  return `${kindVerb[operation.kind]} ${objectOf(operation)}`
}

const may = (states: readonly OperationState[], otherwise: Partial<Record<OperationState, string>>) => ({
  states,
  otherwise,
})

/** Which states allow which act, and why the others do not. */
const acts = {
  retry: may(['failed', 'cancelled'], {
    succeeded: 'It is done; there is nothing to retry.',
    queued: 'It has not begun.',
    running: 'It is running.',
    waiting: 'It tries again by itself.',
    undoing: 'It is still taking back what it had made.',
  }),
  cancel: may(['queued'], {
    running: 'A worker has begun; it ends by itself or at its deadline.',
    waiting: 'It has begun; only what no worker has begun can be cancelled.',
    undoing: 'It is taking back what it had made.',
    succeeded: 'It has ended.',
    failed: 'It has ended.',
    cancelled: 'It is cancelled.',
  }),
} as const

/** Why this operation cannot be retried or cancelled now; undefined when it can. */
export function refusalOf(
  act: keyof typeof acts,
  operation: { kind?: OperationKind; state: OperationState; retriedBy?: string | null },
): string | undefined {
  const { states, otherwise } = acts[act]
  if (act === 'retry' && operation.retriedBy) return 'It was retried: see the newer operation.'
  if (act === 'retry' && operation.kind?.startsWith('spare.'))
    return 'The warm pool tries this again by itself.'
  if (states.includes(operation.state)) return undefined
  return otherwise[operation.state]
}
