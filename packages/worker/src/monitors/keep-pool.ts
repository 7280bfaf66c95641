import type { OperationKind } from '@tenantry/contracts'
import { type Duty, refillPool } from '@tenantry/core'
import type { WorkerContext } from '../worker-context.ts'

/** Keeps the warm pool at its size. Runs again soon when it has asked for something, and when it is hurried. */
export function keepPool({ core }: WorkerContext): Duty {
  return {
    name: 'keep-pool',
    everyMs: 2000,
    async run() {
      const done = await refillPool(core)
      if (done.left || done.builds || done.drops) core.log.debug(done, 'warm pool')
      return 'rest'
    },
  }
}

const changing: readonly OperationKind[] = ['tenant.claim', 'spare.build', 'spare.drop', 'template.build']

/** Whether the pool may have something to do once an operation of this kind has ended. */
export function changesPool(kind: OperationKind | undefined): boolean {
  return kind !== undefined && changing.includes(kind)
}
