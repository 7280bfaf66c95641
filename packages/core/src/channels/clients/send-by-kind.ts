import { type ChannelKind, channelKinds } from '@tenantry/contracts'
import { sendAlertmanager } from './alertmanager.ts'
import type { Answer, ChannelClient, Means, Parcel } from './channel-client.ts'
import { sendEmail } from './email.ts'
import { sendOpsgenie } from './opsgenie.ts'
import { sendPagerduty } from './pagerduty.ts'
import { sendSlack } from './slack.ts'
import { sendWebhook } from './webhook.ts'

const clients: { [Kind in ChannelKind]: ChannelClient<Kind> } = {
  email: sendEmail,
  slack: sendSlack,
  pagerduty: sendPagerduty,
  alertmanager: sendAlertmanager,
  opsgenie: sendOpsgenie,
  webhook: sendWebhook,
}

/** Sends by the client of its kind. @throws ChannelFault */
export function sendByKind<Kind extends ChannelKind>(
  channel: { kind: Kind; config: Record<string, unknown>; secret: string },
  parcel: Parcel,
  means: Omit<Means<Kind>, 'config' | 'secret'>,
): Promise<Answer> {
  const config = channelKinds[channel.kind].config.parse(channel.config) as Means<Kind>['config']
  return clients[channel.kind](parcel, { ...means, config, secret: channel.secret })
}
