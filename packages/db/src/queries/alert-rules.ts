import type { AlertCondition, AlertScope, IncidentGrouping, Severity } from '@tenantry/contracts'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { alertRule, escalationPolicy, user } from '../schema/index.ts'
import { iso, isoOrNull } from './keyset.ts'

/** How a rule stands: what is wrong with it, else what it says. */
export type RuleStanding = 'disabled' | 'fault' | 'firing' | 'pending' | 'ok'

export interface AlertRuleRow {
  readonly id: string
  /** Its key in the built-in set; null: somebody made it. */
  readonly builtin: string | null
  readonly name: string
  readonly description: string
  readonly condition: AlertCondition
  readonly scope: AlertScope
  readonly forSeconds: number
  readonly keepFiringSeconds: number
  readonly severity: Severity
  readonly groupBy: IncidentGrouping
  readonly action: string
  readonly runbookUrl: string
  readonly policyId: string | null
  readonly policyName: string | null
  readonly enabled: boolean
  /** Why it could not be evaluated the last time. */
  readonly fault: string | null
  readonly evaluatedAt: string | null
  readonly rowVersion: number
  readonly changedAt: string
  readonly changedByName: string | null
  readonly standing: RuleStanding
  /** Subjects for which it holds now. */
  readonly firing: number
  readonly pending: number
  /** When it fired last; null: never. */
  readonly lastFiredAt: string | null
}

const open = (state: 'firing' | 'pending') =>
  sql<number>`(select count(*)::int from control.alert a where a.rule_id = ${alertRule.id} and a.state = ${sql.raw(`'${state}'`)})`

const selectRules = (db: Database) =>
  db
    .select({
      id: alertRule.id,
      builtin: alertRule.builtin,
      name: alertRule.name,
      description: alertRule.description,
      condition: alertRule.condition,
      scope: alertRule.scope,
      forSeconds: alertRule.forSeconds,
      keepFiringSeconds: alertRule.keepFiringSeconds,
      severity: alertRule.severity,
      groupBy: alertRule.groupBy,
      action: alertRule.action,
      runbookUrl: alertRule.runbookUrl,
      policyId: alertRule.policyId,
      policyName: escalationPolicy.name,
      enabled: alertRule.enabled,
      fault: alertRule.fault,
      evaluatedAt: isoOrNull(alertRule.evaluatedAt),
      rowVersion: alertRule.rowVersion,
      changedAt: iso(alertRule.changedAt),
      changedByName: user.name,
      firing: open('firing'),
      pending: open('pending'),
      lastFiredAt: sql<string | null>`(select control.iso(max(i.started_at)) from control.incident i
        where i.rule_id = ${alertRule.id})`,
    })
    .from(alertRule)
    .leftJoin(user, eq(user.id, alertRule.changedBy))
    .leftJoin(escalationPolicy, eq(escalationPolicy.id, alertRule.policyId))

type Selected = Awaited<ReturnType<typeof selectRules>>[number]

function standing({ enabled, fault, firing, pending }: Selected): RuleStanding {
  if (!enabled) return 'disabled'
  if (fault !== null) return 'fault'
  return firing > 0 ? 'firing' : pending > 0 ? 'pending' : 'ok'
}

/** Every rule with how it stands, by name. They are as many as people have written: not paged. */
export async function listAlertRules(db: Database): Promise<AlertRuleRow[]> {
  const rows = await selectRules(db).where(isNull(alertRule.removedAt)).orderBy(asc(alertRule.name))
  return rows.map((row) => ({ ...row, standing: standing(row) }))
}

/** One rule; undefined when there is none or it was removed. */
export async function getAlertRule(db: Database, id: string): Promise<AlertRuleRow | undefined> {
  const [row] = await selectRules(db).where(and(eq(alertRule.id, id), isNull(alertRule.removedAt)))
  return row && { ...row, standing: standing(row) }
}
