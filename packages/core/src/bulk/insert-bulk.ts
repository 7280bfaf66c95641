import { type BulkKind, TenantryError } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { type BulkRefusal, bulk, cluster } from '@tenantry/db/schema'
import { and, eq, ne, sql } from 'drizzle-orm'
import { requestHashOf } from '../operations/enqueue-operation.ts'
import type { VerbContext } from '../run-verb.ts'

export interface BulkRequest {
  readonly kind: BulkKind
  readonly idempotencyKey: string
  readonly reason: string
  readonly filter?: Record<string, unknown>
  /** What every child's request holds. */
  readonly input?: Record<string, unknown>
  readonly window?: number | undefined
  readonly retryOf?: string
}

/** What one child is asked for, or why it is not. */
export interface BulkItemRequest {
  /** Its place; in an import the row's number. */
  readonly ordinal: number
  readonly tenantId?: string
  readonly input?: Record<string, unknown>
  /** Of a row that is wrong from the beginning. */
  readonly refusal?: BulkRefusal
  readonly retryOf?: string
}

export interface StartedBulk {
  readonly bulkId: string
  readonly total: number
  /** True when the same request had been made before: nothing new was done. */
  readonly repeated: boolean
}

/**
 * The bulk that an earlier, equal request has made. Ask before anything else.
 * @throws TenantryError `idempotency_mismatch` when the key came with another request
 */
export async function findRepeatedBulk(
  { tx, actor }: VerbContext,
  idempotencyKey: string,
  request: unknown,
): Promise<StartedBulk | undefined> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`bulk ${actor.userId}${idempotencyKey}`}, 0))`,
  )
  const [found] = await tx
    .select({ id: bulk.id, total: bulk.total, requestHash: bulk.requestHash })
    .from(bulk)
    .where(and(eq(bulk.requestedBy, actor.userId), eq(bulk.idempotencyKey, idempotencyKey)))
  if (!found) return undefined
  if (found.requestHash !== requestHashOf(request)) {
    throw new TenantryError('idempotency_mismatch', 'This idempotency key was used for another request.', {
      field: 'idempotencyKey',
      action: 'Send a new key with a new request.',
    })
  }
  return { bulkId: found.id, total: found.total, repeated: true }
}

/** Records a bulk with all its items, in two statements whatever their number, and the `requested` audit row. */
export async function insertBulk(
  { tx, actor, audit }: VerbContext,
  request: BulkRequest,
  items: readonly BulkItemRequest[],
  original: unknown,
): Promise<StartedBulk> {
  const id = newId('bk')
  const { kind, reason, filter, input = {}, retryOf, idempotencyKey } = request
  await tx.insert(bulk).values({
    id,
    kind,
    filter: filter ?? null,
    input,
    reason,
    total: items.length,
    window: request.window ?? sql`${defaultWindow}`,
    requestedBy: actor.userId,
    requestId: actor.requestId ?? null,
    idempotencyKey,
    requestHash: requestHashOf(original),
    retryOf: retryOf ?? null,
  })
  await tx.execute(sql`
    insert into control.bulk_item (bulk_id, ordinal, state, tenant_id, input, refusal, is_wrong_row, retry_of)
    select ${id}, ordinal, case when refusal is null then 'pending' else 'refused' end,
      "tenantId", coalesce(input, '{}'), refusal, refusal is not null, "retryOf"
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
      as item(ordinal int, "tenantId" text, input jsonb, refusal jsonb, "retryOf" text)`)
  audit({
    outcome: 'requested',
    target: { kind: 'bulk', id },
    after: {
      kind,
      reason,
      ...input,
      total: items.length,
      ...(filter ? { filter } : {}),
      ...(retryOf ? { retryOf } : {}),
    },
  })
  return { bulkId: id, total: items.length, repeated: false }
}

/** Enough that no worker waits for the next child to be requested, and few enough that a pause is felt at once. */
const defaultWindow = sql`(select least(500, greatest(16, 4 * coalesce(sum(${cluster.maxConcurrency}), 0)))::int
  from ${cluster} where ${ne(cluster.state, 'detached')})`
