import { type CoreContext, FencedError, prolongLeases, readCancelRequests } from '@tenantry/core'

interface Lease {
  /**
   * Aborted with a FencedError when the operation was taken over, with OperationOverdue at its deadline, with
   * OperationForced when a person wants it to stop and its grace is over.
   */
  readonly signal: AbortSignal
  /** Whether a person wants it to stop before its next step. */
  isCancelled(): boolean
  release(): void
}

export interface LeaseKeeper {
  hold(operationId: string, deadlineAt: Date): Lease
  /** How many operations are in hand. */
  readonly held: number
  stop(): void
}

/** What an operation that ran into its deadline ends with. */
class OperationOverdue extends Error {
  readonly code = '57014'
  readonly action = 'Look in its log for what took so long, mend it, then retry.'
}

/** The step in hand did not end within the grace that the person who cancelled has given. */
export class OperationForced extends Error {
  override readonly name = 'OperationForced'
}

interface Held {
  readonly controller: AbortController
  /** Set once somebody wants it to stop: its grace. */
  grace?: NodeJS.Timeout
}

/** Milliseconds between two looks whether somebody wants what is in hand to stop. */
const lookMs = 300

/**
 * Prolongs the leases of everything this worker has in hand, together, three times within a lease's length, and looks
 * more often than that whether somebody wants one of them to stop. An operation that turns out to be in other hands is
 * let go at once.
 */
export function keepLeases(core: CoreContext, workerId: string, leaseMs: number): LeaseKeeper {
  const held = new Map<string, Held>()
  let lastAnswer = Date.now()
  const prolong = async () => {
    const ids = [...held.keys()]
    if (!ids.length) {
      lastAnswer = Date.now()
      return
    }
    try {
      const mine = new Set(await prolongLeases(core, workerId, ids, leaseMs))
      lastAnswer = Date.now()
      for (const id of ids) {
        if (!mine.has(id)) held.get(id)?.controller.abort(new FencedError(id, 0))
      }
    } catch (err) {
      core.log.warn({ err }, 'leases not prolonged')
      // Without word from the control database a lease may be over: others may have taken the work.
      if (Date.now() - lastAnswer < leaseMs) return
      for (const [id, { controller }] of held) controller.abort(new FencedError(id, 0))
    }
  }
  let looking = false
  const lookForCancels = async () => {
    const ids = [...held.keys()]
    if (looking || !ids.length) return
    looking = true
    try {
      for (const { id, forceInMs } of await readCancelRequests(core, ids)) heed(id, forceInMs)
    } catch (err) {
      core.log.debug({ err }, 'no word on whether to cancel')
    } finally {
      looking = false
    }
  }
  /** Heard again and again while the grace lasts: whoever asks a second time may have made it shorter. */
  const heed = (id: string, forceInMs: number) => {
    const entry = held.get(id)
    if (!entry) return
    clearTimeout(entry.grace)
    entry.grace = setTimeout(
      () => entry.controller.abort(new OperationForced('the step did not end within its grace')),
      forceInMs,
    )
  }
  const timer = setInterval(prolong, leaseMs / 3)
  const looks = setInterval(lookForCancels, lookMs)
  return {
    get held() {
      return held.size
    },
    hold(operationId, deadlineAt) {
      const controller = new AbortController()
      const entry: Held = { controller }
      held.set(operationId, entry)
      const left = Math.min(Math.max(0, deadlineAt.getTime() - Date.now()), 2 ** 31 - 1)
      const deadline = setTimeout(
        () => controller.abort(new OperationOverdue('the operation did not end before its deadline')),
        left,
      )
      return {
        signal: controller.signal,
        isCancelled: () => entry.grace !== undefined,
        release() {
          clearTimeout(deadline)
          clearTimeout(entry.grace)
          if (held.get(operationId) === entry) held.delete(operationId)
        },
      }
    },
    stop() {
      clearInterval(timer)
      clearInterval(looks)
    },
  }
}
