import { normaliseError, type TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { bulkItem } from '@tenantry/db/schema'
import { and, eq } from 'drizzle-orm'
import type { Actor } from '../actor.ts'
import type { AuditEntry } from '../audit/append-audit.ts'
import type { CoreContext } from '../core-context.ts'
import { toTenantryError } from '../to-tenantry-error.ts'
import type { Child } from './as-child.ts'
import { requestChild } from './request-child.ts'

/** How often an item is put off because its tenant is busy: about eight minutes. */
const mostTries = 20

export interface ItemAnswer {
  readonly entries: readonly AuditEntry[]
  /** Why the whole bulk should stop here; the item stays pending. */
  readonly pauseReason?: string
}

/**
 * Requests one item behind a savepoint and writes down what came of it: its operation, its refusal, or that its tenant
 * is busy and it shall be tried later.
 * @throws what concerns the transaction and not the item, such as a lost connection
 */
export async function requestItem(
  core: CoreContext,
  tx: Database,
  requester: Actor,
  child: Child,
): Promise<ItemAnswer> {
  const { item, slug } = child
  const note = (change: Partial<typeof bulkItem.$inferInsert>) =>
    tx
      .update(bulkItem)
      .set(change)
      .where(and(eq(bulkItem.bulkId, item.bulkId), eq(bulkItem.ordinal, item.ordinal)))
  try {
    const { enqueued, entries } = await tx.transaction((inner) => requestChild(core, requester, inner, child))
    await note({
      state: 'requested',
      operationId: enqueued.operationId,
      tenantId: enqueued.tenantId,
      dueAt: null,
    })
    return { entries }
  } catch (error) {
    const refusal = toTenantryError(error)
    if (isPassing(error, refusal)) throw error
    if (refusal.code === 'tenant_busy' && item.tries < mostTries) {
      await note({
        tries: item.tries + 1,
        dueAt: new Date(Date.now() + Math.min(30_000, 500 * 2 ** item.tries)),
      })
      return { entries: [] }
    }
    // Without a cluster that takes tenants the next item would fare no better.
    if (refusal.code === 'no_cluster' && !item.input.clusterId) {
      return { entries: [], pauseReason: refusal.message }
    }
    if (refusal.code === 'internal') {
      core.log.error(
        { err: error, bulk: item.bulkId, ordinal: item.ordinal },
        'a child could not be requested',
      )
    }
    await note({ state: 'refused', refusal: describe(refusal, [slug ?? String(item.input.slug ?? '')]) })
    return { entries: [] }
  }
}

/** Lock faults end the transaction's turn, not the item's. */
function isPassing(error: unknown, refusal: TenantryError): boolean {
  if (refusal.code === 'control_database_unavailable') return true
  let cause = error
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause
  return /^(40...|55P03|57014)$/.test((cause as { code?: string } | undefined)?.code ?? '')
}

function describe({ code, message, detail }: TenantryError, names: readonly string[]) {
  return {
    code,
    message,
    ...(detail.action ? { action: detail.action } : {}),
    ...(detail.field ? { field: detail.field } : {}),
    group: normaliseError({ code, message }, names),
  }
}
