import { acknowledgeIncidentInput, describeSeconds, TenantryError } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { incident, incidentEvent } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockIncident } from './lock-incident.ts'

/** Takes an incident for a time: nobody else is called meanwhile. Whoever has it already has it for longer, or takes it over. */
export const acknowledgeIncident = defineVerb({
  action: 'incident.acknowledge',
  permission: 'alert.respond',
  input: acknowledgeIncidentInput,
  async run({ tx, actor, audit }, { incidentId, seconds }) {
    const before = await lockIncident(tx, incidentId)
    if (before.state === 'resolved') {
      throw new TenantryError('unlawful_transition', 'It is over: there is nothing to take.', {
        action: 'Reload; if it fires again, you are told.',
      })
    }
    const [after] = await tx
      .update(incident)
      .set({
        state: 'acknowledged',
        acknowledgedBy: actor.userId,
        acknowledgedAt: sql`clock_timestamp()`,
        acknowledgedUntil: sql`clock_timestamp() + make_interval(secs => ${seconds})`,
        epoch: sql`${incident.epoch} + 1`,
        raisedAt: sql`clock_timestamp()`,
        raisedFiring: sql`${incident.firing}`,
      })
      .where(eq(incident.id, incidentId))
      .returning()
    if (!after) throw new Error(`incident ${incidentId} vanished under its lock`)
    await tx.insert(incidentEvent).values({
      id: newId('ie'),
      incidentId,
      kind: 'acknowledged',
      userId: actor.userId,
      text: `${actor.name} has taken it for ${describeSeconds(seconds)}.`,
      detail: { seconds },
    })
    audit({
      target: { kind: 'incident', id: incidentId },
      before: { state: before.state, acknowledgedBy: before.acknowledgedBy },
      after: { state: 'acknowledged', seconds, title: before.title },
    })
    return {
      incidentId,
      acknowledgedUntil: after.acknowledgedUntil?.toISOString() ?? '',
      rowVersion: after.rowVersion,
    }
  },
})
