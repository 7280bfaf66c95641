import { releaseIncidentInput, TenantryError } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { incident, incidentEvent } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockIncident } from './lock-incident.ts'

/** Gives an incident back: it is nobody’s again, and people are called as if it had just fired. */
export const releaseIncident = defineVerb({
  action: 'incident.release',
  permission: 'alert.respond',
  input: releaseIncidentInput,
  async run({ tx, actor, audit }, { incidentId }) {
    const before = await lockIncident(tx, incidentId)
    if (before.state !== 'acknowledged') {
      throw new TenantryError('unlawful_transition', 'Nobody has taken it.', {
        action: 'Reload: its state has changed since you looked.',
      })
    }
    const [after] = await tx
      .update(incident)
      .set({
        state: 'firing',
        acknowledgedBy: null,
        acknowledgedAt: null,
        acknowledgedUntil: null,
        epoch: sql`${incident.epoch} + 1`,
        raisedAt: sql`clock_timestamp()`,
        raisedFiring: sql`${incident.firing}`,
      })
      .where(eq(incident.id, incidentId))
      .returning()
    await tx.insert(incidentEvent).values({
      id: newId('ie'),
      incidentId,
      kind: 'released',
      userId: actor.userId,
      text: `${actor.name} has given it back.`,
    })
    audit({
      target: { kind: 'incident', id: incidentId },
      before: { state: 'acknowledged', acknowledgedBy: before.acknowledgedBy },
      after: { state: 'firing', title: before.title },
    })
    return { incidentId, rowVersion: after?.rowVersion ?? before.rowVersion }
  },
})
