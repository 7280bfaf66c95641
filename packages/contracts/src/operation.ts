import type { StateMachine } from './state-machine.ts'

/** Job name = audit action = `noun.verb`. */
export const operationKinds = [
  'tenant.provision',
  'tenant.claim',
  'tenant.clone',
  'tenant.move',
  'tenant.adopt',
  'tenant.discard',
  'tenant.suspend',
  'tenant.resume',
  'tenant.rename',
  'tenant.rotate',
  'tenant.archive',
  'tenant.restore',
  'tenant.purge',
  'tenant.repair',
  'template.build',
  'spare.build',
  'spare.drop',
] as const
export type OperationKind = (typeof operationKinds)[number]

export const operationStates = [
  'queued',
  'running',
  'waiting',
  'undoing',
  'succeeded',
  'failed',
  'cancelled',
] as const
export type OperationState = (typeof operationStates)[number]

export const operationMachine: StateMachine<OperationState> = {
  noun: 'operation',
  states: {
    queued: 'Asked for and recorded; waits for a worker.',
    running: 'A worker holds its lease and runs its steps.',
    waiting:
      'An attempt ended early; the next one starts when its backoff is over, or when a person says so.',
    undoing: 'A step failed for good, or a person cancelled it; finished steps are taken back, last first.',
    succeeded: 'Every step is done.',
    failed: 'It gave up; its error says why and what was taken back.',
    cancelled: 'Stopped by a person; what it had made was taken back.',
  },
  initial: 'queued',
  final: ['succeeded', 'failed', 'cancelled'],
  transitions: [
    { from: 'queued', to: 'running', cause: 'claimed by a worker' },
    { from: 'queued', to: 'cancelled', cause: 'cancelled before it began' },
    { from: 'running', to: 'succeeded', cause: 'last step done' },
    {
      from: 'running',
      to: 'waiting',
      cause: 'retryable error, the lease ran out, or kept until a person decides',
    },
    { from: 'running', to: 'undoing', cause: 'permanent error, attempts used up, or cancelled' },
    { from: 'waiting', to: 'running', cause: 'claimed again' },
    { from: 'waiting', to: 'cancelled', cause: 'cancelled before it had done anything' },
    { from: 'undoing', to: 'undoing', cause: 'claimed again after the lease ran out' },
    { from: 'undoing', to: 'failed', cause: 'taken back' },
    { from: 'undoing', to: 'cancelled', cause: 'taken back after it was cancelled' },
  ],
}

/** What happens to finished steps when one fails for good: taken back, or kept until a person decides. */
export const onFailures = ['undo', 'keep'] as const
export type OnFailure = (typeof onFailures)[number]

/** Kinds that bring a tenant into being: when one does not succeed, its tenant is failed. */
export const foundingKinds: readonly OperationKind[] = [
  'tenant.provision',
  'tenant.claim',
  'tenant.clone',
  'tenant.adopt',
]

/** Steps that only look: an operation that never came further than these has nothing to take back. */
export const lookingSteps = ['place', 'inspect'] as const

export const stepStates = ['running', 'done', 'failed', 'undone'] as const
export type StepState = (typeof stepStates)[number]

/**
 * What one step has had of the clusters, counted by the worker at its own connections: nothing in it is another's.
 * What PostgreSQL counts for the whole server, such as WAL and buffers, is not in it.
 */
export interface StepResources {
  /** Statements sent. */
  readonly roundTrips: number
  /** Time that they took, milliseconds; those side by side count twice. */
  readonly databaseMs: number
  /** Milliseconds of it that the server says it waited for the tenant's lane. */
  readonly lockWaitMs: number
  readonly bytesSent: number
  readonly bytesReceived: number
}

