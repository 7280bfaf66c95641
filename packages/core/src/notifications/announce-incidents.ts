import type { NotificationEvent } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { escalation, incident, incidentEvent, notification } from '@tenantry/db/schema'
import { and, asc, desc, eq, notInArray, sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import type { Duty } from '../duties/duties.ts'
import { beginEscalation } from '../on-call/begin-escalation.ts'
import type { Recipient } from './choose-recipients.ts'
import { policyOf } from './policy-of.ts'
import { writeNotifications } from './write-notifications.ts'

type Incident = typeof incident.$inferSelect

/** Not while somebody wants to hear nothing of it: then it is announced when the silence is over. */
const heard = sql`(${incident.state} = 'resolved' or ${incident.firing} = 0 or ${incident.silenced} < ${incident.firing})`

/**
 * Writes into the outbox what has happened to incidents since they were announced last: each in a transaction that also
 * says up to which epoch it has been. Several processes share the work.
 * @param wrote called when there is something to send
 */
export function announceIncidents(core: CoreContext, wrote: () => void): Duty {
  return {
    name: 'announce-incidents',
    everyMs: 500,
    async run() {
      const failed: string[] = []
      let done = 0
      for (; done < 50; done++) {
        const next = await announceNext(core, failed)
        if (!next) break
      }
      if (done) wrote()
      return done === 50 ? 'again' : 'rest'
    },
  }
}

async function announceNext(core: CoreContext, failed: string[]): Promise<boolean> {
  let id = ''
  try {
    return await core.db.transaction(async (tx) => {
      const [row] = await tx
        .select()
        .from(incident)
        .where(
          and(
            sql`${incident.announcedEpoch} < ${incident.epoch}`,
            heard,
            failed.length ? notInArray(incident.id, failed) : undefined,
          ),
        )
        .orderBy(asc(incident.id))
        .limit(1)
        .for('update', { skipLocked: true })
      if (!row) return false
      id = row.id
      await announce(tx, core, row)
      await tx.update(incident).set({ announcedEpoch: row.epoch }).where(eq(incident.id, row.id))
      return true
    })
  } catch (err) {
    // One that cannot be told must not keep the others from being told.
    if (!id) throw err
    core.log.error({ err, incident: id }, 'incident cannot be announced; it is tried again')
    failed.push(id)
    return true
  }
}

async function announce(tx: Database, core: CoreContext, row: Incident): Promise<void> {
  const told = await tx
    .selectDistinct({ channelId: notification.channelId, userId: notification.userId })
    .from(notification)
    .where(eq(notification.incidentId, row.id))
  const [running] = await tx.select().from(escalation).where(eq(escalation.incidentId, row.id))
  if (row.state === 'firing') {
    const [last] = await tx
      .select({ event: notification.event })
      .from(notification)
      .where(eq(notification.incidentId, row.id))
      .orderBy(desc(notification.epoch))
      .limit(1)
    const called = last?.event === 'fired' || last?.event === 'updated'
    if (running && called) return writeNotifications(tx, core, row, 'updated', told)
    return call(tx, core, row, told)
  }
  if (row.state === 'resolved') await tx.delete(escalation).where(eq(escalation.incidentId, row.id))
  // Who was never told that it fires is not told that it is over.
  await writeNotifications(tx, core, row, row.state as NotificationEvent & Incident['state'], told)
}

/** It fires, anew or again: the escalation begins, and who knew that it was over or taken hears otherwise. */
async function call(tx: Database, core: CoreContext, row: Incident, told: readonly Recipient[]) {
  await writeNotifications(tx, core, row, 'fired', told)
  const policy = await policyOf(tx, row)
  if (policy) return beginEscalation(tx, core, row, policy)
  await tx.insert(incidentEvent).values({
    id: newId('ie'),
    incidentId: row.id,
    kind: 'undelivered',
    text: 'Nobody is told: there is no escalation policy for it, and no default one.',
  })
}
