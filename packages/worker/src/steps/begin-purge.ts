import { FencedError } from '@tenantry/core'
import { tenant } from '@tenantry/db/schema'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Step } from './step.ts'
import { tenantOf } from './tenant-of.ts'

/** Says in the registry that there is no way back any more, before anything is dropped: whatever fails from here on, nobody is offered a restore. */
export const beginPurge: Step = {
  name: 'begin',
  async up({ claimed, worker }) {
    const { id, attempt } = claimed.operation
    const [begun] = await worker.core.db
      .update(tenant)
      .set({ state: 'purging', updatedAt: new Date() })
      .where(
        and(
          eq(tenant.id, tenantOf(claimed).id),
          inArray(tenant.state, ['archived', 'purging']),
          sql`exists (select from control.operation where id = ${id} and attempt = ${attempt} and state = 'running')`,
        ),
      )
      .returning({ id: tenant.id })
    if (!begun) throw new FencedError(id, attempt)
    return undefined
  },
}
