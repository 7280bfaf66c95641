import type { NotificationMessage } from '@tenantry/contracts'
import type { ChannelClient, ConfigOf } from './channel-client.ts'
import { linesOf } from './message-text.ts'

/** How long the other side believes us without hearing of us again; we say it anew every 45 s. */
const believedMs = 4 * 60_000

/** One incident as an alert of the v2 API. */
export function toAlert(incidentId: string, message: NotificationMessage, now: Date) {
  const over = message.event === 'resolved' || message.event === 'test'
  return {
    labels: {
      alertname: message.rule || 'Tenantry',
      severity: message.severity,
      scope: message.scope,
      incident: incidentId,
    },
    annotations: {
      summary: message.title,
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
  const alert = toAlert(parcel.incidentId ?? parcel.notificationId, parcel.message, new Date())
  const { status, text } = await post(url, [alert], { headers, signal })
  return { status, answer: text }
}
