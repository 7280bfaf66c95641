import { bulkSteerInput } from '@tenantry/contracts'
import { bulk, bulkItem, operation } from '@tenantry/db/schema'
import { and, asc, eq } from 'drizzle-orm'
import { cancelUndone } from '../operations/cancel-operation.ts'
import { defineVerb } from '../run-verb.ts'
import { lockBulk } from './steer-bulk.ts'

/** Gives up what has not begun: items without operation are skipped, queued children cancelled. Running ones end. */
export const cancelBulk = defineVerb({
  action: 'bulk.cancel',
  permission: 'bulk.run',
  input: bulkSteerInput,
  async run(context, { bulkId }) {
    const { tx, audit } = context
    await lockBulk(tx, bulkId, 'bulk.cancel')
    await tx.update(bulk).set({ state: 'cancelling', pauseReason: null }).where(eq(bulk.id, bulkId))
    const skipped = await tx
      .update(bulkItem)
      .set({ state: 'skipped' })
      .where(and(eq(bulkItem.bulkId, bulkId), eq(bulkItem.state, 'pending')))
    const queued = await tx
      .select()
      .from(operation)
      .where(and(eq(operation.bulkId, bulkId), eq(operation.state, 'queued')))
      .orderBy(asc(operation.id))
      .for('update')
    for (const child of queued) await cancelUndone(context, child)
    audit({
      target: { kind: 'bulk', id: bulkId },
      after: { skipped: skipped.rowCount ?? 0, cancelled: queued.length },
    })
    return { bulkId, state: 'cancelling' as const, cancelled: queued.length }
  },
})
