import { lockBudget } from '@tenantry/contracts'
import type { StepContext } from './step.ts'

/** How many locks one transaction of this operation may take on its cluster. */
export function lockBudgetOf({ claimed }: StepContext): number {
  const { capacity, maxConcurrency } = claimed.cluster
  return lockBudget(capacity?.maxLocks, maxConcurrency)
}
