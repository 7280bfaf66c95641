import type { Database, Vault } from '@tenantry/db'
import type { Logger } from 'pino'
import type { ServiceCache } from './cache/service-cache.ts'
import type { NotificationMetrics } from './metrics/notification-metrics.ts'
import type { OperationMetrics } from './metrics/operation-metrics.ts'
import type { Queue } from './queue/queue.ts'

/** What every verb stands on. Built once, by the process's main, and handed down. */
export interface CoreContext {
  readonly db: Database
  readonly queue: Queue
  readonly log: Logger
  /** Seals and opens the clusters' connection strings. */
  readonly vault: Vault
  /** Whether a cluster may be at a link-local address, where clouds keep their secrets; no when left out. */
  readonly linkLocalClusters?: boolean
  /** Where people reach the console: the links in messages. Left out: messages have none. */
  readonly publicUrl?: string | undefined
  /** Networks (CIDR) that are not public and that channels may be in all the same; none when left out. */
  readonly channelNetworks?: readonly string[]
  /** Left out: everything is read from the control database each time. */
  readonly cache?: ServiceCache
  /** Counts the ends of operations, where this process is asked for metrics. */
  readonly metrics?: OperationMetrics | undefined
  /** Counts what is told to channels. */
  readonly notificationMetrics?: NotificationMetrics | undefined
}
