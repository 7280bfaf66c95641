import { headline } from '@tenantry/contracts'
import { type ChannelClient, cut } from './channel-client.ts'
import { linesOf, plainText } from './message-text.ts'

const priority = { critical: 'P1', warning: 'P3', info: 'P5' } as const

/** Alert API v2: the incident is the alias, by which it is also acknowledged and closed. */
export const sendOpsgenie: ChannelClient<'opsgenie'> = async (parcel, { config, secret, post, signal }) => {
  const { message, incidentId, notificationId } = parcel
  const alias = incidentId ?? notificationId
  const headers = { authorization: `GenieKey ${secret}` }
  const base = `${config.endpoint.replace(/\/$/, '')}/v2/alerts`
  const act = (verb: 'acknowledge' | 'close', note: string) =>
    post(
      `${base}/${encodeURIComponent(alias)}/${verb}?identifierType=alias`,
      { source: 'Tenantry', note: cut(note, 25_000) },
      { headers, signal },
    )
  if (message.event === 'acknowledged' || message.event === 'resolved') {
    const note = message.event === 'resolved' ? 'Resolved' : `Taken by ${message.holder ?? 'somebody'}`
    const { status, text } = await act(message.event === 'resolved' ? 'close' : 'acknowledge', note)
    return { status, answer: text, thread: { alias } }
  }
  const body = {
    message: cut(headline(message), 130),
    alias: cut(alias, 512),
    description: cut(plainText(message), 15_000),
    source: 'Tenantry',
    entity: cut(message.scope, 512),
    priority: priority[message.severity],
    tags: ['tenantry', message.severity],
    details: Object.fromEntries(linesOf(message).map(({ label, value }) => [label, value])),
  }
  const { status, text } = await post(base, body, { headers, signal })
  if (message.event === 'test') await act('close', 'A test')
  return { status, answer: text, thread: { alias } }
}
