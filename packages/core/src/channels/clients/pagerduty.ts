import { headline } from '@tenantry/contracts'
import { type ChannelClient, cut } from './channel-client.ts'
import { linesOf } from './message-text.ts'

const action = {
  fired: 'trigger',
  updated: 'trigger',
  acknowledged: 'acknowledge',
  resolved: 'resolve',
} as const

/** Events API v2: one `dedup_key` an incident, so that whatever is sent twice is one incident there. */
export const sendPagerduty: ChannelClient<'pagerduty'> = async (parcel, { config, secret, post, signal }) => {
  const { message, incidentId, notificationId } = parcel
  // A test must not call anybody: it is resolved as soon as it is there.
  const event = message.event === 'test' ? 'trigger' : action[message.event]
  const key = incidentId ?? notificationId
  const body = {
    routing_key: secret,
    event_action: event,
    dedup_key: cut(key, 255),
    ...(event === 'trigger'
      ? {
          client: 'Tenantry',
          ...(message.url ? { client_url: message.url } : {}),
          links: [
            ...(message.url ? [{ href: message.url, text: 'Incident' }] : []),
            ...(message.runbookUrl ? [{ href: message.runbookUrl, text: 'Runbook' }] : []),
          ],
          payload: {
            summary: cut(headline(message), 1024),
            source: message.scope || 'Tenantry',
            severity: message.severity,
            timestamp: message.startedAt,
            group: message.rule,
            class: 'tenantry',
            custom_details: Object.fromEntries(linesOf(message).map(({ label, value }) => [label, value])),
          },
        }
      : {}),
  }
  const { status, text } = await post(config.endpoint, body, { signal })
  if (message.event === 'test') {
    await post(config.endpoint, { routing_key: secret, event_action: 'resolve', dedup_key: key }, { signal })
  }
  return { status, answer: text, thread: { dedupKey: key } }
}
