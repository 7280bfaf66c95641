import type { OperationKind } from '@tenantry/contracts'
import { burstMs, type Duty, refillPool } from '@tenantry/core'
import type { WorkerContext } from '../worker-context.ts'

/** Keeps the warm pool at its size; hurried whenever an operation that changes it has ended. */
export function keepPool({ core }: WorkerContext): Duty {
  return {
    name: 'keep-pool',
    everyMs: 1000,
    async run() {
      const done = await refillPool(core)
      if (done.left || done.builds || done.drops) core.log.debug(done, 'warm pool')
      return done.heldBack ? burstMs : 'rest'
    },
  }
}

const changing: readonly OperationKind[] = ['tenant.claim', 'spare.build', 'spare.drop', 'template.build']

/** Whether the pool may have something to do once an operation of this kind has ended. */
export function changesPool(kind: OperationKind | undefined): boolean {
  return kind !== undefined && changing.includes(kind)
}
