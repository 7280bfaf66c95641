import { type Database, newId } from '@tenantry/db'
import { channel, delivery, escalation, incidentEvent, notification } from '@tenantry/db/schema'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { systemActor } from '../actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { Answer, ChannelFault } from '../channels/clients/channel-client.ts'
import type { CoreContext } from '../core-context.ts'
import type { NotificationOutcome } from '../metrics/notification-metrics.ts'
import type { Claimed } from './claim-due.ts'
import { mostAttempts, retryDelayMs } from './retry-delay.ts'

type Outcome = PgUpdateSetSource<typeof notification>

/** Ends an attempt, unless somebody else has taken the message over meanwhile. @returns whether it was still ours */
async function endAttempt(
  tx: Database,
  holder: string,
  claimed: Claimed,
  change: Outcome,
  said: { tookMs: number; status: number | null; answer: string | null; fault: string | null },
): Promise<boolean> {
  await tx.update(delivery).set(said).where(eq(delivery.id, claimed.deliveryId))
  const mine = await tx
    .update(notification)
    .set({ ...change, holder: null })
    .where(
      and(
        eq(notification.id, claimed.id),
        eq(notification.state, 'queued'),
        eq(notification.holder, holder),
        eq(notification.attempts, claimed.attempt),
      ),
    )
    .returning({ id: notification.id })
  return mine.length > 0
}

const whom = ({ channel: { name }, to }: Claimed) => (to ? `${to.name} by ${name}` : name)

const event = (claimed: Claimed, kind: 'notified' | 'undelivered', text: string) => ({
  id: newId('ie'),
  incidentId: claimed.incidentId ?? '',
  kind,
  text,
  detail: { notificationId: claimed.id, channelId: claimed.channel.id },
})

/** The other side has it: the channel works. */
export async function recordDelivered(
  core: CoreContext,
  holder: string,
  claimed: Claimed,
  { status, answer, thread, tookMs }: Answer & { tookMs: number },
): Promise<void> {
  const ended = await core.db.transaction(async (tx) => {
    const change = {
      state: 'delivered' as const,
      endedAt: sql`clock_timestamp()`,
      thread: { ...claimed.thread, ...thread },
      fault: null,
    }
    const mine = await endAttempt(tx, holder, claimed, change, { tookMs, status, answer, fault: null })
    await tx
      .update(channel)
      .set({ fault: null, failingSince: null, lastDeliveredAt: sql`clock_timestamp()` })
      .where(eq(channel.id, claimed.channel.id))
    if (mine && claimed.incidentId) {
      await tx.insert(incidentEvent).values(event(claimed, 'notified', `${whom(claimed)}: ${claimed.event}.`))
    }
    return mine
  })
  if (ended) count(core, claimed, 'delivered', tookMs)
}

const count = (core: CoreContext, claimed: Claimed, outcome: NotificationOutcome, tookMs: number) =>
  core.notificationMetrics?.notified(claimed.channel.kind, outcome, claimed.waited + tookMs / 1000)

type Fault = Pick<ChannelFault, 'message' | 'retry' | 'status' | 'answer' | 'retryAfterMs'> & {
  tookMs: number
}

/**
 * It did not get through: tried again later, overtaken by what has been said since, or given up. Who was to be called
 * and is not makes the next step of the escalation due at once.
 */
export async function recordFault(
  core: CoreContext,
  holder: string,
  claimed: Claimed,
  fault: Fault,
): Promise<void> {
  const { message, retry, status, answer, tookMs } = fault
  const outcome = await core.db.transaction(async (tx): Promise<NotificationOutcome | undefined> => {
    const overtaken = await isOvertaken(tx, claimed)
    const over = retry !== 'later' || claimed.attempt >= mostAttempts || claimed.event === 'test'
    const ended = { endedAt: sql`clock_timestamp()`, fault: message }
    const wait = retryDelayMs(claimed.attempt, fault.retryAfterMs)
    const change = over
      ? { state: 'failed' as const, ...ended }
      : overtaken
        ? { state: 'superseded' as const, ...ended }
        : {
            fault: message,
            dueAt: sql`clock_timestamp() + make_interval(secs => ${wait / 1000})`,
          }
    const mine = await endAttempt(tx, holder, claimed, change, { tookMs, status, answer, fault: message })
    if (!mine) return undefined
    const became = over ? 'failed' : overtaken ? 'superseded' : 'retried'
    await tx
      .update(channel)
      .set({
        fault: message,
        failingSince: sql`coalesce(${channel.failingSince}, clock_timestamp())`,
        ...(retry === 'gone' ? { enabled: false } : {}),
      })
      .where(eq(channel.id, claimed.channel.id))
    if (retry === 'gone') {
      await appendAudit(tx, systemActor, {
        action: 'channel.set',
        outcome: 'succeeded',
        target: { kind: 'channel', id: claimed.channel.id },
        before: { enabled: true },
        after: { enabled: false, because: message },
      })
    }
    if (!over || !claimed.incidentId) return became
    const tries = claimed.attempt === 1 ? '' : ` after ${claimed.attempt} attempts`
    await tx
      .insert(incidentEvent)
      .values(event(claimed, 'undelivered', `${whom(claimed)} did not get it${tries}: ${message}.`))
    if (claimed.event !== 'fired') return became
    await tx
      .update(escalation)
      .set({ dueAt: sql`clock_timestamp()` })
      .where(and(eq(escalation.incidentId, claimed.incidentId), isNotNull(escalation.dueAt)))
    return became
  })
  if (outcome) count(core, claimed, outcome, tookMs)
}

/** This process stops in the middle of it: another sender tries at once, and the channel is not blamed. */
export function recordBrokenOff(
  core: CoreContext,
  holder: string,
  claimed: Claimed,
  tookMs: number,
): Promise<void> {
  return core.db.transaction(async (tx) => {
    const fault = 'Broken off: the process that sent it stopped'
    const change = { fault, dueAt: sql`clock_timestamp()` }
    await endAttempt(tx, holder, claimed, change, { tookMs, status: null, answer: null, fault })
  })
}

async function isOvertaken(tx: Database, { id, incidentId, epoch }: Claimed): Promise<boolean> {
  if (!incidentId) return false
  const { rows } = await tx.execute(sql`
    select from control.notification n join control.notification o on o.id = ${id}
    where n.incident_id = o.incident_id and n.channel_id = o.channel_id and n.user_id is not distinct from o.user_id
      and n.epoch > ${epoch} limit 1`)
  return rows.length > 0
}
