import { headline, type NotificationMessage } from '@tenantry/contracts'
import { type Answer, type ChannelClient, ChannelFault, cut } from './channel-client.ts'
import { linesOf, linksOf, plainText } from './message-text.ts'

const bar = {
  fired: '#c9353f',
  updated: '#c9353f',
  acknowledged: '#d98a00',
  resolved: '#2f8f5b',
  test: '#77777f',
}

/** `&`, `<` and `>` are all that Slack's mrkdwn reads as its own. */
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A message as blocks under a bar of its state's colour; `text` is what notifications and screen readers get. */
export function toSlack(message: NotificationMessage) {
  const field = ({ label, value }: { label: string; value: string }) => ({
    type: 'mrkdwn',
    text: cut(`*${escaped(label)}*\n${escaped(value)}`, 2000),
  })
  const links = linksOf(message)
  const { tenants, more } = message
  const list = [...tenants, ...(more ? [`and ${more} more`] : [])].join(', ')
  return {
    text: cut(headline(message), 3000),
    attachments: [
      {
        color: bar[message.event],
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: cut(headline(message), 150) } },
          { type: 'section', fields: linesOf(message).slice(0, 10).map(field) },
          ...(list
            ? [{ type: 'context', elements: [{ type: 'mrkdwn', text: cut(escaped(list), 2000) }] }]
            : []),
          ...(links.length
            ? [
                {
                  type: 'actions',
                  elements: links.map(({ label, url }) => ({
                    type: 'button',
                    text: { type: 'plain_text', text: label },
                    url,
                    action_id: label.toLowerCase(),
                  })),
                },
              ]
            : []),
        ],
      },
    ],
  }
}

/** What Slack says of a call in the body of a 200. */
interface SlackReply {
  readonly ok?: boolean
  readonly error?: string
  readonly ts?: string
  readonly channel?: string
}

const passing = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
])

/**
 * As a bot, one message an incident, changed in place; whatever comes after it is said in its thread, so that readers
 * are notified. As an incoming webhook, one message each time.
 */
export const sendSlack: ChannelClient<'slack'> = async (parcel, { config, secret, post, signal }) => {
  const { message, thread, incidentId } = parcel
  const content = toSlack(message)
  if (config.mode === 'webhook') {
    const { status, text } = await post(secret, content, { signal })
    return { status, answer: text }
  }
  const call = async (method: string, body: Record<string, unknown>): Promise<Answer & SlackReply> => {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json; charset=utf-8' }
    const url = `${config.endpoint.replace(/\/$/, '')}/${method}`
    const { status, text } = await post(url, body, { headers, signal })
    const reply = parse(text)
    if (reply.ok) return { ...reply, status, answer: text }
    const said = reply.error ?? 'something unknown'
    throw new ChannelFault(`Slack answered ${said}`, {
      retry: passing.has(said) ? 'later' : 'never',
      status,
      answer: text,
    })
  }
  const channel = thread.channel ?? config.channel
  if (!thread.ts || parcel.again) {
    const metadata = { event_type: 'tenantry_incident', event_payload: { incidentId, event: message.event } }
    const {
      status,
      answer,
      ts,
      channel: id,
    } = await call('chat.postMessage', { channel, ...content, metadata })
    return { status, answer, ...(ts ? { thread: { ts, channel: id ?? channel } } : {}) }
  }
  const changed = await call('chat.update', { channel, ts: thread.ts, ...content })
  const text = message.event === 'resolved' ? headline(message) : cut(plainText(message), 3000)
  await call('chat.postMessage', { channel, thread_ts: thread.ts, text: escaped(text) })
  return { status: changed.status, answer: changed.answer, thread }
}

function parse(text: string): SlackReply {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
