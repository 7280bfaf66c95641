import { idempotencyKey, TenantryError, tenantId } from '@tenantry/contracts'
import { tenant } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { enqueueOperation, findRepeated } from '../operations/enqueue-operation.ts'
import { defineVerb } from '../run-verb.ts'

/** Gives up a tenant whose provisioning failed: sweeps its cluster for leftovers and frees its slug. */
export const discardTenant = defineVerb({
  action: 'tenant.discard',
  permission: 'tenant.discard',
  input: z.object({ idempotencyKey, tenantId }),
  async run(context, input) {
    const repeated = await findRepeated(context, input.idempotencyKey, input)
    if (repeated) return repeated
    const [row] = await context.tx.select().from(tenant).where(eq(tenant.id, input.tenantId)).for('update')
    if (!row) {
      throw new TenantryError('not_found', `There is no tenant ${input.tenantId}.`, {
        action: 'Go back to the list.',
      })
    }
    if (row.state !== 'failed') {
      throw new TenantryError(
        'unlawful_transition',
        `${row.slug} is ${row.state}; only failed tenants are discarded.`,
        {
          action: row.state === 'provisioning' ? 'Wait until its provision has ended.' : 'Nothing to do.',
        },
      )
    }
    return enqueueOperation(
      context,
      {
        kind: 'tenant.discard',
        idempotencyKey: input.idempotencyKey,
        clusterId: row.clusterId,
        tenantId: row.id,
        input: { slug: row.slug },
      },
      input,
    )
  },
})