/** The named steps of each operation, in order, with what a person reads beside them. */
export const operationSteps = {
  'tenant.provision': [
    { name: 'place', title: 'Check the placement' },
    { name: 'roles', title: 'Create roles' },
    { name: 'schema', title: 'Create the schema' },
    { name: 'template', title: 'Replay the template snapshot' },
    { name: 'seed', title: 'Load seed data' },
    { name: 'verify', title: 'Verify the fingerprint' },
    { name: 'activate', title: 'Activate' },
  ],
  'tenant.claim': [{ name: 'claim', title: 'Take a ready schema from the pool' }],
  'tenant.clone': [
    { name: 'place', title: 'Check the placement' },
    { name: 'roles', title: 'Create roles' },
    { name: 'schema', title: 'Create the schema' },
    { name: 'structure', title: 'Copy the structure' },
    { name: 'data', title: 'Copy the data' },
    { name: 'verify', title: 'Verify the fingerprint' },
    { name: 'activate', title: 'Activate' },
  ],
  'tenant.move': [
    { name: 'place', title: 'Check the placement' },
    { name: 'close', title: 'Close the tenant where it is' },
    { name: 'roles', title: 'Create roles' },
    { name: 'schema', title: 'Create the schema' },
    { name: 'structure', title: 'Copy the structure' },
    { name: 'data', title: 'Copy the data' },
    { name: 'verify', title: 'Verify the fingerprint' },
    { name: 'logins', title: 'Hand the logins over' },
  ],
  'tenant.adopt': [
    { name: 'inspect', title: 'Inspect the schema' },
    { name: 'roles', title: 'Create roles and keep the product’s' },
    { name: 'fit', title: 'Fit owners and privileges' },
    { name: 'rename', title: 'Give the schema its name' },
    { name: 'verify', title: 'Take the fingerprint' },
  ],
  'tenant.discard': [
    { name: 'sessions', title: 'End sessions' },
    { name: 'return', title: 'Give an adopted schema back' },
    { name: 'schema', title: 'Drop the schema' },
    { name: 'roles', title: 'Drop roles' },
  ],
  'tenant.suspend': [
    { name: 'logins', title: 'Take the logins away' },
    { name: 'usage', title: 'Close the schema' },
    { name: 'sessions', title: 'End sessions' },
    { name: 'check', title: 'Check that nobody gets in' },
  ],
  'tenant.resume': [
    { name: 'usage', title: 'Open the schema' },
    { name: 'logins', title: 'Give the logins back' },
    { name: 'check', title: 'Check that the product gets in' },
  ],
  'tenant.rename': [
    { name: 'rename', title: 'Rename the schema' },
    { name: 'sessions', title: 'End sessions that use the old name' },
  ],
  'tenant.rotate': [{ name: 'credentials', title: 'Issue new credentials' }],
  'tenant.archive': [
    { name: 'logins', title: 'Take the logins away' },
    { name: 'usage', title: 'Close the schema' },
    { name: 'sessions', title: 'End sessions' },
    { name: 'rename', title: 'Put the schema away' },
    { name: 'check', title: 'Check that nobody gets in' },
  ],
  'tenant.restore': [
    { name: 'rename', title: 'Bring the schema back' },
    { name: 'usage', title: 'Open the schema' },
    { name: 'verify', title: 'Verify the fingerprint' },
    { name: 'logins', title: 'Give the logins back' },
    { name: 'check', title: 'Check that the product gets in' },
  ],
  'tenant.purge': [
    { name: 'sessions', title: 'End sessions' },
    { name: 'begin', title: 'Mark that there is no way back' },
    { name: 'objects', title: 'Drop tables, a batch at a time' },
    { name: 'schema', title: 'Drop the schema' },
    { name: 'roles', title: 'Drop roles' },
  ],
  'tenant.repair': [
    { name: 'recall', title: 'Find what is there' },
    { name: 'roles', title: 'Fit roles and members' },
    { name: 'privileges', title: 'Fit owner and privileges' },
    { name: 'access', title: 'Open or close it as the registry says' },
    { name: 'verify', title: 'Compare again' },
  ],
  'template.build': [
    { name: 'inspect', title: 'Inspect every statement' },
    { name: 'build', title: 'Build and fingerprint the snapshot' },
  ],
  'spare.build': [
    { name: 'place', title: 'Check the placement' },
    { name: 'roles', title: 'Create roles' },
    { name: 'schema', title: 'Create the schema' },
    { name: 'template', title: 'Replay the template snapshot' },
    { name: 'seed', title: 'Load seed data' },
    { name: 'verify', title: 'Verify the fingerprint' },
    { name: 'activate', title: 'Make it ready' },
  ],
  'spare.drop': [
    { name: 'recall', title: 'Find what is there' },
    { name: 'sessions', title: 'End sessions' },
    { name: 'schema', title: 'Drop the schema' },
    { name: 'roles', title: 'Drop roles' },
  ],
} as const satisfies Record<OperationKind, readonly { name: string; title: string }[]>

/** Smaller runs first: sign-ups before builds before clean-up. */
export const operationPriority: Readonly<Record<OperationKind, number>> = {
  'tenant.suspend': 5,
  'tenant.resume': 5,
  'tenant.rotate': 5,
  'tenant.claim': 8,
  'tenant.provision': 10,
  'tenant.rename': 10,
  'tenant.repair': 10,
  'tenant.restore': 10,
  'tenant.archive': 15,
  'tenant.adopt': 15,
  'tenant.clone': 15,
  'tenant.move': 20,
  'template.build': 20,
  'tenant.discard': 30,
  'spare.build': 35,
  'tenant.purge': 40,
  'spare.drop': 45,
}

/** What a child of a bulk operation is put behind: whoever clicks on one tenant does not wait for a fleet. */
export const bulkPriority = 50

export const maxAttempts = 6

/** Why an attempt ended, and with it what happens next. */
export const failureClasses = {
  retry: 'Passing fault: lock timeout, deadlock, full disk; tried again with backoff, a few times.',
  outage: 'The cluster does not answer; tried again with backoff until the deadline.',
  permanent: 'Will fail again: syntax, constraint, refused name, missing object; undone at once.',
  fenced: 'A newer attempt has taken over; this one stops and touches nothing.',
  cancelled: 'A person stopped it; finished steps are taken back.',
} as const
export type FailureClass = keyof typeof failureClasses

/** What an operation's `error` column holds. */
export interface OperationError {
  readonly code: string
  readonly message: string
  readonly class: FailureClass
  readonly step?: string
  readonly attempt: number
  /** Where in the SQL it went wrong, when a script was at fault. */
  readonly location?: { migration?: string; statement?: number; line?: number; sql?: string }
  /** What a person can do. */
  readonly action?: string
  /** Whether finished steps were taken back. */
  readonly undone?: boolean
  /** What it has in common with failures of the same cause: see `normaliseError`. */
  readonly group?: string
}

/** Whether it waits for a person: a step failed for good, and finished steps were kept. */
export function isHeld({ state, dueAt }: { state: OperationState; dueAt: unknown }): boolean {
  return state === 'waiting' && dueAt === null
}

export function isFinal(state: OperationState): boolean {
  return operationMachine.final.includes(state)
}
