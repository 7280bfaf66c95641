import type { Permission } from './permission.ts'
import type { StateMachine } from './state-machine.ts'

export const bulkStates = ['running', 'paused', 'cancelling', 'finished', 'cancelled'] as const
export type BulkState = (typeof bulkStates)[number]

/** One request on many tenants: the parent of ordinary operations, one a tenant. */
export const bulkMachine: StateMachine<BulkState> = {
  noun: 'bulk',
  states: {
    running: 'Its children are requested a few at a time, as fast as they end.',
    paused: 'No further child is requested; those in flight end.',
    cancelling: 'No further child is requested; those that have not begun are cancelled, the others end.',
    finished: 'Every child has ended, well or not.',
    cancelled: 'Stopped by a person; what had ended by then stays as it is.',
  },
  initial: 'running',
  final: ['finished', 'cancelled'],
  transitions: [
    { from: 'running', to: 'paused', cause: 'paused' },
    { from: 'paused', to: 'running', cause: 'resumed' },
    { from: 'running', to: 'cancelling', cause: 'cancelled' },
    { from: 'paused', to: 'cancelling', cause: 'cancelled' },
    { from: 'running', to: 'finished', cause: 'the last child has ended' },
    { from: 'cancelling', to: 'cancelled', cause: 'the last child has ended' },
  ],
}

/** `pending`: not requested yet · `requested`: its operation tells the rest · `refused`: never became one · `skipped`: cancelled before. */
export const bulkItemStates = ['pending', 'requested', 'refused', 'skipped'] as const
export type BulkItemState = (typeof bulkItemStates)[number]

/** Where an item is, together with the operation that it became. */
export const bulkOutcomes = {
  pending: 'Not requested yet.',
  queued: 'Requested; waits for a worker.',
  running: 'A worker is at it, or will be again after a passing fault.',
  succeeded: 'Done.',
  failed: 'Its operation gave up.',
  cancelled: 'Its operation was cancelled.',
  refused: 'Refused before it became an operation.',
  skipped: 'The bulk was cancelled before its turn came.',
} as const
export type BulkOutcome = keyof typeof bulkOutcomes
export type BulkCounts = Readonly<Record<BulkOutcome, number>>

/** The outcomes that a retry does again. */
export const unhappyOutcomes = ['failed', 'cancelled', 'refused', 'skipped'] as const

/** What is asked of every tenant that is chosen. Credentials are shown once, to one person: they are rotated one by one. */
export const bulkActions = [
  'tenant.suspend',
  'tenant.resume',
  'tenant.archive',
  'tenant.restore',
  'tenant.purge',
  'tenant.discard',
] as const
export type BulkAction = (typeof bulkActions)[number]

/** `tenant.provision` comes from an import, `tenant.move` from the drain of a cluster. */
export type BulkKind = BulkAction | 'tenant.provision' | 'tenant.move'

/** What each child needs of whoever asks, besides `bulk.run`. */
export const bulkPermission: Readonly<Record<BulkKind, Permission>> = {
  'tenant.provision': 'tenant.provision',
  'tenant.suspend': 'tenant.suspend',
  'tenant.resume': 'tenant.suspend',
  'tenant.archive': 'tenant.archive',
  'tenant.restore': 'tenant.archive',
  'tenant.purge': 'tenant.purge',
  'tenant.discard': 'tenant.discard',
  'tenant.move': 'tenant.move',
}

/** Above so many tenants whoever asks says how many they saw. */
export const bulkCountFrom = 25

/** Whether what is asked of each tenant cannot be taken back lightly: the password is wanted once more. */
export function isSevereBulk(kind: string): boolean {
  return kind === 'tenant.archive' || kind === 'tenant.purge'
}

/** 1 mild: a question · 2 moderate: impact and the count, typed · 3 severe: the same, in red. */
export function bulkTier(kind: BulkKind | 'tenant.annotate', count: number): 1 | 2 | 3 {
  if (isSevereBulk(kind)) return 3
  return kind === 'tenant.suspend' || count > bulkCountFrom ? 2 : 1
}

/** Whether a request must name the number of tenants that whoever asks saw. */
export function needsCount(
  kind: BulkKind | 'tenant.annotate',
  count: number,
  isEverything: boolean,
): boolean {
  return isEverything || count > bulkCountFrom || isSevereBulk(kind)
}

/** What can be done to a bulk, and in which of its states. */
export const bulkSteering = {
  'bulk.pause': ['running'],
  'bulk.resume': ['paused'],
  'bulk.cancel': ['running', 'paused'],
  'bulk.retry': ['finished', 'cancelled'],
} as const satisfies Record<string, readonly BulkState[]>
export type BulkSteering = keyof typeof bulkSteering

const asked: Readonly<Record<BulkSteering, string>> = {
  'bulk.pause': 'Only a running bulk operation is paused',
  'bulk.resume': 'Only a paused bulk operation is resumed',
  'bulk.cancel': 'Only a bulk operation that goes on is cancelled',
  'bulk.retry': 'What failed is retried when the bulk operation has ended',
}

/** Why a bulk cannot be steered so now, in a sentence; undefined when it can. */
export function whyNotSteer(steering: BulkSteering, state: BulkState): string | undefined {
  const allowed: readonly BulkState[] = bulkSteering[steering]
  return allowed.includes(state) ? undefined : `${asked[steering]}; this one is ${state}.`
}
