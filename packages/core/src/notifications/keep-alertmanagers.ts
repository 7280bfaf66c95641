import { channelKinds, type NotificationMessage } from '@tenantry/contracts'
import { channel } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import { openSecret } from '../channels/channel-secret.ts'
import { alertmanagerTarget, toAlert } from '../channels/clients/alertmanager.ts'
import type { CoreContext } from '../core-context.ts'
import type { Duty } from '../duties/duties.ts'
import { attemptMs, openWay } from './deliver.ts'

/** An Alertmanager takes for over what it has not heard of for a while: everything that fires is said again. */
const everySeconds = 45

/** Tells each Alertmanager anew of what it was told fires and still does. One process a channel and turn. */
export function keepAlertmanagers(core: CoreContext): Duty {
  const way = openWay(core)
  return {
    name: 'keep-alertmanagers',
    everyMs: 5000,
    async run() {
      const { rows } = await core.db.execute<{ id: string }>(sql`
        update control.channel set kept_at = clock_timestamp()
        where kind = 'alertmanager' and enabled and removed_at is null
          and (kept_at is null or kept_at < clock_timestamp() - make_interval(secs => ${everySeconds}))
        returning id`)
      await Promise.all(rows.map(({ id }) => keep(core, way, id)))
      return 'rest'
    },
  }
}

async function keep(core: CoreContext, { post }: ReturnType<typeof openWay>, channelId: string) {
  const { rows } = await core.db.execute<{ id: string; message: NotificationMessage }>(sql`
    select distinct on (i.id) i.id, n.message from control.incident i
    join control.notification n on n.incident_id = i.id and n.channel_id = ${channelId} and n.state = 'delivered'
    where i.state <> 'resolved' order by i.id, n.epoch desc`)
  if (!rows.length) return
  const [row] = await core.db.select().from(channel).where(eq(channel.id, channelId))
  if (!row) return
  try {
    const config = channelKinds.alertmanager.config.parse(row.config)
    const { url, headers } = alertmanagerTarget(config, openSecret(core.vault, row))
    const now = new Date()
    const alerts = rows.map(({ id, message }) => toAlert(id, message, now))
    await post(url, alerts, { headers, signal: AbortSignal.timeout(attemptMs) })
  } catch (error) {
    const fault = error instanceof Error ? error.message : 'It cannot be reached'
    await core.db
      .update(channel)
      .set({ fault, failingSince: sql`coalesce(${channel.failingSince}, clock_timestamp())` })
      .where(eq(channel.id, channelId))
  }
}
