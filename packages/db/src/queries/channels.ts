import type { ChannelKind } from '@tenantry/contracts'
import { asc, isNull, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { alertSource, channel } from '../schema/index.ts'
import { iso, isoOrNull } from './keyset.ts'

/** A channel, with the field names of `channel.set`. Its secret stays sealed: only whether there is one. */
export interface ChannelRow {
  readonly id: string
  readonly name: string
  readonly kind: ChannelKind
  readonly config: Record<string, unknown>
  readonly hasSecret: boolean
  readonly enabled: boolean
  /** Why the last message did not get through; null when it did. */
  readonly fault: string | null
  readonly failingSince: string | null
  readonly lastDeliveredAt: string | null
  /** Messages on their way. */
  readonly queued: number
  /** Escalations that name it. */
  readonly policies: readonly string[]
  readonly rowVersion: number
  readonly createdAt: string
}

/** Every channel, by name. */
export function listChannels(db: Database): Promise<ChannelRow[]> {
  return db
    .select({
      id: channel.id,
      name: channel.name,
      kind: channel.kind,
      config: channel.config,
      hasSecret: sql<boolean>`${channel.secret} is not null`,
      enabled: channel.enabled,
      fault: channel.fault,
      failingSince: isoOrNull(channel.failingSince),
      lastDeliveredAt: isoOrNull(channel.lastDeliveredAt),
      queued: sql<number>`(select count(*) from control.notification n
        where n.channel_id = channel.id and n.state = 'queued')::int`,
      policies: sql<string[]>`array(select p.name from control.escalation_policy p where p.removed_at is null
        and jsonb_path_exists(p.steps, '$[*].targets[*] ? (@.channelId == $id)',
          jsonb_build_object('id', channel.id)) order by p.name)`,
      rowVersion: channel.rowVersion,
      createdAt: iso(channel.createdAt),
    })
    .from(channel)
    .where(isNull(channel.removedAt))
    .orderBy(asc(channel.name))
}

export interface AlertSourceRow {
  readonly id: string
  readonly name: string
  readonly policyId: string | null
  /** When it delivered last; null: never. */
  readonly seenAt: string | null
  readonly createdAt: string
}

/** Whose alerts come in from outside, by name. */
export function listAlertSources(db: Database): Promise<AlertSourceRow[]> {
  return db
    .select({
      id: alertSource.id,
      name: alertSource.name,
      policyId: alertSource.policyId,
      seenAt: isoOrNull(alertSource.seenAt),
      createdAt: iso(alertSource.createdAt),
    })
    .from(alertSource)
    .where(isNull(alertSource.removedAt))
    .orderBy(asc(alertSource.name))
}
