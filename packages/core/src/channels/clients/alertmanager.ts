import type { NotificationMessage } from '@tenantry/contracts'
import type { ChannelClient, ConfigOf } from './channel-client.ts'
import { linesOf } from './message-text.ts'

/** How long the other side believes us without hearing of us again; we say it anew every 45 s. */
const believedMs = 4 * 60_000

/**
 * One incident as an alert of the v2 API. The labels are who it is there, so they hold only what stays while it lasts;
 * whom it is about changes, and is an annotation.
 */
export function toAlert(incidentId: string, message: NotificationMessage, now: Date) {
  const over = message.event === 'resolved' || message.event === 'test'
  return {
    labels: {
      alertname: message.rule || 'Tenantry',
      severity: message.severity,
      incident: incidentId,
    },
    annotations: {
      summary: message.title,
      scope: message.scope,
      description: linesOf(message)
        .map(({ label, value }) => `${label}: ${value}`)
        .join('\n'),
      ...(message.runbookUrl ? { runbook_url: message.runbookUrl } : {}),
    },
    startsAt: message.startedAt,
    endsAt: (over ? now : new Date(now.getTime() + believedMs)).toISOString(),
    ...(message.url ? { generatorURL: message.url } : {}),
  }
}

/** Where alerts are pushed to, and what it lets us in by. */
export function alertmanagerTarget({ url, username }: ConfigOf<'alertmanager'>, secret: string) {
  const basic = Buffer.from(`${username}:${secret}`).toString('base64')
  const headers: Record<string, string> = !secret
    ? {}
    : { authorization: username ? `Basic ${basic}` : `Bearer ${secret}` }
  return { url: `${url.replace(/\/$/, '')}/api/v2/alerts`, headers }
}

/** Pushes one alert; that it still fires is said again by the keeping duty. An acknowledgement it knows nothing of. */
export const sendAlertmanager: ChannelClient<'alertmanager'> = async (parcel, means) => {
  const { config, secret, post, signal } = means
  const { url, headers } = alertmanagerTarget(config, secret)
  const now = new Date()
  const alert = toAlert(parcel.incidentId ?? parcel.notificationId, parcel.message, now)
  const labels = JSON.stringify(alert.labels)
  // Raised in severity, or its rule renamed, it is another alert there: the one before is over.
  const before = parcel.thread.labels
  const over =
    before && before !== labels ? [{ ...alert, labels: JSON.parse(before), endsAt: now.toISOString() }] : []
  const { status, text } = await post(url, [alert, ...over], { headers, signal })
  return { status, answer: text, thread: { labels } }
}
