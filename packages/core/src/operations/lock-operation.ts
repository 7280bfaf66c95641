import { TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { operation } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'

export type OperationRow = typeof operation.$inferSelect

/** The operation, locked until the transaction ends: no worker claims or ends it meanwhile. @throws `not_found` */
export async function lockOperation(tx: Database, id: string): Promise<OperationRow> {
  const [row] = await tx.select().from(operation).where(eq(operation.id, id)).for('update')
  if (row) return row
  throw new TenantryError('not_found', `There is no operation ${id}.`, { action: 'Go back to the list.' })
}

/** @throws TenantryError `unlawful_transition` when a reason is given: the one that the buttons show */
export function refuseFor(reason: string | undefined, row: OperationRow): void {
  if (!reason) return
  throw new TenantryError('unlawful_transition', reason, {
    action: 'Reload: its state may have changed since you looked.',
    operationId: row.id,
    state: row.state,
  })
}

/** Where the audit log puts what is done to an operation. */
export function chainOf({ id, tenantId }: OperationRow) {
  return { target: { kind: 'operation', id }, ...(tenantId ? { tenantId } : {}) }
}
