import { type CoreContext, FencedError, prolongLeases } from '@tenantry/core'

interface Lease {
  /** Aborted with a FencedError when the operation was taken over, with a TimeoutError at its deadline. */
  readonly signal: AbortSignal
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

/**
 * Prolongs the leases of everything this worker has in hand, together, three times within a lease's length. An
 * operation that turns out to be in other hands is let go at once.
 */
export function keepLeases(core: CoreContext, workerId: string, leaseMs: number): LeaseKeeper {
  const held = new Map<string, AbortController>()
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
        if (!mine.has(id)) held.get(id)?.abort(new FencedError(id, 0))
      }
    } catch (err) {
      core.log.warn({ err }, 'leases not prolonged')
      // Without word from the control database a lease may be over: others may have taken the work.
      if (Date.now() - lastAnswer < leaseMs) return
      for (const [id, controller] of held) controller.abort(new FencedError(id, 0))
    }
  }
  const timer = setInterval(prolong, leaseMs / 3)
  return {
    get held() {
      return held.size
    },
    hold(operationId, deadlineAt) {
      const controller = new AbortController()
      held.set(operationId, controller)
      const left = Math.min(Math.max(0, deadlineAt.getTime() - Date.now()), 2 ** 31 - 1)
      const deadline = setTimeout(
        () => controller.abort(new OperationOverdue('the operation did not end before its deadline')),
        left,
      )
      return {
        signal: controller.signal,
        release() {
          clearTimeout(deadline)
          if (held.get(operationId) === controller) held.delete(operationId)
        },
      }
    },
    stop: () => clearInterval(timer),
  }
}
