import {
  bulkPermission,
  bulkRetryInput,
  type Permission,
  TenantryError,
  unhappyOutcomes,
} from '@tenantry/contracts'
import { bulk } from '@tenantry/db/schema'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { type BulkItemRequest, findRepeatedBulk, insertBulk } from './insert-bulk.ts'
import { lockBulk } from './steer-bulk.ts'

/**
 * Does again what of an ended bulk did not succeed, as a new bulk that names the old one: failed and cancelled
 * operations are retried, items that never became one are requested anew. What others have mended meanwhile is left out.
 */
export const retryBulk = defineVerb({
  action: 'bulk.retry',
  permission: 'bulk.run',
  input: bulkRetryInput,
  async alsoNeeds({ db }, { bulkId }): Promise<Permission[]> {
    const [row] = await db.select({ kind: bulk.kind }).from(bulk).where(eq(bulk.id, bulkId))
    return row ? ['operation.retry', bulkPermission[row.kind]] : []
  },
  async run(context, input) {
    const repeated = await findRepeatedBulk(context, input.idempotencyKey, input)
    if (repeated) return repeated
    const { tx } = context
    const old = await lockBulk(tx, input.bulkId, 'bulk.retry')
    const [running] = await tx
      .select({ id: bulk.id })
      .from(bulk)
      .where(and(eq(bulk.retryOf, old.id), isNull(bulk.finishedAt)))
    if (running) {
      throw new TenantryError('unlawful_transition', 'It is being retried already.', {
        bulkId: running.id,
        action: 'Wait until that retry has ended.',
      })
    }
    // A tenant that has succeeded since, or is being worked on, is nothing to retry.
    const { rows } = await tx.execute<{
      ordinal: number
      tenantId: string | null
      input: object
      retryOf: string | null
    }>(sql`
      select i.ordinal, i.tenant_id as "tenantId", i.input, coalesce(i.operation_id, i.retry_of) as "retryOf"
      from control.bulk_item i left join control.operation o on o.id = i.operation_id
      where i.bulk_id = ${old.id} and not i.is_wrong_row
        and (case i.state when 'requested' then o.state else i.state end) = any (${sql.param([...unhappyOutcomes])})
        and (${input.group ?? null}::text is null
          or coalesce(o.error ->> 'group', i.refusal ->> 'group') = ${input.group ?? null})
        and not exists (select from control.operation later where later.tenant_id = i.tenant_id
          and later.created_at > coalesce(o.created_at, ${old.finishedAt?.toISOString()}::timestamptz)
          and later.state not in ('failed', 'cancelled'))
      order by i.ordinal`)
    if (!rows.length) {
      throw new TenantryError('unlawful_transition', 'Nothing of it is left to retry.', {
        action:
          'Look at its items: what failed has been done since, or is mended in the file and imported again.',
      })
    }
    return insertBulk(
      context,
      {
        kind: old.kind,
        idempotencyKey: input.idempotencyKey,
        reason: old.reason,
        window: old.window,
        input: old.input,
        retryOf: old.id,
      },
      rows.map(
        ({ ordinal, tenantId, retryOf, ...row }): BulkItemRequest => ({
          ordinal,
          input: row.input as Record<string, unknown>,
          ...(tenantId ? { tenantId } : {}),
          ...(retryOf ? { retryOf } : {}),
        }),
      ),
      input,
    )
  },
})
