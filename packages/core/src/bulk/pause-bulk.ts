import { bulkSteerInput } from '@tenantry/contracts'
import { bulk } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockBulk } from './steer-bulk.ts'

/** Stops requesting further children; those in flight end. */
export const pauseBulk = defineVerb({
  action: 'bulk.pause',
  permission: 'bulk.run',
  input: bulkSteerInput,
  async run({ tx, audit }, { bulkId }) {
    await lockBulk(tx, bulkId, 'bulk.pause')
    await tx.update(bulk).set({ state: 'paused' }).where(eq(bulk.id, bulkId))
    audit({ target: { kind: 'bulk', id: bulkId } })
    return { bulkId, state: 'paused' as const }
  },
})
