import { setPoolInput, TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { cluster, poolPolicy, template } from '@tenantry/db/schema'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'

/**
 * Says how many ready schemas of a template wait on a cluster, or on every cluster that has no size of its own. The
 * refill does the rest: it builds what is missing and drops what is too much.
 */
export const setPool = defineVerb({
  action: 'pool.set',
  permission: 'pool.write',
  input: setPoolInput,
  async run({ tx, actor, audit }, { templateId, clusterId, size }) {
    await requireKnown(tx, templateId, clusterId)
    // One after the other, also for a size that nobody has set yet.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtext(${`tenantry.pool.${templateId}.${clusterId ?? 'all'}`}))`,
    )
    const which = and(
      eq(poolPolicy.templateId, templateId),
      clusterId ? eq(poolPolicy.clusterId, clusterId) : isNull(poolPolicy.clusterId),
    )
    const [before] = await tx.select({ size: poolPolicy.size }).from(poolPolicy).where(which)
    if (size === null) {
      await tx.delete(poolPolicy).where(which)
    } else {
      const change = { size, setBy: actor.userId, setAt: new Date() }
      if (before) await tx.update(poolPolicy).set(change).where(which)
      else await tx.insert(poolPolicy).values({ templateId, clusterId, ...change })
    }
    audit({
      target: { kind: 'template', id: templateId },
      before: { clusterId, size: before?.size ?? null },
      after: { clusterId, size },
    })
    return { templateId, clusterId, size }
  },
})

async function requireKnown(tx: Database, templateId: string, clusterId: string | null): Promise<void> {
  const [foundTemplate] = await tx
    .select({ id: template.id })
    .from(template)
    .where(eq(template.id, templateId))
  if (!foundTemplate) {
    throw new TenantryError('not_found', `There is no template ${templateId}.`, {
      field: 'templateId',
      action: 'Choose one of the templates in the list.',
    })
  }
  if (!clusterId) return
  const [found] = await tx
    .select({ name: cluster.name, state: cluster.state })
    .from(cluster)
    .where(eq(cluster.id, clusterId))
  if (!found || found.state === 'detached') {
    throw new TenantryError(
      'not_found',
      found ? `Cluster ${found.name} is detached.` : `There is no cluster ${clusterId}.`,
      { field: 'clusterId', action: 'Choose one of the clusters in the list.' },
    )
  }
}
