import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Database } from '@tenantry/db'
import { alertRule } from '@tenantry/db/schema'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import type { Duty } from '../duties/duties.ts'
import { createDue, type Due } from './due.ts'
import type { Looked, Moment, RuleRow } from './engine.ts'
import { FenceLostError, holdFence } from './hold-fence.ts'
import { lookAtRule } from './look-at-rule.ts'
import { releaseOverdue } from './release-overdue.ts'
import { openAlertsOf, rulesToLookAt } from './rules-to-look-at.ts'
import { type RuleStep, stepRule } from './step-rule.ts'
import { type QuietWatch, watchQuiet } from './watch-quiet.ts'
import { writeQuiet } from './write-quiet.ts'
import { writeStep } from './write-step.ts'

/** How often rules are looked at, and for how long a process that falls silent keeps the others out. */
const everyMs = 1000
const leaseSeconds = 5

export interface EvaluatorOptions {
  /** Which process it is; left out: a name of its own. */
  readonly holder?: string
  readonly failpoint?: (name: string) => void | Promise<void>
}

/**
 * Evaluates the alert rules, in one process at a time. What it remembers between two looks is in the database: a process
 * that takes over goes on where the last one stood, and one that was paused writes nothing any more.
 */
export function evaluateAlerts(core: CoreContext, options: EvaluatorOptions = {}): Duty {
  const holder = options.holder ?? `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`
  const evaluation = {
    core,
    holder,
    due: createDue(),
    quiet: watchQuiet(),
    failpoint: options.failpoint ?? (() => {}),
  }
  return {
    name: 'evaluate-alerts',
    everyMs,
    async run() {
      const claim = await claimEvaluation(core.db, holder)
      if (!claim) return 'rest'
      try {
        await evaluateAll(evaluation, claim)
      } catch (error) {
        if (!(error instanceof FenceLostError)) throw error
        core.log.info('another process evaluates the alert rules now')
      }
      return 'rest'
    },
  }
}

interface Claim extends Moment {
  readonly fence: string
}

/** Takes or prolongs the evaluation; undefined while another process has it. */
async function claimEvaluation(db: Database, holder: string): Promise<Claim | undefined> {
  const { rows } = await db.execute<{ fence: string; at: string; ms: number }>(sql`
    select fence::text, now::text as at, extract(epoch from now)::float8 * 1000 as ms
    from control.claim_evaluation(${holder}, make_interval(secs => ${leaseSeconds}))`)
  return rows[0]
}

interface Evaluation {
  readonly core: CoreContext
  readonly holder: string
  readonly due: Due
  readonly quiet: QuietWatch
  readonly failpoint: (name: string) => void | Promise<void>
}

async function evaluateAll({ core, holder, due, quiet, failpoint }: Evaluation, first: Claim): Promise<void> {
  const begun = performance.now()
  let claimed = begun
  let claim = first
  let changed = false
  for (const rule of await rulesToLookAt(core.db)) {
    if (!due.is(rule, claim)) continue
    const from = performance.now()
    // Many slow rules last longer than the lease.
    if (from - claimed > (leaseSeconds * 1000) / 3) {
      claim = await prolong(core.db, holder, claim)
      claimed = from
    }
    const { looks, fault } = await look(core, rule, claim)
    const step = stepRule(rule, looks, claim.ms)
    if (step.changes.length || fault !== rule.fault) {
      await failpoint('alerts.evaluated')
      changed ||= step.changes.length > 0
      await writeRule(core.db, { rule, step, fault, claim, failpoint })
    }
    due.looked(rule, claim, performance.now() - from)
  }
  await core.db.transaction(async (tx) => {
    await holdFence(tx, claim.fence)
    await releaseOverdue(tx, claim)
    if (await quiet.isDue(tx, claim, changed)) await writeQuiet(tx, claim)
    await tx.execute(sql`
      update control.alert_evaluator set evaluated_at = ${claim.at}::timestamptz,
        took_ms = ${Math.round(performance.now() - begun)} where id = 1`)
    const said = due.toSay(claim)
    if (said.length) {
      const set = { evaluatedAt: sql`${claim.at}::timestamptz` }
      await tx.update(alertRule).set(set).where(inArray(alertRule.id, said))
    }
  })
}

async function prolong(db: Database, holder: string, { fence }: Claim): Promise<Claim> {
  const claim = await claimEvaluation(db, holder)
  if (claim?.fence !== fence) throw new FenceLostError()
  return claim
}

interface Write extends Pick<Evaluation, 'failpoint'> {
  readonly rule: RuleRow
  readonly step: RuleStep
  readonly fault: string | null
  readonly claim: Claim
}

async function writeRule(db: Database, { rule, step, fault, claim, failpoint }: Write): Promise<void> {
  await db.transaction(async (tx) => {
    await holdFence(tx, claim.fence)
    // Changed since it was read: the next look is by its new words.
    const [same] = await tx
      .select({ id: alertRule.id })
      .from(alertRule)
      .where(and(eq(alertRule.id, rule.id), eq(alertRule.rowVersion, rule.rowVersion)))
      .for('no key update')
    if (!same) return
    if (fault !== rule.fault) await tx.update(alertRule).set({ fault }).where(eq(alertRule.id, rule.id))
    await writeStep(tx, rule, step, claim)
    // In the same transaction: nobody is called for what a silence covers, from its first moment on.
    if (step.changes.length) await writeQuiet(tx, claim)
    await failpoint('alerts.written')
  })
}

/** A rule that cannot be measured says so, and the others go on. */
async function look(core: CoreContext, rule: RuleRow, moment: Moment): Promise<Looked> {
  if (!rule.enabled) return { looks: await openAlertsOf(core.db, rule), fault: null }
  try {
    return await lookAtRule(core.db, rule, moment)
  } catch (err) {
    core.log.warn({ err, rule: rule.id }, 'an alert rule could not be evaluated')
    return { looks: [], fault: 'It could not be evaluated; the log of the process has the cause.' }
  }
}
