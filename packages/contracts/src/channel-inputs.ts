import { z } from 'zod'
import { type ChannelKind, channelKindNames, channelKinds } from './channel.ts'
import { alertSourceId, channelId, escalationPolicyId, notificationId } from './identifiers.ts'

const ifVersion = z.number().int().positive()

/** What a sealed secret must look like, where a kind says more of it than that it is there. */
const secretShapes: Partial<Record<ChannelKind, { pattern: RegExp; message: string }>> = {
  webhook: {
    pattern: /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/,
    message: 'whsec_ and 24 to 64 bytes in base64',
  },
  pagerduty: {
    pattern: /^[A-Za-z0-9]{32}$/,
    message: 'The 32 characters of an Events API v2 integration key',
  },
}

/** Why this channel cannot do without what it lacks; undefined when it can. */
export function secretRefusal(kind: ChannelKind, config: Record<string, unknown>, secret: string | null) {
  if (!secret) {
    const optional = kind === 'alertmanager' || (kind === 'email' && !config.username)
    return optional ? undefined : `${channelKinds[kind].secret} is missing`
  }
  if (kind === 'slack' && config.mode === 'webhook' && !/^https?:\/\//.test(secret)) {
    return 'The address of an incoming webhook, such as https://hooks.slack.com/services/…'
  }
  const shape = secretShapes[kind]
  return shape && !shape.pattern.test(secret) ? shape.message : undefined
}

/**
 * Adds a channel, or changes the one that `channelId` names. `secret` left out keeps what is sealed; null takes it away.
 * It is never given back.
 */
export const setChannelInput = z
  .object({
    channelId: channelId.optional(),
    ifVersion: ifVersion.optional(),
    name: z.string().trim().min(2, 'Give it a name').max(60),
    kind: z.enum(channelKindNames),
    config: z.record(z.string().max(60), z.unknown()),
    secret: z.string().trim().min(1).max(4000).nullable().optional(),
    enabled: z.boolean().default(true),
  })
  .transform((input, context) => {
    const config = channelKinds[input.kind].config.safeParse(input.config)
    if (config.success) return { ...input, config: config.data as Record<string, unknown> }
    for (const { path, message } of config.error.issues) {
      context.addIssue({ code: 'custom', path: ['config', ...path], message })
    }
    return z.NEVER
  })

export const removeChannelInput = z.object({ channelId, ifVersion })
export const testChannelInput = z.object({ channelId })
export const replayNotificationInput = z.object({ notificationId })

/** Where alerts of an outside Alertmanager come in; its token is shown once. */
export const addAlertSourceInput = z.object({
  name: z.string().trim().min(2, 'Give it a name').max(60),
  policyId: escalationPolicyId.nullable().default(null),
})
export const removeAlertSourceInput = z.object({
  sourceId: alertSourceId,
})
