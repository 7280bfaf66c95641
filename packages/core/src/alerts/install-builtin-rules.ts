import { alertRule as alertRuleShape, builtinRuleKeys, builtinRules } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { alertRule } from '@tenantry/db/schema'
import { sql } from 'drizzle-orm'

/**
 * Brings the built-in rules to this release: new ones are added, and those that nobody has changed become what this
 * release says. A rule of somebody’s own that has the name keeps it. Safe to repeat, and from several processes.
 */
export async function installBuiltinRules(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('tenantry.builtin_rules'))`)
    for (const builtin of builtinRuleKeys) {
      const rule = alertRuleShape.parse({ ...builtinRules[builtin], runbookUrl: `/docs/alerts/${builtin}` })
      const taken = await tx.$count(
        alertRule,
        sql`${alertRule.name} = ${rule.name} and ${alertRule.removedAt} is null and ${alertRule.builtin} is distinct from ${builtin}`,
      )
      const wanted = { ...rule, name: taken ? `${rule.name} (built in)` : rule.name }
      await tx
        .insert(alertRule)
        .values({ id: newId('ar'), builtin, ...wanted })
        .onConflictDoUpdate({
          target: alertRule.builtin,
          targetWhere: sql`${alertRule.builtin} is not null`,
          set: wanted,
          setWhere: sql`${alertRule.changedBy} is null and (${alertRule.name}, ${alertRule.condition}, ${alertRule.scope},
            ${alertRule.forSeconds}, ${alertRule.keepFiringSeconds}, ${alertRule.severity}, ${alertRule.groupBy},
            ${alertRule.action}, ${alertRule.runbookUrl}, ${alertRule.enabled}) is distinct from (excluded.name,
            excluded.condition, excluded.scope, excluded.for_seconds, excluded.keep_firing_seconds, excluded.severity,
            excluded.group_by, excluded.action, excluded.runbook_url, excluded.enabled)`,
        })
    }
  })
}
