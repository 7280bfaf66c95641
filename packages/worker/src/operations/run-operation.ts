import { type Span, SpanKind } from '@opentelemetry/api'
import type { OperationError } from '@tenantry/contracts'
import {
  beginUndo,
  type ClaimedOperation,
  claimOperation,
  contextOf,
  endCancelled,
  FencedError,
  failOperation,
  holdOperation,
  markFailed,
  postponeOperation,
  postponeUndo,
  succeedOperation,
  withSpan,
} from '@tenantry/core'
import { emptyMeter } from '@tenantry/db'
import { jobs } from '../jobs/jobs.ts'
import { type Journal, openJournal } from '../journal/journal.ts'
import type { Job, StepContext } from '../steps/step.ts'
import type { WorkerContext } from '../worker-context.ts'
import { backoff } from './backoff.ts'
import { classifyFailure } from './classify-failure.ts'
import { type LeaseKeeper, OperationForced } from './keep-leases.ts'
import { observeStep } from './observe-step.ts'

/** How one attempt ended; `held`: it waits for a person · `none`: there was nothing to do. */
export type AttemptOutcome = 'succeeded' | 'failed' | 'cancelled' | 'postponed' | 'held' | 'fenced' | 'none'

export interface Attempt {
  readonly outcome: AttemptOutcome
  readonly claimed?: ClaimedOperation
}

/**
 * One attempt at an operation: claim, steps, outcome. Whatever happens in between, even the death of this process, the
 * operation is then either over or can be claimed again, and what its steps did to the cluster is done once.
 */
export async function runOperation(
  worker: WorkerContext,
  leases: LeaseKeeper,
  operationId: string,
): Promise<Attempt> {
  await worker.failpoint('claim.before')
  const claimed = await claimOperation(worker.core, operationId, worker.workerId, worker.settings.leaseMs)
  if (!claimed) return { outcome: 'none' }
  await worker.failpoint('claim.after')

  const { operation } = claimed
  const parent = contextOf(operation.traceParent)
  return withSpan(
    'tenantry.operation',
    { parent, kind: SpanKind.CONSUMER, attributes: named(claimed) },
    (span) => attempt(worker, leases, claimed, span),
  )
}

/** What says of a span, and of every line in it, which operation it is part of. */
const named = ({ operation, cluster }: ClaimedOperation) => ({
  'tenantry.operation.id': operation.id,
  'tenantry.operation.kind': operation.kind,
  'tenantry.operation.attempt': operation.attempt,
  'tenantry.cluster.name': cluster.name,
  ...(operation.tenantId ? { 'tenantry.tenant.id': operation.tenantId } : {}),
  ...(operation.requestId ? { 'tenantry.request.id': operation.requestId } : {}),
})

async function attempt(
  worker: WorkerContext,
  leases: LeaseKeeper,
  claimed: ClaimedOperation,
  span: Span,
): Promise<Attempt> {
  const { operation } = claimed
  if (operation.attempt === 1) worker.core.metrics?.began(operation.kind, secondsSince(operation.createdAt))
  const lease = leases.hold(
    operation.id,
    operation.deadlineAt ?? new Date(Date.now() + operation.deadlineSeconds * 1000),
  )
  const log = worker.core.log.child({
    operation: operation.id,
    kind: operation.kind,
    attempt: operation.attempt,
    ...(operation.tenantId ? { tenant: operation.tenantId } : {}),
    ...(operation.requestId ? { request: operation.requestId } : {}),
  })
  const journal = openJournal(worker.core.db, operation, claimed.lastLine, (err) =>
    log.warn({ err }, 'journal batch not written; it is kept for the next one'),
  )
  const context: StepContext = {
    worker,
    claimed,
    journal,
    signal: lease.signal,
    isCancelled: () => operation.cancelRequestedAt !== null || lease.isCancelled(),
    found: {},
  }
  const job = jobs[operation.kind]
  try {
    journal.log('info', `Attempt ${operation.attempt} on ${claimed.cluster.name}`)
    const outcome =
      operation.state === 'undoing' && operation.error
        ? await undo(context, job, operation.error)
        : await advance(context, job)
    if (outcome === 'succeeded' || outcome === 'failed' || outcome === 'cancelled') {
      worker.core.metrics?.ended(
        operation.kind,
        outcome,
        secondsSince(operation.startedAt ?? operation.createdAt),
      )
    }
    span.setAttribute('tenantry.outcome', outcome)
    if (outcome === 'failed') markFailed(span, outcome)
    log.info({ outcome, seconds: secondsSince(operation.createdAt) }, `operation ${outcome}`)
    return { outcome, claimed }
  } catch (error) {
    if (!(error instanceof FencedError)) throw error
    log.warn(error.message)
    return { outcome: 'fenced', claimed }
  } finally {
    lease.release()
    const closed = job
      .close?.(context)
      .catch((err) => log.warn({ err }, 'closing after the operation failed'))
    // A step that was let go by force may hold what closing waits for, until the next attempt has ended its sessions.
    if (!(lease.signal.reason instanceof OperationForced)) await closed
  }
}

