import type { Database } from '@tenantry/db'
import { systemActor } from '../actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { CoreContext } from '../core-context.ts'
import { type Enqueued, enqueueOperation, type OperationRequest } from './enqueue-operation.ts'

/**
 * Asks for an operation in Tenantry's own name, in a transaction that does something else: what follows from the end of
 * another operation. Operation, job and audit row commit with it.
 */
export async function enqueueBySystem(
  core: CoreContext,
  tx: Database,
  request: OperationRequest,
): Promise<Enqueued> {
  const entries: Parameters<typeof appendAudit>[2][] = []
  const enqueued = await enqueueOperation(
    {
      tx,
      core,
      actor: systemActor,
      audit: (entry) => entries.push({ action: request.kind, outcome: 'requested', ...entry }),
    },
    request,
    request,
  )
  for (const entry of entries) await appendAudit(tx, systemActor, entry)
  return enqueued
}
