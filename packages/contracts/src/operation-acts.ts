import { foundingKinds, isHeld, type OperationKind, type OperationState } from './operation.ts'

/** What the rules below look at. */
export interface OperationFacts {
  readonly kind: OperationKind
  readonly state: OperationState
  readonly cancelRequestedAt?: unknown
  /** Null in state `waiting`: until a person decides. */
  readonly dueAt?: unknown
  /** The operation that did it again. */
  readonly retriedBy?: string | null
  readonly error?: { readonly undone?: boolean } | null
  readonly asideAt?: unknown
}

/** Kinds that cannot be stopped once a worker has begun, and why. */
export const noWayBack: Partial<Readonly<Record<OperationKind, string>>> = {
  'tenant.purge': 'Erasing has begun and has no way back; let it end.',
  'tenant.discard': 'Sweeping has begun and has no way back; let it end.',
  'spare.drop': 'Dropping has begun and has no way back; let it end.',
  'tenant.rotate': 'The new credentials may be valid already; let it end, then rotate again.',
}

const ended = 'It has ended.'

/** Why an operation cannot be cancelled now, in a sentence; undefined when it can. */
export function whyNotCancel({ kind, state }: OperationFacts): string | undefined {
  if (state === 'queued') return undefined
  if (state === 'undoing') return 'It is taking back what it had made.'
  if (state === 'running' || state === 'waiting') return noWayBack[kind]
  return state === 'cancelled' ? 'It is cancelled.' : ended
}

/** Why an operation that waits cannot go on at once; undefined when it can. */
export function whyNotHurry(operation: OperationFacts): string | undefined {
  const { state } = operation
  if (state === 'waiting') {
    return operation.cancelRequestedAt ? 'It was cancelled, and is being taken back.' : undefined
  }
  if (state === 'queued') return 'It has not begun; move it to the front instead.'
  if (state === 'running') return 'It is running.'
  return state === 'undoing' ? 'It is taking back what it had made.' : ended
}

/** Why an operation cannot go before all others; undefined when it can. */
export function whyNotPrioritise(operation: OperationFacts & { priority: number }): string | undefined {
  const { state, priority } = operation
  if (state === 'running' || state === 'undoing') return 'A worker has it in hand.'
  if (state !== 'queued' && state !== 'waiting') return ended
  if (isHeld({ state, dueAt: operation.dueAt })) return 'It waits for a decision, not for its turn.'
  return priority === 0 ? 'It is at the front.' : undefined
}

const notYet: Partial<Record<OperationState, string>> = {
  succeeded: 'It is done; there is nothing to retry.',
  queued: 'It has not begun.',
  running: 'It is running.',
  waiting: 'It has not given up: let it go on from where it is.',
  undoing: 'It is still taking back what it had made.',
}

/** Why an operation cannot be done again from the start; undefined when it can. */
export function whyNotRetry({ kind, state, retriedBy, error }: OperationFacts): string | undefined {
  if (notYet[state]) return notYet[state]
  if (retriedBy) return 'It was retried: see the newer operation.'
  // Its password was told once, to whoever asked then.
  if (kind === 'tenant.rotate') return 'The password of that rotation was told once: rotate again.'
  if (kind.startsWith('spare.')) return 'The warm pool tries this again by itself.'
  if (error?.undone === false && foundingKinds.includes(kind) && kind !== 'tenant.adopt') {
    return 'Its last attempt left something on the cluster: discard the tenant, which sweeps it, then create it again.'
  }
  return undefined
}

/** Why a failure cannot be put aside; undefined when it can. */
export function whyNotAside({ state, asideAt, retriedBy }: OperationFacts): string | undefined {
  if (state !== 'failed') return 'Only failed operations are put aside.'
  if (asideAt) return 'It was put aside.'
  return retriedBy ? 'It was retried: see the newer operation.' : undefined
}
