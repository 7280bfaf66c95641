import { z } from 'zod'
import { operationId } from '../identifiers.ts'

/** All that travels through the queue: which operation to look at. The operation's row is the truth. */
export const operationJob = z.object({ operationId })
export type OperationJob = z.infer<typeof operationJob>

/** One queue per cluster, so that a slow cluster holds up nobody else. */
export function queueOf(clusterId: string): string {
  return `operations-${clusterId}`
}