const secondsSince = (time: Date) => (Date.now() - time.getTime()) / 1000

async function advance(context: StepContext, job: Job): Promise<AttemptOutcome> {
  const { worker, claimed, journal, signal } = context
  const failure =
    stopAsked(context) ?? timeIsUp(claimed) ?? (await runSteps(context, job)) ?? (await succeed(context, job))
  if (!failure) return 'succeeded'
  if (failure.class === 'fenced') return 'fenced'
  if (signal.reason instanceof OperationForced) return handOver(context, failure)
  const { attempt, maxAttempts, onFailure } = claimed.operation
  const again = failure.class === 'outage' || (failure.class === 'retry' && attempt < maxAttempts)
  if (again && !isOverdue(claimed)) {
    const delay = backoff(attempt)
    journal.log('warn', `${failure.message}; trying again in ${(delay / 1000).toFixed(1)} s`)
    await journal.settle()
    await postponeOperation(worker.core, claimed, failure, delay, (tx) => journal.drainInto(tx))
    return 'postponed'
  }
  journal.log(failure.class === 'cancelled' ? 'warn' : 'error', failure.message, failure.location)
  if (onFailure === 'keep' && failure.class !== 'cancelled') {
    journal.log('info', 'What is done is kept until somebody decides: go on, or take back')
    await journal.settle()
    await holdOperation(worker.core, claimed, failure, (tx) => journal.drainInto(tx))
    return 'held'
  }
  await worker.failpoint('undo.before')
  await beginUndo(worker.core, claimed, failure, async () => {})
  return undo(context, job, failure)
}

/** Why no further step begins: a person wants it to stop. */
function stopAsked({ claimed, isCancelled }: StepContext, step?: string): OperationError | undefined {
  if (!isCancelled()) return undefined
  const { attempt, error } = claimed.operation
  // The attempt before this one was ended by force, and has said where.
  if (!step && error?.class === 'cancelled') return { ...error, attempt }
  const at = step ?? error?.step
  const message = at ? `cancelled before the step ${at}` : 'cancelled'
  return { code: 'cancelled', message, class: 'cancelled', attempt, ...(at ? { step: at } : {}) }
}

/**
 * Leaves the way back to a new attempt: its fence is higher, so that it can find and end the sessions of the step that
 * would not stop, and nothing that they still do counts.
 */
async function handOver(
  { worker, claimed, journal }: StepContext,
  failure: OperationError,
): Promise<AttemptOutcome> {
  const error = { ...failure, message: `cancelled; the step ${failure.step} was ended by force` }
  journal.log('warn', error.message)
  await worker.failpoint('force.before')
  await journal.settle()
  await postponeOperation(worker.core, claimed, error, 0, (tx) => journal.drainInto(tx))
  return 'postponed'
}

/** For how long after its deadline an operation still tries to take back what it made. */
const undoPatienceMs = 900_000

const isOverdue = ({ operation }: ClaimedOperation, patienceMs = 0) =>
  operation.deadlineAt !== null && operation.deadlineAt.getTime() + patienceMs < Date.now()

/**
 * Why no further attempt is made: its time is up. Attempts whose worker died do not count against it, because the
 * worker may have died of something else; the deadline ends also what kills its workers again and again.
 */
function timeIsUp(claimed: ClaimedOperation): OperationError | undefined {
  const { attempt, error } = claimed.operation
  if (!isOverdue(claimed)) return undefined
  return { ...deadlineFailure, ...(error?.step ? { step: error.step } : {}), attempt }
}

const deadlineFailure = {
  code: '57014',
  message: 'the operation did not end before its deadline',
  class: 'permanent',
  action: 'Look in its log for what took so long, mend it, then retry.',
} as const

