import { noteIncidentInput } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { incidentEvent } from '@tenantry/db/schema'
import { defineVerb } from '../run-verb.ts'
import { lockIncident } from './lock-incident.ts'

/** Writes into an incident’s timeline what was found or done; also when it is over. */
export const noteIncident = defineVerb({
  action: 'incident.note',
  permission: 'alert.respond',
  input: noteIncidentInput,
  async run({ tx, actor, audit }, { incidentId, text }) {
    const row = await lockIncident(tx, incidentId)
    const eventId = newId('ie')
    await tx
      .insert(incidentEvent)
      .values({ id: eventId, incidentId, kind: 'noted', userId: actor.userId, text })
    audit({ target: { kind: 'incident', id: incidentId }, after: { note: text, title: row.title } })
    return { incidentId, eventId }
  },
})
