import { Webhook } from 'standardwebhooks'
import { type ChannelClient, ChannelFault } from './channel-client.ts'

const mostBytes = 20_000

/**
 * Standard Webhooks 1.0: `webhook-id` stays the same over every attempt, the signature is of id, time and body. 410 Gone
 * takes the channel out of use.
 */
export const sendWebhook: ChannelClient<'webhook'> = async (parcel, { config, secret, post, signal }) => {
  const { message, incidentId, epoch, notificationId } = parcel
  const whole = {
    type: message.event === 'test' ? 'test' : `incident.${message.event}`,
    timestamp: message.composedAt,
    data: { incidentId, epoch, ...message },
  }
  let body = JSON.stringify(whole)
  if (Buffer.byteLength(body) > mostBytes) {
    body = JSON.stringify({ ...whole, data: { ...whole.data, tenants: [], facts: [], command: null } })
  }
  const now = new Date()
  const headers = {
    'webhook-id': notificationId,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(notificationId, now, body),
  }
  try {
    const { status, text } = await post(config.url, body, { headers, signal })
    return { status, answer: text }
  } catch (error) {
    if (error instanceof ChannelFault && error.status === 410) {
      throw new ChannelFault('It answered 410: it wants no messages any more', {
        retry: 'gone',
        status: 410,
        answer: error.answer ?? '',
      })
    }
    throw error
  }
}
