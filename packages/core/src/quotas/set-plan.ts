import { setPlanInput, TenantryError } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { plan, quota } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockPlan } from './lock-plan.ts'

/** Makes a plan or changes one, with all of its limits: what is not named has none, so that the fleet's default holds. */
export const setPlan = defineVerb({
  action: 'plan.set',
  permission: 'quota.write',
  input: setPlanInput,
  async run({ tx, actor, audit }, { planId, ifVersion, name, description, limits }) {
    const before = planId ? await lockPlan(tx, planId) : undefined
    if (before && before.rowVersion !== ifVersion) {
      throw new TenantryError(
        'version_conflict',
        `The plan ${before.name} was changed by somebody else since you opened it.`,
        {
          action: 'Look at the new limits, then make your change again.',
          current: { name: before.name, description: before.description },
          rowVersion: before.rowVersion,
        },
      )
    }
    const id = planId ?? newId('pl')
    const limitsBefore = before ? await limitsOf(tx, id) : undefined
    const values = { name, description }
    const [after] = before
      ? await tx.update(plan).set(values).where(eq(plan.id, id)).returning()
      : await tx
          .insert(plan)
          .values({ id, ...values })
          .returning()
    await tx.delete(quota).where(eq(quota.planId, id))
    const rows = limits.flatMap(({ resource, limit, graceSeconds }) =>
      limit === null ? [] : [{ planId: id, resource, limit, graceSeconds, setBy: actor.userId }],
    )
    if (rows.length) await tx.insert(quota).values(rows)
    audit({
      target: { kind: 'plan', id },
      ...(before
        ? { before: { name: before.name, description: before.description, limits: limitsBefore } }
        : {}),
      after: { ...values, limits: await limitsOf(tx, id) },
    })
    return { planId: id, rowVersion: after?.rowVersion ?? 1 }
  },
})

async function limitsOf(tx: Database, planId: string) {
  const rows = await tx
    .select({ resource: quota.resource, limit: quota.limit, graceSeconds: quota.graceSeconds })
    .from(quota)
    .where(eq(quota.planId, planId))
    .orderBy(quota.resource)
  return Object.fromEntries(
    rows.map(({ resource, limit, graceSeconds }) => [
      resource,
      graceSeconds ? { limit, graceSeconds } : { limit },
    ]),
  )
}
