import { removeAlertSourceInput, TenantryError } from '@tenantry/contracts'
import { alertSource } from '@tenantry/db/schema'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'

/** Lets nothing more of it in. What it has reported stays until somebody resolves it there, or forgets it here. */
export const removeAlertSource = defineVerb({
  action: 'source.remove',
  permission: 'channel.write',
  input: removeAlertSourceInput,
  async run({ tx, audit }, { sourceId }) {
    const [gone] = await tx
      .update(alertSource)
      .set({ removedAt: sql`now()` })
      .where(and(eq(alertSource.id, sourceId), isNull(alertSource.removedAt)))
      .returning()
    if (!gone) {
      throw new TenantryError('not_found', `There is no source ${sourceId}.`, {
        action: 'Go back to the list.',
      })
    }
    audit({ target: { kind: 'source', id: sourceId }, before: { name: gone.name } })
    return { sourceId }
  },
})
