import type { NotificationEvent, NotificationState } from '@tenantry/contracts'
import type { StateLook } from '../../ui/state-tones.ts'
import type { Channel } from './use-channels.ts'

export const messageLook: Record<NotificationState, StateLook> = {
  queued: { tone: 'queued', word: 'On its way' },
  delivered: { tone: 'ok', word: 'Delivered' },
  failed: { tone: 'failed', word: 'Failed' },
  superseded: { tone: 'off', word: 'Overtaken' },
}

export const eventWord: Record<NotificationEvent, string> = {
  fired: 'Fires',
  updated: 'Goes on',
  acknowledged: 'Taken',
  resolved: 'Over',
  test: 'Test',
}

/** How a channel stands. */
export function channelLook({ enabled, fault, lastDeliveredAt }: Channel): StateLook {
  if (!enabled) return { tone: 'off', word: 'Out of use' }
  if (fault) return { tone: 'failed', word: 'Failing' }
  return lastDeliveredAt ? { tone: 'ok', word: 'Works' } : { tone: 'queued', word: 'Not tried yet' }
}

/** Where it leads, in a few characters. */
export function destinationOf({ kind, config }: Pick<Channel, 'kind' | 'config'>): string {
  const text = (name: string) => (typeof config[name] === 'string' ? config[name] : '')
  if (kind === 'email') return `${text('host')}:${config.port}`
  if (kind === 'slack') return text('mode') === 'bot' ? text('channel') : 'incoming webhook'
  return text('url') || text('endpoint')
}
