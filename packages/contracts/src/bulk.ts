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
