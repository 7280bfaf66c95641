import { TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { schedule } from '@tenantry/db/schema'
import { and, eq, isNull } from 'drizzle-orm'
import { refuseOlder } from '../channels/refuse-older.ts'

/** @throws TenantryError `not_found`, `version_conflict` */
export async function lockSchedule(tx: Database, scheduleId: string, ifVersion?: number) {
  const [row] = await tx
    .select()
    .from(schedule)
    .where(and(eq(schedule.id, scheduleId), isNull(schedule.removedAt)))
    .for('update')
  if (!row) {
    throw new TenantryError('not_found', `There is no schedule ${scheduleId}.`, {
      action: 'Go back to the list.',
    })
  }
  refuseOlder(row, ifVersion)
  return row
}
