import type { EscalationPolicy } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { escalation, type incident, incidentEvent } from '@tenantry/db/schema'
import { sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import { chooseRecipients } from '../notifications/choose-recipients.ts'
import { writeNotifications } from '../notifications/write-notifications.ts'

type Incident = typeof incident.$inferSelect
type Policy = Pick<EscalationPolicy, 'steps' | 'repeat' | 'name'> & { readonly id: string }

/** Between the last step and the first of the next round. */
const roundSeconds = 300

/** Seconds from the step before to step `n`, counted on over the rounds; undefined: there is none. */
export function waitBefore({ steps, repeat }: Pick<Policy, 'steps' | 'repeat'>, n: number) {
  const step = steps[n % steps.length]
  if (!step || n >= steps.length * (repeat + 1)) return undefined
  return n > 0 && n % steps.length === 0 ? Math.max(step.afterSeconds, roundSeconds) : step.afterSeconds
}

/** From the first step on: told at once, or its timer set. */
export async function beginEscalation(tx: Database, core: CoreContext, row: Incident, policy: Policy) {
  await goOn(tx, core, row, policy, -1)
}

/**
 * Tells the people of step `n` and sets the timer of the next one; -1: sets that of the first. A step without a wait, or
 * after one that reached nobody, follows at once.
 */
export async function goOn(tx: Database, core: CoreContext, row: Incident, policy: Policy, n: number) {
  let step = n
  let reached = true
  for (;;) {
    if (step >= 0) reached = await tell(tx, core, row, policy, step)
    step++
    const wait = waitBefore(policy, step)
    if (wait === undefined || (wait > 0 && reached)) {
      const dueAt = wait === undefined ? null : sql`clock_timestamp() + make_interval(secs => ${wait})`
      const values = { policyId: policy.id, step, dueAt }
      await tx
        .insert(escalation)
        .values({ incidentId: row.id, ...values })
        .onConflictDoUpdate({ target: escalation.incidentId, set: values })
      return
    }
  }
}

/** @returns whether there is anybody to tell */
async function tell(tx: Database, core: CoreContext, row: Incident, policy: Policy, n: number) {
  const step = policy.steps[n % policy.steps.length]
  if (!step) return false
  const { recipients, missing } = await chooseRecipients(tx, step.targets, new Date())
  await writeNotifications(tx, core, row, 'fired', recipients)
  const event = (kind: 'escalated' | 'undelivered', text: string) => ({
    id: newId('ie'),
    incidentId: row.id,
    kind,
    text,
    detail: { policyId: policy.id, step: n },
  })
  const events = [
    ...(n > 0 ? [event('escalated', `Nobody has taken it: step ${n + 1} of ${policy.name}.`)] : []),
    ...missing.map((why) => event('undelivered', why)),
  ]
  if (events.length) await tx.insert(incidentEvent).values(events)
  return recipients.length > 0
}
