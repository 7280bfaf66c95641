import { z } from 'zod'

const https = z.url({ protocol: /^https?$/, message: 'An address such as https://example.org/hook' })
const mail = z.email('An e-mail address')

/** How people are reached: the settings that everybody may see, and the secret that is sealed. */
export const channelKinds = {
  email: {
    title: 'E-mail',
    config: z.object({
      host: z.string().min(1).max(255),
      port: z.number().int().min(1).max(65_535).default(587),
      /** `starttls`: refused where the server does not offer it. */
      security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
      username: z.string().max(255).default(''),
      from: mail,
      /** Besides whoever is on call. */
      to: z.array(mail).max(20).default([]),
    }),
    secret: 'Password',
  },
  slack: {
    title: 'Slack',
    config: z.object({
      /** `bot` updates its message in place; `webhook` can only add. */
      mode: z.enum(['bot', 'webhook']),
      channel: z.string().max(80).default(''),
      endpoint: https.default('https://slack.com/api'),
    }),
    secret: 'Bot token or webhook address',
  },
  pagerduty: {
    title: 'PagerDuty',
    config: z.object({ endpoint: https.default('https://events.pagerduty.com/v2/enqueue') }),
    secret: 'Integration key',
  },
  alertmanager: {
    title: 'Alertmanager',
    config: z.object({ url: https, username: z.string().max(255).default('') }),
    secret: 'Password or bearer token',
  },
  opsgenie: {
    title: 'Opsgenie',
    config: z.object({ endpoint: https.default('https://api.opsgenie.com') }),
    secret: 'API key',
  },
  webhook: { title: 'Webhook', config: z.object({ url: https }), secret: 'Signing secret' },
} as const
export type ChannelKind = keyof typeof channelKinds
export const channelKindNames = Object.keys(channelKinds) as [ChannelKind, ...ChannelKind[]]

/** What becomes of one message to one channel. */
export const notificationStates = ['queued', 'delivered', 'failed', 'superseded'] as const
export type NotificationState = (typeof notificationStates)[number]

/** What a message says of its incident. */
export const notificationEvents = ['fired', 'updated', 'acknowledged', 'resolved', 'test'] as const
export type NotificationEvent = (typeof notificationEvents)[number]

/** Why a message cannot be sent once more; undefined when it can. */
export function replayRefusal(state: NotificationState, channelEnabled: boolean): string | undefined {
  if (state === 'queued') return 'It is still on its way.'
  if (state === 'superseded') return 'A newer message has overtaken it.'
  return channelEnabled ? undefined : 'Its channel is out of use.'
}
