import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '@tenantry/db'
import { delivery, notification } from '@tenantry/db/schema'
import { desc, eq } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import { claimDue, noNotification } from './claim-due.ts'
import { attemptMs, deliver, openWay } from './deliver.ts'

/** What came of one attempt. */
export interface Delivered {
  readonly notificationId: string
  readonly state: 'delivered' | 'failed' | 'queued' | 'superseded'
  readonly status: number | null
  readonly answer: string | null
  readonly fault: string | null
  readonly tookMs: number | null
}

/** Sends one message from the outbox at once, or waits for whoever already does, and tells what came back. */
export async function sendNow(core: CoreContext, notificationId: string): Promise<Delivered> {
  const holder = newId('wk')
  const until = Date.now() + attemptMs + 5000
  const [claimed] = await claimDue(core, holder, { most: 1, only: notificationId })
  if (claimed) await deliver(core, openWay(core), holder, claimed)
  for (;;) {
    const [row] = await core.db
      .select({ state: notification.state, fault: notification.fault })
      .from(notification)
      .where(eq(notification.id, notificationId))
    if (!row) throw noNotification(notificationId)
    const [last] = await core.db
      .select()
      .from(delivery)
      .where(eq(delivery.notificationId, notificationId))
      .orderBy(desc(delivery.attempt))
      .limit(1)
    if (row.state !== 'queued' || last?.tookMs != null || Date.now() > until) {
      const { status = null, answer = null, tookMs = null } = last ?? {}
      return { notificationId, state: row.state, status, answer, fault: last?.fault ?? row.fault, tookMs }
    }
    await delay(100)
  }
}
