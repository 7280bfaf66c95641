import { type ChannelKind, type NotificationMessage, TenantryError } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { delivery } from '@tenantry/db/schema'
import { and, inArray, isNull, sql } from 'drizzle-orm'
import type { Thread } from '../channels/clients/channel-client.ts'
import type { CoreContext } from '../core-context.ts'

/** After so long a sender that says nothing is given up, and its message taken by another. */
const holdSeconds = 4

/** One message in hand. */
export interface Claimed {
  readonly id: string
  readonly incidentId: string | null
  readonly epoch: number
  readonly event: NotificationMessage['event']
  readonly message: NotificationMessage
  readonly attempt: number
  /** Seconds since it was decided to tell. */
  readonly waited: number
  readonly deliveryId: string
  readonly channel: {
    readonly id: string
    readonly name: string
    readonly kind: ChannelKind
    readonly config: Record<string, unknown>
    readonly secret: string | null
    readonly enabled: boolean
  }
  readonly to: { readonly id: string; readonly name: string; readonly email: string } | null
  /** Of the last message about its incident that got through there. */
  readonly thread: Thread
  readonly again: boolean
}

/**
 * Takes messages that are due, the oldest first, and writes each attempt down before it is made: an attempt whose maker
 * died is seen. Of one incident to one recipient the earlier message always goes first.
 * @param only this one, if it is due
 */
export async function claimDue(
  core: CoreContext,
  holder: string,
  { most, without, only }: { most: number; without?: readonly string[]; only?: string },
): Promise<Claimed[]> {
  return core.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: string; attempts: number }>(sql`
      with due as (
        select n.id from control.notification n
        where n.state = 'queued' and n.due_at <= clock_timestamp()
          ${only ? sql`and n.id = ${only}` : sql``}
          ${without?.length ? sql`and n.channel_id <> all(${sql.param([...without])}::text[])` : sql``}
          and not exists (
            select from control.notification o
            where o.state = 'queued' and o.incident_id = n.incident_id and o.channel_id = n.channel_id
              and o.user_id is not distinct from n.user_id and o.epoch < n.epoch)
        order by n.due_at, n.id limit ${most} for update of n skip locked)
      update control.notification n
      set holder = ${holder}, attempts = n.attempts + 1,
        due_at = clock_timestamp() + make_interval(secs => ${holdSeconds})
      from due where n.id = due.id returning n.id, n.attempts`)
    if (!rows.length) return []
    const ids = rows.map(({ id }) => id)
    await tx
      .update(delivery)
      .set({ tookMs: 0, fault: 'Whoever sent it died before the answer was written down' })
      .where(and(inArray(delivery.notificationId, ids), isNull(delivery.tookMs)))
    const attempts = rows.map((row) => ({
      id: newId('dl'),
      notificationId: row.id,
      attempt: row.attempts,
      startedAt: sql`clock_timestamp()`,
    }))
    await tx.insert(delivery).values(attempts)
    const claimed = await readClaimed(tx, ids)
    return claimed.map((one) => ({
      ...one,
      deliveryId: attempts.find(({ notificationId }) => notificationId === one.id)?.id ?? '',
    }))
  })
}

async function readClaimed(tx: Database, ids: readonly string[]): Promise<Omit<Claimed, 'deliveryId'>[]> {
  type Row = Omit<Claimed, 'deliveryId' | 'epoch' | 'thread' | 'again'> & {
    epoch: string
    last: { thread: Thread; event: string } | null
  }
  const { rows } = await tx.execute<Row & Record<string, unknown>>(sql`
    select n.id, n.incident_id as "incidentId", n.epoch, n.event, n.message, n.attempts as attempt,
      extract(epoch from clock_timestamp() - n.created_at)::float8 as waited,
      jsonb_build_object('id', c.id, 'name', c.name, 'kind', c.kind, 'config', c.config, 'secret', c.secret,
        'enabled', c.enabled) as channel,
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name, 'email', u.email) end as "to",
      (select jsonb_build_object('thread', p.thread, 'event', p.event) from control.notification p
        where p.incident_id = n.incident_id and p.channel_id = n.channel_id and p.user_id is not distinct from n.user_id
          and p.state = 'delivered' and p.epoch < n.epoch order by p.epoch desc limit 1) as last
    from control.notification n join control.channel c on c.id = n.channel_id
    left join control."user" u on u.id = n.user_id
    where n.id = any(${sql.param([...ids])}::text[]) order by n.due_at, n.id`)
  return rows.map(({ last, ...row }) => ({
    ...row,
    epoch: Number(row.epoch),
    thread: last?.thread ?? {},
    again: row.event === 'fired' && last?.event === 'resolved',
  }))
}

/** Refuses what is asked of a message that is not there. */
export const noNotification = (id: string) =>
  new TenantryError('not_found', `There is no notification ${id}.`, { action: 'Go back to the list.' })

/**
 * Says, for as long as an attempt lasts, that its maker lives: so a dead one is noticed in seconds, however long an
 * attempt may take.
 * @returns what ends it
 */
export function keepHold({ db }: CoreContext, holder: string, { id, attempt }: Claimed): () => void {
  const timer = setInterval(
    () => {
      // Without the control database another sender may take it: under the same key.
      db.execute(sql`
        update control.notification set due_at = clock_timestamp() + make_interval(secs => ${holdSeconds})
        where id = ${id} and state = 'queued' and holder = ${holder} and attempts = ${attempt}`).catch(
        () => {},
      )
    },
    (holdSeconds * 1000) / 3,
  )
  timer.unref()
  return () => clearInterval(timer)
}
