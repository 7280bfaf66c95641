import type { QuotaResource } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { bigint, check, text, unique } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'
import { tenant } from './tenant.ts'
import { user } from './user.ts'

/** A limit: the fleet's default where `tenantId` is null, else one tenant's override. */
export const quota = control.table(
  'quota',
  {
    tenantId: text('tenant_id').references(() => tenant.id),
    resource: text().notNull().$type<QuotaResource>(),
    /** In the resource's unit. */
    limit: bigint({ mode: 'number' }).notNull(),
    setBy: text('set_by')
      .notNull()
      .references(() => user.id),
    setAt: at('set_at').notNull().defaultNow(),
  },
  (t) => [
    unique('quota_is_one_per_tenant_and_resource').on(t.tenantId, t.resource).nullsNotDistinct(),
    check('quota_limit_is_not_negative', sql`${t.limit} >= 0`),
    check(
      'quota_resource_is_known',
      sql`${t.resource} in ('storage_bytes', 'relations', 'connections', 'temp_bytes')`,
    ),
  ],
)
