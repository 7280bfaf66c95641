import type { StateMachine } from './state-machine.ts'

export const spareStates = ['building', 'ready', 'taken', 'left', 'dropped'] as const
export type SpareState = (typeof spareStates)[number]

/** A schema on a cluster that belongs to no tenant: ready for one, or left over. */
export const spareMachine: StateMachine<SpareState> = {
  noun: 'spare',
  states: {
    building: 'It is being built from its template.',
    ready: 'It is what its template says, and waits for a tenant.',
    taken: 'A tenant has taken it; the tenant’s id is its own.',
    left: 'Nobody will use it: stale, not built to its end, moved away from or orphaned. It is to be dropped.',
    dropped: 'Nothing of it is left on the cluster.',
  },
  initial: 'building',
  alsoInitial: ['left'],
  final: ['taken'],
  transitions: [
    { from: 'building', to: 'ready', cause: 'every step of its build verified' },
    { from: 'building', to: 'left', cause: 'its build failed or was cancelled' },
    { from: 'ready', to: 'taken', cause: 'taken by a tenant' },
    { from: 'ready', to: 'left', cause: 'stale, or one too many' },
    { from: 'left', to: 'dropped', cause: 'dropped' },
    { from: 'dropped', to: 'left', cause: 'found again: the cluster was restored' },
  ],
}

/** Why a spare is there. */
export const spareOrigins = ['pool', 'orphan', 'moved'] as const
export type SpareOrigin = (typeof spareOrigins)[number]
