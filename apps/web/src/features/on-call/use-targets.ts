import type { EscalationTarget } from '@tenantry/contracts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { useChannels } from '../channels/use-channels.ts'
import { usePeople, useSchedules } from './use-on-call.ts'

/** A target as one word of a list: `schedule:sc_…`. */
export const keyOf = (target: EscalationTarget) =>
  target.kind === 'schedule'
    ? `schedule:${target.scheduleId}`
    : target.kind === 'user'
      ? `user:${target.userId}`
      : `channel:${target.channelId}`

export function targetOf(key: string): EscalationTarget {
  const [kind, id = ''] = key.split(':')
  if (kind === 'schedule') return { kind, scheduleId: id }
  if (kind === 'user') return { kind, userId: id }
  return { kind: 'channel', channelId: id }
}

/** Everybody and everything that an escalation can tell, by name. */
export function useTargets() {
  const may = usePermissionRefusal('channel.read') === undefined
  const schedules = useSchedules().data ?? []
  const people = usePeople().data ?? []
  const channels = useChannels(may).data ?? []
  const options = [
    ...schedules.map(({ id, name }) => ({ value: `schedule:${id}`, label: `On call: ${name}` })),
    ...people.map(({ userId, name }) => ({ value: `user:${userId}`, label: name })),
    ...channels.map(({ id, name }) => ({ value: `channel:${id}`, label: `Channel: ${name}` })),
  ]
  const nameOf = (target: EscalationTarget) =>
    options.find(({ value }) => value === keyOf(target))?.label ??
    (target.kind === 'channel' ? 'a channel' : 'somebody who is gone')
  return { options, nameOf }
}
