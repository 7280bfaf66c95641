import type { OperationError } from '@tenantry/contracts'
import type { ClaimedOperation } from '@tenantry/core'
import type { Database } from '@tenantry/db'
import type { Journal } from '../journal/journal.ts'
import type { WorkerContext } from '../worker-context.ts'

/** What a step works with. */
export interface StepContext {
  readonly worker: WorkerContext
  readonly claimed: ClaimedOperation
  readonly journal: Journal
  /** Aborted when the lease was lost, the deadline passed, or a cancelled step did not end within its grace. */
  readonly signal: AbortSignal
  /** Whether a person wants it to stop: a long step that can stop half-way may ask. */
  isCancelled(): boolean
  /** What earlier steps of this attempt found out, such as the verified fingerprint. */
  readonly found: Record<string, unknown>
}

/** A named part of an operation that knows its way back. Each is safe to repeat: the cluster's ledger remembers. */
export interface Step {
  readonly name: string
  /** @returns what the timeline shows of it */
  up(context: StepContext): Promise<Record<string, unknown> | undefined>
  /** Takes it back, also when it was only half done or never begun. */
  down?(context: StepContext): Promise<void>
}

/** One kind of operation: its steps, and what its end changes in the registry. */
export interface Job {
  readonly steps: readonly Step[]
  succeeded(context: StepContext, tx: Database): Promise<void>
  failed(context: StepContext, tx: Database, error: OperationError): Promise<void>
  /** Closes what the steps opened, whatever happened. */
  close?(context: StepContext): Promise<void>
}
