import { escalation, escalationPolicy, incident } from '@tenantry/db/schema'
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import type { Duty } from '../duties/duties.ts'
import { goOn } from './begin-escalation.ts'

/**
 * Tells the next step of an escalation when its time has come and nobody has taken the incident. The timers are rows: they
 * outlive every process. While an incident is taken or silenced its timer waits.
 * @param wrote called when there is something to send
 */
export function escalateIncidents(core: CoreContext, wrote: () => void): Duty {
  return {
    name: 'escalate-incidents',
    everyMs: 1000,
    async run() {
      let done = 0
      while (done < 50 && (await escalateNext(core))) done++
      if (done) wrote()
      return done === 50 ? 'again' : 'rest'
    },
  }
}

function escalateNext(core: CoreContext): Promise<boolean> {
  return core.db.transaction(async (tx) => {
    const [due] = await tx
      .select({ incident, escalation })
      .from(escalation)
      .innerJoin(incident, eq(incident.id, escalation.incidentId))
      .where(
        and(
          lte(escalation.dueAt, sql`clock_timestamp()`),
          eq(incident.state, 'firing'),
          sql`(${incident.firing} = 0 or ${incident.silenced} < ${incident.firing})`,
          // What has happened meanwhile is said first.
          sql`${incident.announcedEpoch} >= ${incident.epoch}`,
        ),
      )
      .orderBy(asc(escalation.dueAt))
      .limit(1)
      .for('update', { skipLocked: true })
    if (!due) return false
    const [policy] = await tx
      .select()
      .from(escalationPolicy)
      .where(eq(escalationPolicy.id, due.escalation.policyId))
    if (!policy || policy.removedAt) {
      await tx.update(escalation).set({ dueAt: null }).where(eq(escalation.incidentId, due.incident.id))
      return true
    }
    // An epoch of its own: who is told a second time is told anew, and nobody is told twice of the same.
    const epoch = due.incident.epoch + 1
    await tx.update(incident).set({ epoch, announcedEpoch: epoch }).where(eq(incident.id, due.incident.id))
    await goOn(tx, core, { ...due.incident, epoch }, policy, due.escalation.step)
    return true
  })
}
