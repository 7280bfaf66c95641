import { bulkSteerInput } from '@tenantry/contracts'
import { bulk } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockBulk } from './steer-bulk.ts'

/** Lets a paused bulk go on, still in the name of whoever started it. */
export const resumeBulk = defineVerb({
  action: 'bulk.resume',
  permission: 'bulk.run',
  input: bulkSteerInput,
  async run({ tx, audit }, { bulkId }) {
    await lockBulk(tx, bulkId, 'bulk.resume')
    await tx.update(bulk).set({ state: 'running', pauseReason: null }).where(eq(bulk.id, bulkId))
    audit({ target: { kind: 'bulk', id: bulkId } })
    return { bulkId, state: 'running' as const }
  },
})