/** Ends it well. @returns why the registry refused, if it did: then the steps are taken back like after any failure */
async function succeed(context: StepContext, job: Job): Promise<OperationError | undefined> {
  const { worker, claimed, journal } = context
  await worker.failpoint('finish.before')
  await journal.settle()
  try {
    await succeedOperation(worker.core, claimed, context.found, async (tx) => {
      await job.succeeded(context, tx)
      await journal.drainInto(tx)
      await worker.failpoint('finish.inside')
    })
  } catch (error) {
    const failure = classifyFailure(error, { attempt: claimed.operation.attempt })
    // Without the control database nothing can be said: the lease runs out and the next attempt says it.
    if (failure.class !== 'permanent') throw error
    return failure
  }
  await worker.failpoint('finish.after')
  return undefined
}

/** @returns the failure that ended the attempt, if any */
async function runSteps(context: StepContext, job: Job): Promise<OperationError | undefined> {
  const { worker, claimed, journal, signal } = context
  for (const [index, step] of job.steps.entries()) {
    await worker.failpoint(`step.${step.name}.before`)
    const stop = stopAsked(context, step.name)
    if (stop) return stop
    const meter = emptyMeter()
    const entry = journal.step(step.name, index + 1, 'up', meter)
    const began = performance.now()
    try {
      if (signal.aborted) throw signal.reason
      entry.done(
        await observeStep(context, step.name, 'up', meter, () => unlessAborted(signal, step.up(context))),
      )
      worker.core.metrics?.stepped(claimed.operation.kind, step.name, (performance.now() - began) / 1000)
    } catch (error) {
      const cause = signal.aborted ? signal.reason : error
      const failure = classifyFailure(cause, { step: step.name, attempt: claimed.operation.attempt })
      entry.failed(failure)
      return failure
    }
    await worker.failpoint(`step.${step.name}.after`)
  }
  return undefined
}

/** Takes the steps back, last first. What cannot be reached now is tried again when the lease has run out. */
async function undo(context: StepContext, job: Job, cause: OperationError): Promise<AttemptOutcome> {
  const { worker, claimed, journal } = context
  // What cannot be closed now is closed by the steps' way back, which ends sessions first.
  await job.close?.(context).catch(() => {})
  for (const [index, step] of [...job.steps.entries()].reverse()) {
    if (!step.down) continue
    await worker.failpoint(`undo.${step.name}.before`)
    const { down } = step
    const meter = emptyMeter()
    const entry = journal.step(step.name, index + 1, 'down', meter)
    try {
      await observeStep(context, step.name, 'down', meter, () => down(context))
      entry.done()
    } catch (error) {
      const failure = classifyFailure(error, { step: step.name, attempt: claimed.operation.attempt })
      entry.failed(failure)
      if (failure.class === 'fenced') return 'fenced'
      const again = failure.class === 'retry' || failure.class === 'outage'
      if (again && !isOverdue(claimed, undoPatienceMs)) {
        journal.log('warn', `Taking back ${step.name}: ${failure.message}; trying again`)
        const delay = backoff(claimed.operation.attempt)
        await journal.settle()
        await postponeUndo(worker.core, claimed, delay, (tx) => journal.drainInto(tx))
        return 'postponed'
      }
      journal.log('error', `${step.name} could not be taken back: ${failure.message}`)
      return fail(context, job, { ...cause, undone: false }, journal)
    }
    await worker.failpoint(`undo.${step.name}.after`)
  }
  return fail(context, job, { ...cause, undone: true }, journal)
}

async function fail(
  context: StepContext,
  job: Job,
  error: OperationError,
  journal: Journal,
): Promise<AttemptOutcome> {
  const { worker, claimed } = context
  journal.log(
    'info',
    error.undone ? 'Everything it had made was taken back' : 'Leftovers remain on the cluster',
  )
  await journal.settle()
  // What could not be taken back needs somebody to look at it: that is no clean end, whoever asked for it.
  const cancelled = error.class === 'cancelled' && error.undone === true
  const finish = cancelled ? endCancelled : failOperation
  const end = (effect: Job['failed']) =>
    finish(worker.core, claimed, error, async (tx) => {
      await effect(context, tx, error)
      await journal.drainInto(tx)
      await worker.failpoint('fail.inside')
    })
  try {
    await end(job.failed)
  } catch (refusal) {
    // The registry does not take the failure's effect: the operation must end all the same, and say so.
    if (classifyFailure(refusal, { attempt: error.attempt }).class !== 'permanent') throw refusal
    worker.core.log.error(
      { err: refusal, operation: claimed.operation.id },
      'the registry refused the effect of a failure',
    )
    await end(async () => {})
  }
  return cancelled ? 'cancelled' : 'failed'
}

/** Lets go of work that hangs when the attempt is over; what it may still do on the cluster is fenced there. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })
}
