import type { Database } from '@tenantry/db'
import { alertRule, alertSource, escalationPolicy, type incident } from '@tenantry/db/schema'
import { and, eq, isNull } from 'drizzle-orm'

/** Who is told of an incident: by its rule's policy or its source's, else by the default; undefined: nobody says. */
export async function policyOf(tx: Database, row: typeof incident.$inferSelect) {
  const [named] = row.ruleId
    ? await tx.select({ id: alertRule.policyId }).from(alertRule).where(eq(alertRule.id, row.ruleId))
    : row.source
      ? await tx.select({ id: alertSource.policyId }).from(alertSource).where(eq(alertSource.id, row.source))
      : []
  if (named?.id) {
    const [own] = await tx
      .select()
      .from(escalationPolicy)
      .where(and(eq(escalationPolicy.id, named.id), isNull(escalationPolicy.removedAt)))
    if (own) return own
  }
  const [common] = await tx.select().from(escalationPolicy).where(eq(escalationPolicy.isDefault, true))
  return common
}
