import { type OperationKind, type TenantAction, TenantryError, whyNot } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { tenant } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { type Enqueued, enqueueOperation, findRepeated } from '../operations/enqueue-operation.ts'
import type { VerbContext } from '../run-verb.ts'

export type TenantRow = typeof tenant.$inferSelect

interface TenantRequest {
  readonly idempotencyKey: string
  readonly tenantId: string
}

/** The tenant, locked until the transaction ends. @throws TenantryError `not_found` */
export async function lockTenant(tx: Database, id: string): Promise<TenantRow> {
  const [row] = await tx.select().from(tenant).where(eq(tenant.id, id)).for('update')
  if (row) return row
  throw new TenantryError('not_found', `There is no tenant ${id}.`, { action: 'Go back to the list.' })
}

/** @throws TenantryError `unlawful_transition` with the reason that the buttons show */
export function requireLawful(action: TenantAction, row: TenantRow): void {
  const reason = whyNot(action, row.state)
  if (!reason) return
  throw new TenantryError('unlawful_transition', `${row.slug}: ${reason}`, {
    action: 'Reload: its state may have changed since you looked.',
  })
}

/** @throws TenantryError `invalid_input` when the slug that was typed is another one's */
export function requireSlug(row: TenantRow, typed: string): void {
  if (typed === row.slug) return
  throw new TenantryError('invalid_input', `“${typed}” is not the slug of this tenant.`, {
    field: 'confirmSlug',
    action: `Type ${row.slug} to confirm.`,
  })
}

/**
 * Asks for an operation on a living tenant: the same request once, lawful in its state, then the queue.
 * @param prepare checks what else must hold, and says what the steps need to know
 */
export async function requestOnTenant<Input extends TenantRequest>(
  context: VerbContext,
  kind: OperationKind & TenantAction,
  input: Input,
  prepare: (row: TenantRow) => Record<string, unknown> | Promise<Record<string, unknown>> = () => ({}),
): Promise<Enqueued> {
  const repeated = await findRepeated(context, input.idempotencyKey, input)
  if (repeated) return repeated
  const row = await lockTenant(context.tx, input.tenantId)
  requireLawful(kind, row)
  return enqueueOperation(
    context,
    {
      kind,
      idempotencyKey: input.idempotencyKey,
      clusterId: row.clusterId,
      tenantId: row.id,
      templateId: row.templateId,
      input: { slug: row.slug, templateVersion: row.templateVersion, ...(await prepare(row)) },
    },
    input,
  )
}
