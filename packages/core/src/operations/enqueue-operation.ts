import { createHash } from 'node:crypto'
import {
  bulkPriority,
  maxAttempts,
  type OnFailure,
  type OperationKind,
  operationPriority,
  TenantryError,
} from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { operation } from '@tenantry/db/schema'
import { and, eq, sql } from 'drizzle-orm'
import type { VerbContext } from '../run-verb.ts'
import { traceParent } from '../tracing/spans.ts'

export interface OperationRequest {
  readonly kind: OperationKind
  readonly idempotencyKey: string
  readonly clusterId: string
  readonly tenantId?: string
  /** Read from and held meanwhile. */
  readonly sourceId?: string
  /** In place of a tenant. */
  readonly spareId?: string
  readonly templateId?: string
  /** What the steps need to know. */
  readonly input?: Record<string, unknown>
  readonly retryOf?: string
  /** Seconds from its first claim until it must have ended, however often tried; 15 minutes when left out. */
  readonly deadlineSeconds?: number
  /** What happens to finished steps when one fails for good; taken back when left out. */
  readonly onFailure?: OnFailure | undefined
}

export interface Enqueued {
  readonly operationId: string
  readonly tenantId: string | null
  readonly templateId: string | null
  /** True when the same request had been made before: nothing new was done. */
  readonly repeated: boolean
}

/**
 * The operation that an earlier, equal request has made. Ask before changing anything.
 * @param request everything that makes two requests equal
 * @throws TenantryError `idempotency_mismatch` when the key came with another request
 */
export async function findRepeated(
  { tx, actor, bulkId }: VerbContext,
  idempotencyKey: string,
  request: unknown,
): Promise<Enqueued | undefined> {
  // A child's item says whether it was requested, under the lock of its bulk: nothing to look for.
  if (bulkId) return undefined
  // Two equal requests at once: the second waits here and then finds the operation of the first.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${actor.userId + idempotencyKey}, 0))`)
  const [found] = await tx
    .select({
      id: operation.id,
      tenantId: operation.tenantId,
      templateId: operation.templateId,
      requestHash: operation.requestHash,
    })
    .from(operation)
    .where(and(eq(operation.requestedBy, actor.userId), eq(operation.idempotencyKey, idempotencyKey)))
  if (!found) return undefined
  if (found.requestHash !== requestHashOf(request)) {
    throw new TenantryError('idempotency_mismatch', 'This idempotency key was used for another request.', {
      field: 'idempotencyKey',
      action: 'Send a new key with a new request.',
    })
  }
  return { operationId: found.id, tenantId: found.tenantId, templateId: found.templateId, repeated: true }
}

/** Records the operation, wakes a worker and writes the `requested` audit row, all in the verb's transaction. */
export async function enqueueOperation(
  context: VerbContext,
  request: OperationRequest,
  original: unknown,
): Promise<Enqueued> {
  const { tx, actor, core, bulkId } = context
  const id = newId('op')
  const priority = operationPriority[request.kind] + (bulkId ? bulkPriority : 0)
  await tx.insert(operation).values({
    id,
    kind: request.kind,
    tenantId: request.tenantId ?? null,
    sourceId: request.sourceId ?? null,
    spareId: request.spareId ?? null,
    bulkId: bulkId ?? null,
    templateId: request.templateId ?? null,
    clusterId: request.clusterId,
    input: request.input ?? {},
    priority,
    maxAttempts,
    deadlineSeconds: request.deadlineSeconds ?? 900,
    onFailure: request.onFailure ?? 'undo',
    requestedBy: actor.userId,
    requestId: actor.requestId ?? null,
    traceParent: traceParent(),
    idempotencyKey: request.idempotencyKey,
    requestHash: requestHashOf(original),
    retryOf: request.retryOf ?? null,
  })
  await core.queue.wake(tx, { operationId: id, clusterId: request.clusterId, priority })
  context.audit({
    action: request.kind,
    outcome: 'requested',
    operationId: id,
    ...(request.tenantId
      ? { tenantId: request.tenantId, target: { kind: 'tenant', id: request.tenantId } }
      : request.templateId
        ? { target: { kind: 'template', id: request.templateId } }
        : {}),
    after: request.input ?? {},
  })
  return {
    operationId: id,
    tenantId: request.tenantId ?? null,
    templateId: request.templateId ?? null,
    repeated: false,
  }
}

/** Equal for equal requests, in whatever order their keys came. */
export function requestHashOf(request: unknown): string {
  const sorted = JSON.stringify(request, (_, value) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  return createHash('sha256').update(sorted).digest('hex')
}
