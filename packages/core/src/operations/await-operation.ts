import { setTimeout as delay } from 'node:timers/promises'
import { isFinal, type OperationState } from '@tenantry/contracts'
import { operation } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'

/**
 * Waits until an operation has ended.
 * @returns its final state, or undefined when `signal` was aborted first or there is no such operation
 */
export async function awaitOperation(
  core: CoreContext,
  operationId: string,
  signal?: AbortSignal,
): Promise<OperationState | undefined> {
  while (!signal?.aborted) {
    const [row] = await core.db
      .select({ state: operation.state })
      .from(operation)
      .where(eq(operation.id, operationId))
    if (!row) return undefined
    if (isFinal(row.state)) return row.state
    await delay(50, undefined, signal ? { signal } : {}).catch(() => {})
  }
  return undefined
}
