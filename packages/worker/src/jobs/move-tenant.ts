import { enqueueBySystem } from '@tenantry/core'
import { operation, spare, tenant } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { data } from '../steps/copy/data.ts'
import { placeCopy } from '../steps/copy/place.ts'
import { sourceOf } from '../steps/copy/source-of.ts'
import { structure } from '../steps/copy/structure.ts'
import { verifyCopy } from '../steps/copy/verify.ts'
import { closeGuardedScripts } from '../steps/guarded-scripts.ts'
import { closeSource } from '../steps/move/close.ts'
import { handOverLogins } from '../steps/move/hand-over-logins.ts'
import { movedRoles } from '../steps/provision/roles.ts'
import { schema } from '../steps/provision/schema.ts'
import type { Job, Step } from '../steps/step.ts'
import { tenantOf } from '../steps/tenant-of.ts'

/**
 * Brings a tenant to another cluster, closed all the while. The registry says where it is only in the transaction that
 * ends the move; in the same one its old schema becomes a spare that is to be dropped, and the tenant, if it was open,
 * is to be resumed. It opens by that resume and not by a step: what a step opened, a way back would have to close again,
 * with all that the product had written meanwhile.
 */
export const moveTenantJob: Job = {
  steps: [
    placeCopy,
    closeSource,
    ...[movedRoles, schema].map(elsewhere),
    structure,
    data,
    verifyCopy,
    handOverLogins,
  ],
  async succeeded({ worker: { core }, claimed, found }, tx) {
    const row = tenantOf(claimed)
    const { operation: move, cluster } = claimed
    const from = sourceOf(claimed).cluster
    await tx
      .update(tenant)
      .set({
        clusterId: cluster.id,
        placementReason: String(move.input.placement),
        fingerprint: String(found.fingerprint),
        state: 'suspended',
        updatedAt: new Date(),
      })
      .where(eq(tenant.id, row.id))
    const left = {
      origin: 'moved',
      state: 'left',
      clusterId: from.id,
      schemaName: row.schemaName,
      templateId: row.templateId,
      templateVersion: row.templateVersion,
      fence: move.fence,
    } as const
    // A tenant that came from the pool or was moved before has a row of a time that is over.
    await tx.update(operation).set({ spareId: null }).where(eq(operation.spareId, row.id))
    await tx.delete(spare).where(eq(spare.id, row.id))
    await tx.insert(spare).values({ id: row.id, ...left })
    const of = { slug: row.slug, templateVersion: row.templateVersion, movedBy: move.id }
    await enqueueBySystem(core, tx, {
      kind: 'spare.drop',
      idempotencyKey: `after ${move.id}: drop`,
      clusterId: from.id,
      spareId: row.id,
      templateId: row.templateId,
      input: { ...of, schema: row.schemaName },
    })
    if (row.state === 'suspended') return
    await enqueueBySystem(core, tx, {
      kind: 'tenant.resume',
      idempotencyKey: `after ${move.id}: resume`,
      clusterId: cluster.id,
      tenantId: row.id,
      templateId: row.templateId,
      input: of,
    })
  },
  // Every step was taken back: it is where it was, as it was.
  async failed() {},
  close: closeGuardedScripts,
}

/** Its way back drops what is at the target, so it must never be walked where the tenant lives. */
function elsewhere(step: Step): Step {
  return {
    ...step,
    async down(context) {
      if (sourceOf(context.claimed).cluster.id === context.claimed.cluster.id) return
      await step.down?.(context)
    },
  }
}
