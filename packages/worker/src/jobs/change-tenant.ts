import type { TenantState } from '@tenantry/contracts'
import { tenant } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import type { Job, Step } from '../steps/step.ts'
import { tenantOf } from '../steps/tenant-of.ts'

type Change = Partial<typeof tenant.$inferInsert>

/**
 * A job on a living tenant that ends in one state, and on failure leaves it in the state it had: every step was taken
 * back.
 */
export function changeTenant(
  steps: readonly Step[],
  to: TenantState | undefined,
  change: (
    found: Readonly<Record<string, unknown>>,
    input: Readonly<Record<string, unknown>>,
  ) => Change = () => ({}),
): Job {
  return {
    steps,
    async succeeded({ claimed, found }, tx) {
      await tx
        .update(tenant)
        .set({
          ...(to ? { state: to } : {}),
          updatedAt: new Date(),
          ...change(found, claimed.operation.input),
        })
        .where(eq(tenant.id, tenantOf(claimed).id))
    },
    async failed() {},
  }
}
